import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  anchorFromCertificate,
  readCertificate,
  readPem,
  revocationOff,
  utcInstant,
  validate,
  validationPolicy,
} from '@sallyport/x509';
import type { ReportEntry, ValidationInput, ValidationReport } from '@sallyport/x509';
import { foldReport, foldRowOf, foldTable } from './index.ts';

const entry = (
  code: string,
  outcome: ReportEntry['outcome'] = 'fail',
  certificateIndex: number | null = null,
): ReportEntry => ({
  code,
  outcome,
  section: 'RFC 5280',
  certificateIndex,
  message: `about ${code}`,
  evidence: {},
});
/** A certificate of nobody's: signed by itself, for the host `fold.example`. */
const certificate = readCertificate(
  readPem(readFileSync(new URL('fold.test.pem', import.meta.url), 'utf8'))[0]?.der ?? new Uint8Array(),
);
const reportOf = (...entries: readonly ReportEntry[]): ValidationReport => ({
  at: utcInstant('2026-06-01T00:00:00Z'),
  accepted: false,
  verifiedPath: null,
  path: [certificate],
  anchor: null,
  entries,
  candidates: [],
  policies: [],
});
const statuses = (report: ValidationReport) => Object.values(foldReport(report).checks).map(({ status }) => status);
const passes = [
  entry('X509_VALIDITY_PERIOD', 'pass'),
  entry('X509_TRUST_ANCHOR', 'pass'),
  entry('X509_SIGNATURE', 'pass'),
  entry('X509_NAME', 'pass'),
  entry('X509_REVOCATION_OFF', 'not-applicable'),
];

describe('the fold of a report into five checks', () => {
  it('passes what passed, and says so of nothing else', () => {
    assert.deepEqual(statuses(reportOf(...passes)), ['pass', 'pass', 'pass', 'pass', 'not-applicable']);
    assert.deepEqual(statuses(reportOf()), ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
  });

  for (const [code, place] of [
    ['X509_EXPIRED', 0],
    ['X509_ISSUER_NOT_FOUND', 1],
    ['X509_NAME_CONSTRAINTS_EXCLUDED', 1],
    ['X509_BUDGET_EXHAUSTED', 1],
    ['X509_SIGNATURE_INVALID', 2],
    ['X509_KEY_RSA_TOO_SMALL', 2],
    ['X509_NAME_MISMATCH', 3],
    ['X509_OCSP_REVOKED', 4],
    ['X509_SOMETHING_NEW', 1],
  ] as const)
    it(`counts ${code} against ${['validity', 'trust', 'signature', 'name', 'revocation'][place]}, and leaves the others as they are`, () => {
      const expected = ['pass', 'pass', 'pass', 'pass', 'not-applicable'];
      expected[place] = 'fail';
      assert.deepEqual(statuses(reportOf(...passes, entry(code))), expected);
    });

  it('lets fail win over unknown, and unknown over pass', () => {
    const unknown = entry('X509_SIGNATURE_NOT_CHECKED', 'unknown', 0);
    assert.equal(foldReport(reportOf(...passes, unknown)).checks.signature.status, 'unknown');
    assert.equal(foldReport(reportOf(unknown, entry('X509_SIGNATURE_INVALID'))).checks.signature.status, 'fail');
  });

  it('names further faults of the same check', () => {
    const { trust } = foldReport(reportOf(entry('X509_NOT_A_CA'), entry('X509_PATH_LENGTH_EXCEEDED'))).checks;
    assert.equal(trust.code, 'X509_NOT_A_CA');
    assert.equal(trust.evidence['also'], 'X509_PATH_LENGTH_EXCEEDED');
  });

  it('shows the first day on which a certificate of the path ends', () => {
    const { validity } = foldReport(reportOf(...passes)).checks;
    assert.equal(validity.evidence['firstNotAfter'], '2036-01-01T00:00:00Z');
  });

  it('says nothing but untrusted of a certificate that cannot be read', () => {
    const report = { ...reportOf(entry('X509_END_ENTITY_UNREADABLE')), path: [] };
    assert.deepEqual(statuses(report), ['unknown', 'fail', 'unknown', 'unknown', 'unknown']);
  });

  it('folds what the validator says', () => {
    const input: ValidationInput = {
      leaf: certificate,
      others: [],
      anchors: [anchorFromCertificate(certificate)],
      at: utcInstant('2026-06-01T00:00:00Z'),
      purpose: 'serverAuth',
      name: { kind: 'dns', value: 'fold.example' },
      policy: validationPolicy('rfc5280', { rules: { keyIdentifiers: false } }),
      revocation: revocationOff,
    };
    const accepted = foldReport(validate(input));
    assert.equal(accepted.verdict, 'accepted', JSON.stringify(accepted.checks));
    assert.deepEqual(
      accepted.path.map(({ role }) => role),
      ['end-entity', 'anchor'],
    );
    const untrusted = foldReport(validate({ ...input, anchors: [] }));
    assert.deepEqual(
      Object.values(untrusted.checks).map(({ status }) => status),
      ['pass', 'fail', 'unknown', 'pass', 'not-applicable'],
    );
    assert.equal(untrusted.checks.trust.code, 'X509_SELF_ISSUED_NOT_TRUSTED');
  });
});

describe('the table of the fold', () => {
  it('has a row for every code of the rules', () => {
    // Codes of the reader are causes in evidence, never an entry of their own.
    const reading = readFileSync(new URL('../../x509/src/x509-error.ts', import.meta.url), 'utf8');
    const missing = new Set<string>();
    for (const { file, rules } of ['path', 'revocation'].flatMap((folder) => {
      const rules = new URL(`../../x509/src/${folder}/`, import.meta.url);
      return readdirSync(rules).map((file) => ({ file, rules }));
    })) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
      for (const [code] of readFileSync(new URL(file, rules), 'utf8').matchAll(/X509_[A-Z0-9_]*[A-Z0-9](?=')/g))
        if (foldTable[code] === undefined && !reading.includes(`'${code}'`)) missing.add(code);
    }
    assert.deepEqual([...missing], []);
  });

  it('names somebody who can act for every code that is no pass', () => {
    for (const [code, { actor, words }] of Object.entries(foldTable)) {
      assert.ok(words.endsWith('.'), code);
      if (code === 'X509_NAME_NOT_ASKED') continue;
      const isRule = foldRowOf(code).actor === null;
      assert.equal(actor === null, isRule, code);
    }
  });
});
