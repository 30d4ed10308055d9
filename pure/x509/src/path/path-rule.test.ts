/** What becomes of a rule's findings: entries, their codes where bytes are malformed, and texts that are safe to show. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeChain } from '../../vectors/chain-author.ts';
import { commonName, distinguishedName } from '../../vectors/certificate-author.ts';
import { concat, bytes } from '../../vectors/der-writer.ts';
import { readCertificate, X509Error } from '../index.ts';
import type { X509ErrorCode } from '../index.ts';
import type { Evidence } from '../report.ts';
import { Findings, positionIn, showSubject } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import type { ProspectivePath } from './prospective-path.ts';

/** No rule here looks at it. */
const path = {} as ProspectivePath;
const rule = (check: PathRule['check'], code = 'X509_SOMETHING'): PathRule => ({
  code,
  section: `RFC 5280 of ${code}`,
  passed: `${code} passed.`,
  check,
});
const passing = (code?: string): PathRule => rule(() => {}, code);
const nothing = {};

describe('a rule', () => {
  it('has said nothing before it was asked', () => {
    const findings = new Findings();
    assert.deepEqual([findings.entries, findings.failures, findings.policies], [[], 0, []]);
    findings.add('X509_SOMETHING', 'unknown', null, 'It stands nowhere.');
    assert.equal(findings.entries[0]?.section, '');
  });
  it('that says nothing passes, with its own entry, which is made once', () => {
    const [first, second] = [new Findings(), new Findings()];
    for (const findings of [first, second]) {
      findings.judge(passing('X509_ONE'), path);
      findings.judge(passing('X509_TWO'), path);
    }
    assert.deepEqual(
      first.entries,
      ['X509_ONE', 'X509_TWO'].map((code) => ({
        code,
        outcome: 'pass',
        section: `RFC 5280 of ${code}`,
        certificateIndex: null,
        message: `${code} passed.`,
        evidence: {},
      })),
    );
    for (const [at, entry] of first.entries.entries()) assert.equal(entry, second.entries[at]);
    assert.ok(first.entries.every((entry) => Object.isFrozen(entry)));
    assert.equal(first.failures, 0);
  });
  it('that says anything does not pass beside it', () => {
    const findings = new Findings();
    findings.judge(passing('X509_ONE'), path);
    findings.judge(
      rule((_, to) => {
        to.add('X509_NOT_ASKED', 'not-applicable', null, 'Nobody asked.');
      }, 'X509_TWO'),
      path,
    );
    assert.deepEqual(
      findings.entries.map(({ code, outcome, section }) => [code, outcome, section]),
      [
        ['X509_ONE', 'pass', 'RFC 5280 of X509_ONE'],
        ['X509_NOT_ASKED', 'not-applicable', 'RFC 5280 of X509_TWO'],
      ],
    );
    assert.equal(findings.failures, 0, 'only what failed is a failure');
  });
  it('that fails is counted for each fault', () => {
    const findings = new Findings();
    findings.judge(
      rule((_, to) => {
        to.fail('X509_A', 0, 'One.');
        to.fail('X509_B', 1, 'Two.', { seen: 2 });
      }),
      path,
    );
    assert.equal(findings.failures, 2);
    assert.deepEqual(
      findings.entries.map(({ code, outcome, certificateIndex, evidence }) => [
        code,
        outcome,
        certificateIndex,
        evidence,
      ]),
      [
        ['X509_A', 'fail', 0, nothing],
        ['X509_B', 'fail', 1, { seen: 2 }],
      ],
    );
  });
  it('that is broken is no finding', () => {
    const broken = rule(() => {
      throw new RangeError('a defect');
    });
    assert.throws(() => {
      new Findings().judge(broken, path);
    }, RangeError);
  });
});

