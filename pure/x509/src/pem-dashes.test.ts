import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readPem } from './pem.ts';
import { X509Error } from './x509-error.ts';

it('refuses a PEM block whose BEGIN and END share their dashes (found by fuzzing)', () => {
  assert.throws(
    () => readPem('-----BEGIN CERTIFICATE-----END CERTIFICATE-----\n'),
    (error) => error instanceof X509Error && error.code === 'X509_PEM_MALFORMED' && error.position === 0,
  );
});
