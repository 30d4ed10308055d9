/** The suites of others, where their files stand beside the repository: `../shared/vectors`. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judgeDivergences, readExpectedDivergences } from './divergences.ts';
import { readLimboFile, runLimboCase } from './limbo-case.ts';
import { readPkitsFile, runPkitsTest } from './pkits-test.ts';

const folder = new URL('../../../../shared/vectors/', import.meta.url);
const limbo = fileURLToPath(new URL('limbo-2023-12.json.gz', folder));
const pkits = fileURLToPath(new URL('pkits.json.gz', folder));
const absent = (file: string) => (existsSync(file) ? false : `the vectors are not here: ${file}`);

describe('conformance suites', () => {
  it('x509-limbo of 2023-12: no false accept, nothing unexplained', { skip: absent(limbo) }, () => {
    const verdict = judgeDivergences(readLimboFile(limbo).map(runLimboCase), readExpectedDivergences().limbo);
    assert.equal(verdict.passed, true, verdict.lines.join('\n'));
    assert.equal(verdict.asExpected, 134);
  });

  it('PKITS: no false accept, nothing unexplained', { skip: absent(pkits) }, () => {
    const suite = readPkitsFile(pkits);
    const results = suite.tests.map((test) => runPkitsTest(test, suite));
    const verdict = judgeDivergences(results, readExpectedDivergences().pkits);
    assert.equal(verdict.passed, true, verdict.lines.join('\n'));
    assert.equal(verdict.asExpected, 247);
  });
});

describe('explained divergences', () => {
  const diverging = { id: 'a', identity: 'a', expected: 'accept', actual: 'reject', code: 'X' } as const;
  it('pass while they happen', () => assert.equal(judgeDivergences([diverging], { a: 'why' }).passed, true));
  it('fail when nobody explained them', () => assert.equal(judgeDivergences([diverging], {}).passed, false));
  it('fail when they no longer happen', () => {
    assert.equal(judgeDivergences([{ ...diverging, actual: 'accept' }], { a: 'why' }).passed, false);
  });
  it('never excuse a false accept', () => {
    assert.equal(
      judgeDivergences([{ ...diverging, expected: 'reject', actual: 'accept' }], { a: 'why' }).passed,
      false,
    );
  });
});
