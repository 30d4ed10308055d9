import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkNames as policyCheckNames, type FiveCheckReport as PolicyReport } from '@sallyport/tls-policy';
import { checkNames, fiveCheckReport, type FiveCheckReport } from './checks.ts';

/** Compiles only while what the validator reports fits what the API answers. */
const answered = (report: PolicyReport): FiveCheckReport => ({
  ...report,
  path: report.path.map((certificate) => ({ ...certificate, subjectAltNames: [...certificate.subjectAltNames] })),
});

const passed = {
  status: 'pass',
  code: 'ok',
  message: 'fine',
  actor: null,
  evidence: { section: 'RFC 5280 §6.1' },
} as const;
const report: PolicyReport = {
  verdict: 'accepted',
  at: '2026-11-25T12:00:00Z',
  checks: {
    validity: passed,
    trust: passed,
    signature: passed,
    name: passed,
    revocation: { ...passed, status: 'unknown' },
  },
  path: [],
};

describe('the five checks in the API', () => {
  it('are the five of the report, in the same order', () => assert.deepEqual(checkNames, policyCheckNames));

  it('are answered as they were judged', () => assert.deepEqual(fiveCheckReport.parse(answered(report)), report));

  it('are never taken with a status that nobody knows', () => {
    const odd = { ...report, checks: { ...report.checks, trust: { ...passed, status: 'probably' } } };
    assert.equal(fiveCheckReport.safeParse(odd).success, false);
  });
});
