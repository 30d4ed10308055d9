import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemDocument, problems } from './problem.ts';

/** Codes are promised to whoever scripts against the API: a code may be added, none may go or change its status. */
const promised: Readonly<Record<string, number>> = {
  'request-invalid': 422,
  'request-malformed': 400,
  'request-too-large': 413,
  'media-type-unsupported': 415,
  'not-signed-in': 401,
  'sign-in-refused': 401,
  'sign-in-throttled': 429,
  'link-refused': 403,
  'csrf-token-missing': 403,
  'not-found': 404,
  'customer-name-taken': 409,
  'host-belongs-to-another-customer': 409,
  'host-is-fixed': 409,
  'client-certificate-missing': 409,
  'seal-key-missing': 503,
  'check-needed': 409,
  'state-conflict': 409,
  'terms-approval-needed': 409,
  'crl-older-than-held': 409,
  'person-needed': 403,
  'softening-not-approvable': 409,
  'softening-ended': 409,
  'replay-refuses': 409,
  'doctor-busy': 409,
  'probes-not-agreed': 409,
  'swap-open': 409,
  'swap-refused': 409,
  'approval-not-of-this': 409,
  'certificate-request-not-open': 409,
  'certificate-upload-not-waiting': 409,
  'client-certificate-in-use': 409,
  'client-certificate-in-swap': 409,
  'client-certificate-is-default': 409,
  'client-certificate-retired': 409,
  'client-certificate-not-judged': 409,
  'client-certificate-blocked': 409,
  'seal-key-not-rotatable': 409,
  'call-timed-out': 504,
  'call-failed': 502,
  'sandbox-absent': 404,
  'database-unavailable': 503,
  internal: 500,
};

describe('the codes of refusals', () => {
  it('are those that were promised, with their status', () => {
    const now = Object.fromEntries(Object.entries(problems).map(([code, { status }]) => [code, status]));
    assert.deepEqual(now, promised);
  });

  it('are the only ones that a problem document may carry', () => {
    const document = { type: 'urn:sallyport:problem:x', status: 400, title: 'x', detail: 'x', actor: null, fields: [] };
    assert.equal(problemDocument.safeParse({ ...document, code: 'check-needed' }).success, true);
    assert.equal(problemDocument.safeParse({ ...document, code: 'made-up' }).success, false);
  });
});
