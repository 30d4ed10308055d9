/** TLS feature (RFC 7633), known as must-staple where it lists status_request. */
import { readSmallInteger } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';

/** TLS extension number of status_request. */
export const statusRequestFeature = 5;

export function readTlsFeature(value: DerReader): readonly number[] {
  const sequence = value.enter(Tag.sequence);
  if (sequence.done)
    throw sequence.fault('X509_SEQUENCE_EMPTY', sequence.position, 'a TLS feature extension without a feature');
  const features: number[] = [];
  while (!sequence.done) features.push(readSmallInteger(sequence));
  return features;
}
