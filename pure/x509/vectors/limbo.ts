/**
 * `npm run limbo -- FILE…`: x509-limbo files (JSON, or gzip of it; the schema of 2023 and the current one). One tab-separated line a case (id, expected, actual,
 * code), then counts. A case that cannot be run as it stands is `broken`, with the reason. Exit status 1 on a file without cases, a broken case, on a false accept or a divergence that nobody explained, or on an explanation that no longer holds.
 */
import { judgeDivergences, readExpectedDivergences } from './divergences.ts';
import { readLimboFile, runLimboCase } from './limbo-case.ts';
import { readSuite } from './suite-file.ts';
import type { CaseResult } from './divergences.ts';

const files = process.argv.slice(2);
if (files.length === 0 || files.some((file) => file.startsWith('-'))) {
  console.error('usage: npm run limbo -- FILE…   (x509-limbo JSON, plain or gzip)');
  process.exit(2);
}
const results: CaseResult[] = [];
const emptyFiles: string[] = [];
for (const file of files) {
  const cases = readSuite(file, readLimboFile);
  if (cases.length === 0) emptyFiles.push(file);
  for (const testcase of cases) {
    const result = runLimboCase(testcase);
    results.push(result);
    console.log([result.id, result.expected, result.actual, result.code].join('\t'));
  }
}
const verdict = judgeDivergences(results, readExpectedDivergences().limbo);
console.log(verdict.lines.join('\n'));
for (const file of emptyFiles) console.error(`${file} has no cases: nothing was run, so nothing is proven`);
process.exit(verdict.passed && emptyFiles.length === 0 ? 0 : 1);
