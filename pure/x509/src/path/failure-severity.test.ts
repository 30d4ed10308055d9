import assert from 'node:assert/strict';
import { it } from 'node:test';
import { failureSeverity } from './failure-severity.ts';

it('a failure that passes by itself, or nearly, is nearer to success than one that never does', () => {
  const order = [
    'X509_EXPIRED',
    'X509_DISTRUSTED_AFTER',
    'X509_NAME_MISMATCH',
    'X509_SIGNATURE_KEY_REFUSED',
    'X509_SIGNATURE_INVALID',
    'X509_PATH_TOO_LONG',
    'X509_SELF_ISSUED_NOT_TRUSTED',
    'X509_PATH_LOOP',
    'X509_ISSUER_NOT_FOUND',
  ].map(failureSeverity);
  assert.deepEqual(
    order,
    order.toSorted((left, right) => left - right),
  );
  assert.equal(new Set(order).size, order.length);
  assert.equal(failureSeverity('X509_NOT_YET_VALID'), failureSeverity('X509_EXPIRED'));
  assert.equal(failureSeverity('X509_SIGNATURE_KEY_UNFIT'), failureSeverity('X509_SIGNATURE_INVALID'));
});
