/** extKeyUsage (RFC 5280 §4.2.1.12). */
import { DerReader, Tag } from '../der/der-reader.ts';
import { readObjectIdentifier } from '../der/object-identifier.ts';

/** Object identifiers of key purposes. */
export const keyPurposes = {
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const;

/** The purposes, at least one. */
export function readExtendedKeyUsage(value: DerReader): readonly string[] {
  const sequence = value.enter(Tag.sequence);
  if (sequence.done) throw sequence.fault('X509_SEQUENCE_EMPTY', sequence.position, 'an extKeyUsage without a purpose');
  const purposes: string[] = [];
  while (!sequence.done) purposes.push(readObjectIdentifier(sequence));
  return purposes;
}