describe('a rule that stumbles over malformed bytes fails', () => {
  const stumbled = (code: X509ErrorCode, part: 'name' | 'key' | null): Findings => {
    const findings = new Findings();
    findings.judge(
      rule(() => {
        throw new X509Error(code, 17, 'they are wrong', part);
      }),
      path,
    );
    return findings;
  };
  for (const [code, part, told] of [
    ['X509_DER_STRING_INVALID', 'name', 'X509_NAME_STRING_INVALID'],
    ['X509_NAME_EMBEDDED_NUL', 'name', 'X509_NAME_EMBEDDED_NUL'],
    ['X509_DER_TRUNCATED', 'name', 'X509_NAME_MALFORMED'],
    ['X509_KEY_PARAMETERS_INVALID', 'key', 'X509_KEY_PARAMETERS_INVALID'],
    ['X509_DER_TRUNCATED', 'key', 'X509_KEY_MALFORMED'],
    ['X509_DER_STRING_INVALID', 'key', 'X509_KEY_MALFORMED'],
    ['X509_DER_TRUNCATED', null, 'X509_EXTENSION_MALFORMED'],
    ['X509_DER_STRING_INVALID', null, 'X509_EXTENSION_MALFORMED'],
    ['X509_KEY_PARAMETERS_INVALID', null, 'X509_EXTENSION_MALFORMED'],
  ] as const)
    it(`as ${told} by ${code} of ${part ?? 'an extension'}`, () => {
      const { entries, failures } = stumbled(code, part);
      assert.equal(failures, 1);
      const { message, ...entry } = entries[0] ?? assert.fail('no entry');
      assert.deepEqual(entry, {
        code: told,
        outcome: 'fail',
        section: 'RFC 5280 of X509_SOMETHING',
        certificateIndex: null,
        evidence: { cause: code, position: 17 },
      });
      assert.match(message, /they are wrong/);
      assert.equal(entries.length, 1);
    });
});

describe('texts of certificates', () => {
  const evil = 'a\u001b[2Jb';
  const shown = (outcome: 'pass' | 'fail', evidence: Evidence) => {
    const findings = new Findings();
    findings.add('X509_SOMETHING', outcome, 0, evil, evidence);
    return findings.entries[0] ?? assert.fail('no entry');
  };
  it('are made harmless in sentence and evidence, and numbers stay numbers', () => {
    const { message, evidence } = shown('fail', { name: evil, other: 'plain', count: 3, yes: true, none: null });
    assert.equal(message, 'a\\u{1b}[2Jb');
    assert.deepEqual(evidence, { name: 'a\\u{1b}[2Jb', other: 'plain', count: 3, yes: true, none: null });
  });
  it('that are harmless are handed on as they are', () => {
    const harmless: readonly Evidence[] = [{ name: 'plain', count: 3 }, { count: 3, none: null }, {}];
    for (const evidence of harmless) assert.equal(shown('fail', evidence).evidence, evidence);
  });
  it('of what passed are left alone: they are what was asked for', () => {
    const evidence = { name: evil };
    const entry = shown('pass', evidence);
    assert.equal(entry.message, evil);
    assert.equal(entry.evidence, evidence);
  });
});

describe('a certificate', () => {
  it('has its parts at places counted from its first byte, wherever its bytes lie', () => {
    const { endEntity } = writeChain();
    for (const before of [0, 5]) {
      const whole = concat(new Uint8Array(before), endEntity);
      const certificate = readCertificate(whole.subarray(before));
      const at = positionIn(certificate, certificate.tbs);
      assert.deepEqual(endEntity.subarray(at, at + certificate.tbs.length), certificate.tbs);
    }
  });
  it('is named by its subject, or else by its serial number', () => {
    const named = (subject: Uint8Array): string =>
      showSubject(readCertificate(writeChain({ endEntity: { subject, serial: bytes(2, 1, 0x55) } }).endEntity));
    assert.equal(named(commonName('Somebody')), 'CN=Somebody');
    assert.match(named(distinguishedName()), /55$/);
  });
});
