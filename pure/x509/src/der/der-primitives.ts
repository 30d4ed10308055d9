/** Primitive types of X.690 §8 under the restrictions of §11, read from the element that a cursor read last. */
import { DerReader, Tag } from './der-reader.ts';

/** Largest serial or count that is handed out as a number. */
const safeIntegerBytes = 6;

/** X.690 §8.3: at least one byte, in the fewest bytes. */
export function checkInteger(reader: DerReader): void {
  const { bytes, contentStart, contentEnd } = reader;
  const length = contentEnd - contentStart;
  const first = bytes[contentStart] ?? 0;
  const second = bytes[contentStart + 1] ?? 0;
  if (length === 0) throw reader.fault('X509_DER_INTEGER_INVALID', contentStart, 'an INTEGER without content');
  if (length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw reader.fault('X509_DER_INTEGER_INVALID', contentStart, 'an INTEGER that is not in its fewest bytes');
}

/** A small, non-negative INTEGER (a version, a path length, a skip count). */
export function readSmallInteger(reader: DerReader, tag: number = Tag.integer): number {
  reader.expect(tag);
  checkInteger(reader);
  const { bytes, contentStart, contentEnd } = reader;
  if (contentEnd - contentStart > safeIntegerBytes || (bytes[contentStart] ?? 0) >= 0x80)
    throw reader.fault('X509_DER_INTEGER_INVALID', contentStart, 'a number that is negative or beyond 2^47');
  let value = 0;
  for (let index = contentStart; index < contentEnd; index++) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

/** X.690 §11.1: 00 or FF, nothing else. */
export function readBoolean(reader: DerReader, tag: number = Tag.boolean): boolean {
  reader.expect(tag);
  const value = reader.bytes[reader.contentStart];
  if (reader.contentEnd - reader.contentStart !== 1 || (value !== 0 && value !== 0xff))
    throw reader.fault('X509_DER_BOOLEAN_INVALID', reader.contentStart, 'a BOOLEAN that is neither 00 nor FF');
  return value === 0xff;
}

/** A BOOLEAN DEFAULT FALSE: absent means false, and an encoded FALSE is refused (X.690 §11.5). */
export function readBooleanDefaultFalse(reader: DerReader, tag: number = Tag.boolean): boolean {
  if (reader.peek() !== tag) return false;
  const at = reader.position;
  if (!readBoolean(reader, tag))
    throw reader.fault('X509_DER_DEFAULT_ENCODED', at, 'DER does not encode a DEFAULT FALSE');
  return true;
}

/** A BIT STRING of whole bytes (a key, a signature), not copied. */
export function readOctetBits(reader: DerReader): Uint8Array {
  checkOctetBits(reader);
  return reader.bytes.subarray(reader.contentStart + 1, reader.contentEnd);
}

/** Reads the same without cutting it out: its bytes begin one behind `contentStart`. */
export function checkOctetBits(reader: DerReader): void {
  reader.expect(Tag.bitString);
  if (reader.contentEnd === reader.contentStart || reader.bytes[reader.contentStart] !== 0)
    throw reader.fault('X509_DER_BIT_STRING_INVALID', reader.contentStart, 'a BIT STRING that must be whole bytes');
}

/**
 * A named bit list (X.690 §11.2.2): bit n of the answer is bit n of the ASN.1 list; at most 16 bits are known, more are
 * refused. Trailing zero bits are not written in DER.
 */
export function readNamedBits(reader: DerReader, tag: number = Tag.bitString): number {
  reader.expect(tag);
  const { bytes, contentStart, contentEnd } = reader;
  const unused = bytes[contentStart] ?? 0xff;
  const last = bytes[contentEnd - 1] ?? 0;
  const length = contentEnd - contentStart - 1;
  const wellFormed =
    length === 0
      ? unused === 0
      : length <= 2 && unused < 8 && (last & ((1 << unused) - 1)) === 0 && ((last >> unused) & 1) === 1;
  if (length < 0 || !wellFormed)
    throw reader.fault('X509_DER_BIT_STRING_INVALID', contentStart, 'a bit list that is not DER');
  let bits = 0;
  for (let index = 0; index < length * 8; index++) {
    const byte = bytes[contentStart + 1 + (index >> 3)] ?? 0;
    if ((byte & (0x80 >> (index & 7))) !== 0) bits |= 1 << index;
  }
  return bits;
}
