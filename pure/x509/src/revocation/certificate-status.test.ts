import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearestObstacle, obstacle } from './certificate-status.ts';

/** From the nearest to an answer to the farthest; in one line those that are equally far. */
const order: readonly (readonly string[])[] = [
  ['X509_OCSP_UNKNOWN'],
  ['X509_CRL_REASONS_INCOMPLETE'],
  ['X509_CRL_EXPIRED'],
  ['X509_OCSP_EXPIRED'],
  ['X509_CRL_NOT_YET_VALID'],
  ['X509_OCSP_NOT_YET_VALID'],
  ['X509_OCSP_TOO_OLD'],
  [
    'X509_CRL_SIGNATURE_INVALID',
    'X509_CRL_SIGNER_NOT_FOUND',
    'X509_OCSP_NOT_SUCCESSFUL',
    'OTHER_X509_CRL_NOT_INDIRECT',
  ],
  [
    'X509_CRL_DISTRIBUTION_POINT_MISMATCH',
    'X509_CRL_ONLY_USER_CERTIFICATES',
    'X509_CRL_ONLY_CA_CERTIFICATES',
    'X509_CRL_ONLY_ATTRIBUTE_CERTIFICATES',
    'X509_CRL_NOT_INDIRECT',
  ],
];
const nearestOf = (...codes: readonly string[]): string | undefined =>
  nearestObstacle(codes.map((code) => obstacle(code, 'RFC 5280', 'An obstacle.')))?.code;

describe('of several obstacles the nearest to an answer', () => {
  it('is told, whatever stands first', () => {
    for (const [place, nearer] of order.entries())
      for (const near of nearer)
        for (const far of order.slice(place + 1).flat()) {
          assert.equal(nearestOf(near, far), near);
          assert.equal(nearestOf(far, near), near);
          assert.equal(nearestOf(far, near, far), near);
        }
  });
  it('is the first of those that are equally far', () => {
    for (const equal of order)
      for (const one of equal) for (const other of equal) assert.equal(nearestOf(one, other), one);
  });
  it('is none of none', () => assert.equal(nearestObstacle([]), null));
  it('is of unknown status, with what was given', () => {
    assert.deepEqual(obstacle('X509_CRL_EXPIRED', 'RFC 5280', 'Over.', { at: 1 }), {
      status: 'unknown',
      code: 'X509_CRL_EXPIRED',
      section: 'RFC 5280',
      message: 'Over.',
      evidence: { at: 1 },
    });
    assert.deepEqual(obstacle('X509_CRL_EXPIRED', 'RFC 5280', 'Over.').evidence, {});
  });
});
