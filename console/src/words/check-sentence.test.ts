import type { CheckResult } from '@sallyport/console-api';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkSentence } from './check-sentence.ts';

const check = (changes: Partial<CheckResult>): CheckResult => ({
  status: 'pass',
  code: 'ok',
  message: 'the report’s own sentence',
  actor: null,
  evidence: {},
  ...changes,
});

describe('the sentence of a check', () => {
  it('says which certificate ended, when, and how long before the check', () => {
    const evidence = {
      certificate: 'CN=jira.acme.example,O=Acme',
      notAfter: '2026-11-23T01:00:00Z',
      at: '2026-11-25T01:00:00Z',
    };
    assert.equal(
      checkSentence('validity', check({ status: 'fail', code: 'X509_EXPIRED', evidence })),
      'The certificate “jira.acme.example” ended on 23 Nov 2026, 2 days before the check.',
    );
  });

  it('says for whom a certificate is instead', () => {
    const evidence = { seen: 'dns:other.example', required: 'dns:jira.acme.example' };
    assert.equal(
      checkSentence('name', check({ status: 'fail', code: 'X509_NAME_MISMATCH', evidence })),
      'The certificate is for other.example, not for jira.acme.example.',
    );
  });

  it('leaves the report’s own sentence where the evidence says too little', () => {
    assert.equal(checkSentence('validity', check({})), 'the report’s own sentence');
    assert.equal(
      checkSentence('revocation', check({ status: 'unknown', code: 'X509_CRL_EXPIRED' })),
      'the report’s own sentence',
    );
  });

  it('lets the report say which source did not answer where revocation cannot be told', () => {
    const words = checkSentence('revocation', check({ status: 'unknown', code: 'X509_REVOCATION_UNDETERMINED' }));
    assert.equal(words, 'the report’s own sentence');
  });
});
