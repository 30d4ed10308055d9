/**
 * Most names that are compared differ in plain text, and are told apart by their bytes here, before anything of them is read: one attribute in each
 * relative name, in short forms, of printable ASCII without needless spaces. What looks different is left to the comparison of RFC 5280 §7.1.
 */
import { Tag } from '../der/der-reader.ts';

/** True: surely different names under RFC 5280 §7.1. False says nothing. */
export function differPlainly(left: Uint8Array, right: Uint8Array): boolean {
  if (!isShort(left, 0, Tag.sequence, left.length) || !isShort(right, 0, Tag.sequence, right.length)) return false;
  let one = 2;
  let two = 2;
  while (one < left.length && two < right.length) {
    const oneEnd = one + 2 + (left[one + 1] ?? 0);
    const twoEnd = two + 2 + (right[two + 1] ?? 0);
    if (!isSingle(left, one, oneEnd) || !isSingle(right, two, twoEnd)) return false;
    const oneType = left[one + 5] ?? 0;
    const twoType = right[two + 5] ?? 0;
    // Other attributes, which may still be the same in another order of a malformed name: not for here.
    if (oneType !== twoType) return false;
    for (let index = 0; index < oneType; index++) if (left[one + 6 + index] !== right[two + 6 + index]) return false;
    const oneValue = one + 6 + oneType;
    const twoValue = two + 6 + twoType;
    if (!isPlain(left, oneValue, oneEnd) || !isPlain(right, twoValue, twoEnd)) return false;
    if (oneEnd - oneValue !== twoEnd - twoValue) return true;
    for (let index = 2; index < oneEnd - oneValue; index++)
      if (lowerCase(left[oneValue + index] ?? 0) !== lowerCase(right[twoValue + index] ?? 0)) return true;
    one = oneEnd;
    two = twoEnd;
  }
  return false;
}

/** Is it an element with a length in one byte that ends here? */
function isShort(bytes: Uint8Array, start: number, tag: number, end: number): boolean {
  const length = bytes[start + 1] ?? 0x80;
  return bytes[start] === tag && length < 0x80 && start + 2 + length === end;
}

/** A relative name of one attribute: SET, SEQUENCE and an identifier, each short, and room for a value. */
function isSingle(bytes: Uint8Array, start: number, end: number): boolean {
  const type = bytes[start + 5] ?? 0x80;
  return (
    end <= bytes.length &&
    isShort(bytes, start, Tag.set, end) &&
    isShort(bytes, start + 2, Tag.sequence, end) &&
    bytes[start + 4] === Tag.objectIdentifier &&
    type < 0x80 &&
    start + 8 + type <= end
  );
}

/** A string of printable ASCII with single spaces within, whose canonical form is itself in lower case. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  const tag = bytes[start] ?? 0;
  if (tag !== Tag.utf8String && tag !== Tag.printableString && tag !== Tag.ia5String) return false;
  if (!isShort(bytes, start, tag, end) || bytes[end - 1] === 0x20) return false;
  let before = 0x20;
  for (let index = start + 2; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x20 || byte > 0x7e || (byte === 0x20 && before === 0x20)) return false;
    before = byte;
  }
  return true;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
