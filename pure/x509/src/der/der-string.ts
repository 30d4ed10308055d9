/** Character strings of X.690 as text, each with the alphabet of its type. */
import { DerReader, Tag } from './der-reader.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of an ASCII range; `null` where a byte is not ASCII. Short names are the rule, so no decoder is started. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string | null {
  let text = '';
  for (let index = start; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x80) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Is this the tag of a string that `stringOf` reads? */
export function isStringTag(tag: number): boolean {
  switch (tag) {
    case Tag.utf8String:
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.teletexString:
    case Tag.bmpString:
    case Tag.universalString:
    case Tag.numericString:
    case Tag.visibleString:
      return true;
    default:
      return false;
  }
}

/** The text of the element that was read last. */
export function stringOf(reader: DerReader, tag: number = reader.tag): string {
  const { bytes, contentStart, contentEnd } = reader;
  switch (tag) {
    case Tag.utf8String: {
      const ascii = asciiText(bytes, contentStart, contentEnd);
      if (ascii !== null) return ascii;
      try {
        return utf8.decode(bytes.subarray(contentStart, contentEnd));
      } catch {
        throw reader.fault('X509_DER_STRING_INVALID', contentStart, 'a UTF8String that is not UTF-8');
      }
    }
    case Tag.printableString:
      return alphabetText(reader, isPrintable, 'PrintableString');
    case Tag.numericString:
      return alphabetText(reader, (byte) => byte === 0x20 || (byte >= 0x30 && byte <= 0x39), 'NumericString');
    case Tag.visibleString:
      return alphabetText(reader, (byte) => byte >= 0x20 && byte < 0x7f, 'VisibleString');
    case Tag.ia5String:
      return alphabetText(reader, (byte) => byte < 0x80, 'IA5String');
    case Tag.teletexString:
      // T.61 was never implemented as written: everybody put Latin-1 there, and so it is read.
      return Array.from(bytes.subarray(contentStart, contentEnd), (byte) => String.fromCharCode(byte)).join('');
    case Tag.bmpString:
      return wideText(reader, 2);
    case Tag.universalString:
      return wideText(reader, 4);
    default:
      throw reader.fault('X509_DER_TAG_UNEXPECTED', reader.start, 'not a character string');
  }
}

function alphabetText(reader: DerReader, allowed: (byte: number) => boolean, type: string): string {
  let text = '';
  for (let index = reader.contentStart; index < reader.contentEnd; index++) {
    const byte = reader.bytes[index] ?? 0;
    if (!allowed(byte)) throw reader.fault('X509_DER_STRING_INVALID', index, `a byte that is not of ${type}`);
    text += String.fromCharCode(byte);
  }
  return text;
}

/**
 * PrintableString by X.680 §41.4, and besides `*`, `@`, `&` and `_`: issued certificates carry them, and nothing is decided by the
 * difference.
 */
function isPrintable(byte: number): boolean {
  if (byte >= 0x61) return byte <= 0x7a;
  if (byte >= 0x41) return byte <= 0x5a || byte === 0x5f;
  if (byte >= 0x26 && byte <= 0x3a) return true;
  return byte === 0x20 || byte === 0x3d || byte === 0x3f || byte === 0x40;
}

/** BMPString (two bytes, no surrogates) and UniversalString (four bytes, at most U+10FFFF). */
function wideText(reader: DerReader, width: 2 | 4): string {
  const { bytes, contentStart, contentEnd } = reader;
  if ((contentEnd - contentStart) % width !== 0)
    throw reader.fault('X509_DER_STRING_INVALID', contentStart, `a string that is not in units of ${width} bytes`);
  let text = '';
  for (let index = contentStart; index < contentEnd; index += width) {
    let point = 0;
    for (let offset = 0; offset < width; offset++) point = point * 256 + (bytes[index + offset] ?? 0);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
      throw reader.fault('X509_DER_STRING_INVALID', index, 'a code point that is no character');
    text += String.fromCodePoint(point);
  }
  return text;
}
