/** Reading what is bad: the error that it must give, and a reader that leaves nothing unread. */
import assert from 'node:assert/strict';
import { readCertificate, X509Error } from '../src/index.ts';

/** What a read is refused with: a typed error with a place, and no other. */
export function faultOf(read: () => unknown): X509Error {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof X509Error, `a foreign exception: ${String(error)}`);
    assert.ok(Number.isInteger(error.position) && error.position >= 0);
    return error;
  }
  assert.fail('nothing was refused');
}

/** Reads a certificate and everything in it. */
export function readAll(der: Uint8Array): void {
  const certificate = readCertificate(der);
  void certificate.subject.relative;
  void certificate.issuer.relative;
  void certificate.publicKey;
  for (const one of certificate.extensions.list) certificate.extensions.readForm(one);
}
