/** Bundles of PKCS#7, in DER or BER. */
import { readPkcs7, type Pkcs7Bundle } from '@sallyport/x509';
import { derOfBer, type KeepsContent } from './ber.ts';

/** In ContentInfo, its [0] and SignedData stand certificates as [0] and CRLs as [1]: they are DER in any case. */
const carriesObjects: KeepsContent = (tag, depth) => depth === 3 && (tag === 0xa0 || tag === 0xa1);

/** @throws X509Error */
export function readPkcs7File(ber: Uint8Array): Pkcs7Bundle {
  return readPkcs7(derOfBer(ber, carriesObjects));
}

/** SEQUENCE that begins with the identifier of SignedData. */
export function looksLikePkcs7(der: Uint8Array): boolean {
  const type = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
  const length = der[1] ?? 0;
  const start = length < 0x80 ? 2 : 2 + (length & 0x7f);
  return der[0] === 0x30 && type.every((byte, index) => der[start + index] === byte);
}
