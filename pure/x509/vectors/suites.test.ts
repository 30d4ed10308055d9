/** The suites of others, where their files stand beside the repository: `../shared/vectors`. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judgeDivergences, readExpectedDivergences } from './divergences.ts';
import { readLimboFile, runLimboCase } from './limbo-case.ts';
import type { LimboCase } from './limbo-case.ts';
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

describe('cases that cannot be run as they stand', () => {
  const wellFormed = {
    id: 'a',
    validation_kind: 'SERVER',
    trusted_certs: [],
    untrusted_intermediates: [],
    peer_certificate: '',
    expected_result: 'FAILURE',
  };
  for (const { sentence, testcase, reason } of [
    {
      sentence: 'without a certificate',
      testcase: { ...wellFormed, peer_certificate: undefined },
      reason: /peer_certificate/,
    },
    { sentence: 'of an instant that is none', testcase: { ...wellFormed, validation_time: 'nope' }, reason: /instant/ },
    {
      sentence: 'that expect neither of the two',
      testcase: { ...wellFormed, expected_result: 'MAYBE' },
      reason: /expected_result/,
    },
    { sentence: 'that are nothing', testcase: null, reason: /no object/ },
  ])
    it(`${sentence} are broken, with a reason, and the run does not pass`, () => {
      // A file of others may hold anything, whatever its type promises.
      const result = runLimboCase(testcase as unknown as LimboCase);
      assert.equal(result.actual, 'broken');
      assert.match(result.code, reason);
      assert.equal(judgeDivergences([result], {}).passed, false);
    });
  it('do not keep other cases from being run', () => {
    const results = [{ ...wellFormed, id: 'm', peer_certificate: undefined }, wellFormed].map((one) =>
      runLimboCase(one as unknown as LimboCase),
    );
    assert.deepEqual(
      results.map(({ id, actual }) => [id, actual]),
      [
        ['m', 'broken'],
        ['a', 'reject'],
      ],
    );
  });
  it('are found in PKITS too: a file that it names and does not have', () => {
    const test = {
      number: '1',
      title: 't',
      certificates: ['a', 'b'],
      crls: [],
      settings: {},
      expected: 'invalid',
      userConstrainedPolicySet: [],
    };
    const suite = { evaluationTime: '2026-01-01T00:00:00Z', policies: {}, tests: [test], certificates: {}, crls: {} };
    assert.equal(runPkitsTest(test, suite).actual, 'broken');
  });
  it('a run without cases does not pass', () => assert.equal(judgeDivergences([], {}).passed, false));
});
