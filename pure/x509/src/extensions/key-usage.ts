/** keyUsage (RFC 5280 §4.2.1.3). */
import { readNamedBits } from '../der/der-primitives.ts';
import { DerReader } from '../der/der-reader.ts';

/** Bit n of the answer is bit n of the ASN.1 list. */
export const keyUsageBits = {
  digitalSignature: 1 << 0,
  contentCommitment: 1 << 1,
  keyEncipherment: 1 << 2,
  dataEncipherment: 1 << 3,
  keyAgreement: 1 << 4,
  keyCertSign: 1 << 5,
  cRLSign: 1 << 6,
  encipherOnly: 1 << 7,
  decipherOnly: 1 << 8,
} as const;

/** The bits that are set; at least one must be (RFC 5280 §4.2.1.3). */
export function readKeyUsage(value: DerReader): number {
  const at = value.position;
  const bits = readNamedBits(value);
  if (bits === 0) throw value.fault('X509_DER_BIT_STRING_INVALID', at, 'a keyUsage without a bit set');
  return bits;
}

/** Names of the bits that are set. */
export function showKeyUsage(bits: number): string {
  return Object.entries(keyUsageBits)
    .filter(([, bit]) => (bits & bit) !== 0)
    .map(([name]) => name)
    .join(', ');
}
