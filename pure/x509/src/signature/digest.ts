/** SHA-256, for fingerprints and for the key of remembered signatures. Node before 20.12 has no one-shot form. */
import * as nodeCrypto from 'node:crypto';

/** Lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  if (typeof nodeCrypto.hash === 'function') return nodeCrypto.hash('sha256', bytes, 'hex');
  return nodeCrypto.createHash('sha256').update(bytes).digest('hex');
}

/** SHA-1 or SHA-256 as bytes: OCSP names issuers by them (RFC 6960 §4.1.1). */
export function digest(algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512', bytes: Uint8Array): Uint8Array {
  return nodeCrypto.createHash(algorithm).update(bytes).digest();
}
