/** basicConstraints (RFC 5280 §4.2.1.9). */
import { readBooleanDefaultFalse, readSmallInteger } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';

export interface BasicConstraints {
  readonly ca: boolean;
  /** Most intermediates below that are not self-issued; null for no limit. */
  readonly pathLength: number | null;
}

export function readBasicConstraints(value: DerReader): BasicConstraints {
  const sequence = value.enter(Tag.sequence);
  const ca = readBooleanDefaultFalse(sequence);
  const pathLength = sequence.done ? null : readSmallInteger(sequence);
  sequence.finish();
  return { ca, pathLength };
}
