/**
 * `npm run limbo -- FILE…`: x509-limbo files (JSON, or gzip of it; the schema of 2023 and the current one). One tab-separated line a case (id, expected, actual,
 * code), then counts. Exit status 1 on a false accept or a divergence that nobody explained, or on an explanation that no longer holds.
 */
import { judgeDivergences, readExpectedDivergences } from './divergences.ts';
import { readLimboFile, runLimboCase } from './limbo-case.ts';
import { readSuite } from './suite-file.ts';
import type { CaseResult } from './divergences.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: npm run limbo -- FILE…   (x509-limbo JSON, plain or gzip)');
  process.exit(2);
}
const results: CaseResult[] = [];
for (const file of files) {
  for (const testcase of readSuite(file, readLimboFile)) {
    const result = runLimboCase(testcase);
    results.push(result);
    console.log([result.id, result.expected, result.actual, result.code].join('\t'));
  }
}
const verdict = judgeDivergences(results, readExpectedDivergences().limbo);
console.log(verdict.lines.join('\n'));
process.exit(verdict.passed ? 0 : 1);
