/** nameConstraints (RFC 5280 §4.2.1.10). */
import { readSmallInteger } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { readGeneralName } from '../name/general-name.ts';
import type { GeneralName } from '../name/general-name.ts';

export interface NameConstraints {
  /** Null: the field is absent, nothing is asked of names. An encoded list has at least one entry. */
  readonly permitted: readonly GeneralName[] | null;
  readonly excluded: readonly GeneralName[] | null;
}

/** minimum and maximum must stay at their defaults; an iPAddress must be address and contiguous mask. */
export function readNameConstraints(value: DerReader): NameConstraints {
  const sequence = value.enter(Tag.sequence);
  const permitted = sequence.optional(0xa0) ? readSubtrees(sequence.inside()) : null;
  const excluded = sequence.optional(0xa1) ? readSubtrees(sequence.inside()) : null;
  sequence.finish();
  if (permitted === null && excluded === null)
    throw sequence.fault('X509_SEQUENCE_EMPTY', value.contentStart, 'name constraints that constrain nothing');
  return { permitted, excluded };
}

function readSubtrees(list: DerReader): readonly GeneralName[] {
  if (list.done) throw list.fault('X509_SEQUENCE_EMPTY', list.position, 'an empty list of subtrees');
  const subtrees: GeneralName[] = [];
  while (!list.done) {
    const subtree = list.enter(Tag.sequence);
    const at = list.start;
    const base = readGeneralName(subtree);
    // RFC 5280 §4.2.1.10: minimum must be zero and maximum absent; nothing here knows what else they would mean.
    if (!subtree.done) {
      if (subtree.peek() === 0x80 && readSmallInteger(subtree, 0x80) === 0)
        throw subtree.fault('X509_DER_DEFAULT_ENCODED', at, 'DER does not encode minimum 0');
      throw subtree.fault('X509_GENERAL_NAME_MALFORMED', at, 'a subtree with minimum or maximum');
    }
    if (base.kind === 'ip' && !isAddressAndMask(base.value))
      throw subtree.fault(
        'X509_GENERAL_NAME_MALFORMED',
        at,
        'an IP constraint that is not address and contiguous mask',
      );
    subtrees.push(base);
  }
  return subtrees;
}

function isAddressAndMask(bytes: Uint8Array): boolean {
  if (bytes.length !== 8 && bytes.length !== 32) return false;
  let ended = false;
  for (const byte of bytes.subarray(bytes.length / 2)) {
    const inverted = ~byte & 0xff;
    if ((inverted & (inverted + 1)) !== 0 || (ended && byte !== 0)) return false;
    if (byte !== 0xff) ended = true;
  }
  return true;
}
