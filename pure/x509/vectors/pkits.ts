/**
 * `npm run pkits -- FILE`: the NIST PKI test suite, with the initial policy settings of each test. One tab-separated line a test (number and title, expected,
 * actual, code), then counts. Exit status 1 as for limbo.
 */
import { judgeDivergences, readExpectedDivergences } from './divergences.ts';
import type { CaseResult } from './divergences.ts';
import { readPkitsFile, runPkitsTest } from './pkits-test.ts';
import { readSuite } from './suite-file.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: npm run pkits -- FILE…   (PKITS as JSON, plain or gzip)');
  process.exit(2);
}
const results: CaseResult[] = [];
const emptyFiles: string[] = [];
for (const file of files) {
  const suite = readSuite(file, readPkitsFile);
  if (suite.tests.length === 0) emptyFiles.push(file);
  for (const test of suite.tests) {
    const result = runPkitsTest(test, suite);
    results.push(result);
    console.log([result.id, result.expected, result.actual, result.code].join('\t'));
  }
}
const verdict = judgeDivergences(results, readExpectedDivergences().pkits);
console.log(verdict.lines.join('\n'));
for (const file of emptyFiles) console.error(`${file} has no tests: nothing was run, so nothing is proven`);
process.exit(verdict.passed && emptyFiles.length === 0 ? 0 : 1);
