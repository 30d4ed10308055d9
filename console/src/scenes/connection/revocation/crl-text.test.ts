import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crlText } from './crl-text.ts';

describe('a CRL from a file', () => {
  it('goes as it is where it is PEM', () => {
    const pem = '\n-----BEGIN X509 CRL-----\nAA==\n-----END X509 CRL-----\n';
    assert.equal(crlText(Buffer.from(pem)), pem);
  });

  it('goes in base64 where it is DER, however long', () => {
    const der = Buffer.alloc(100_001, 0x30).fill(0xff, 50_000);
    assert.deepEqual(Buffer.from(crlText(der), 'base64'), der);
  });
});
