/**
 * `npm run fuzz [-- COUNT [SEED]]`: mutated inputs over all parsers and the judging. Wanted: no exception but the package's own, no hang, no growing
 * memory, and no change to a byte that a signature covers that is still accepted. The same seed makes the same inputs. Exit status 1 on a finding.
 */
import { runFuzz } from './fuzz-run.ts';

const [count = '1000000', seed = '1'] = process.argv.slice(2);
if (!/^\d+$/.test(count) || !/^\d+$/.test(seed)) {
  console.error('usage: npm run fuzz -- [COUNT [SEED]]');
  process.exit(2);
}
const result = runFuzz(Number(count), Number(seed), (line) => console.log(line));
console.log(
  `inputs ${result.inputs}, read ${result.read}, refused ${result.refused}, accepted ${result.accepted}, slowest ${result.slowestMilliseconds.toFixed(1)} ms, heap grew ${result.grownMegabytes.toFixed(1)} MB, findings ${result.findings.length}`,
);
for (const finding of result.findings) console.log(finding);
process.exit(result.findings.length === 0 ? 0 : 1);
