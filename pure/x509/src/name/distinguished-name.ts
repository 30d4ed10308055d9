/** Distinguished names (X.501 in RFC 5280 §4.1.2.4): read on demand, compared by RFC 5280 §7.1, shown by RFC 4514. */
import { DerReader, Tag } from '../der/der-reader.ts';
import { isStringTag, stringOf } from '../der/der-string.ts';
import { readObjectIdentifier } from '../der/object-identifier.ts';
import { equalBytes, hexadecimal } from '../hexadecimal.ts';
import { X509Error } from '../x509-error.ts';
import { differPlainly } from './plain-difference.ts';

export interface NameAttribute {
  /** Dotted object identifier of the attribute type. */
  readonly type: string;
  /** Tag of the value's ASN.1 type. */
  readonly tag: number;
  /** The value as text; null where it is no character string. */
  readonly text: string | null;
  /** The value's element. */
  readonly der: Uint8Array;
}

/** Its element is asked for seldom, and cut out then. */
class ReadAttribute implements NameAttribute {
  readonly type: string;
  readonly tag: number;
  readonly text: string | null;
  private readonly bytes: Uint8Array;
  private readonly start: number;
  private readonly end: number;

  constructor(type: string, tag: number, text: string | null, bytes: Uint8Array, start: number, end: number) {
    this.type = type;
    this.tag = tag;
    this.text = text;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  get der(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }
}

export type RelativeName = readonly NameAttribute[];

/** More relative names than this in one name are refused. */
const maximumRelativeNames = 1000;

export const attributeTypes = {
  commonName: '2.5.4.3',
  emailAddress: '1.2.840.113549.1.9.1',
} as const;

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

export class DistinguishedName {
  /** The whole element (SEQUENCE OF RelativeDistinguishedName), not copied. */
  readonly der: Uint8Array;
  private readonly position: number;
  private relativeNames: readonly RelativeName[] | null = null;
  private canonicalParts: readonly string[] | null = null;
  private canonicalText: string | null = null;
  private shownText: string | null = null;

  /** @param position offset of `der` in what was read, for errors */
  constructor(der: Uint8Array, position = 0) {
    this.der = der;
    this.position = position;
  }

  get isEmpty(): boolean {
    return this.der.length === 2;
  }

  /** Most general first, as encoded. @throws X509Error where the name is malformed */
  get relative(): readonly RelativeName[] {
    this.relativeNames ??= readRelativeNames(this.der, this.position);
    return this.relativeNames;
  }

  /** One comparable text for each relative name (RFC 5280 §7.1); a malformed name compares by its bytes only. */
  get canonical(): readonly string[] {
    this.canonicalParts ??= this.canonicalize();
    return this.canonicalParts;
  }

  /** A key that is equal for names that RFC 5280 §7.1 calls equal. */
  get key(): string {
    this.canonicalText ??= this.canonical.join('\n');
    return this.canonicalText;
  }

  equals(other: DistinguishedName): boolean {
    if (!equalBytes(this.der, other.der)) return !differPlainly(this.der, other.der) && this.key === other.key;
    // The same bytes read the same: what was made of one name is taken over, never handed on to what may live longer.
    this.relativeNames ??= other.relativeNames;
    this.canonicalParts ??= other.canonicalParts;
    this.canonicalText ??= other.canonicalText;
    return true;
  }

  /** Does this name stand at or below `base`? (RFC 5280 §4.1.2.6 and §7.1: the relative names of the base come first.) */
  isWithin(base: DistinguishedName): boolean {
    const mine = this.canonical;
    const theirs = base.canonical;
    return theirs.length <= mine.length && theirs.every((part, index) => part === mine[index]);
  }

  /** All values of one attribute type that are text. */
  textsOf(type: string): string[] {
    const texts: string[] = [];
    for (const attributes of this.relative)
      for (const attribute of attributes)
        if (attribute.type === type && attribute.text !== null) texts.push(attribute.text);
    return texts;
  }

  /** RFC 4514: most specific first, `CN=jira.example.com,O=Example`. */
  toString(): string {
    this.shownText ??= this.show();
    return this.shownText;
  }

  private show(): string {
    try {
      return this.relative
        .map((attributes) => attributes.map(attributeText).join('+'))
        .reverse()
        .join(',');
    } catch {
      return `#${hexadecimal(this.der)}`;
    }
  }

  private canonicalize(): readonly string[] {
    try {
      return this.relative.map((attributes) =>
        attributes.length === 1 && attributes[0] !== undefined
          ? canonicalAttribute(attributes[0])
          : attributes.map(canonicalAttribute).sort().join('+'),
      );
    } catch {
      return [`#${hexadecimal(this.der)}`];
    }
  }
}

/** RFC 4518 as far as RFC 5280 §7.1 asks: compatibility forms and case folded, spaces trimmed and joined. Lengths keep texts apart. */
function canonicalAttribute(attribute: NameAttribute): string {
  if (attribute.text === null) return `${attribute.type}#${hexadecimal(attribute.der)}`;
  let text = attribute.text;
  if (!/^[\x21-\x7e]*(?: [\x21-\x7e]+)*$/.test(text)) text = text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  text = text.toLowerCase();
  return `${attribute.type}=${text.length}:${text}`;
}

function attributeText(attribute: NameAttribute): string {
  const type = shortNames[attribute.type];
  if (type === undefined || attribute.text === null) return `${type ?? attribute.type}=#${hexadecimal(attribute.der)}`;
  const escaped = attribute.text
    .replace(/[\\",+;<>]/g, String.raw`\$&`)
    .replace(/^[ #]/, String.raw`\$&`)
    .replace(/ $/, String.raw`\ `)
    // Control characters and those that turn the direction of writing would forge lines in logs and reports.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
      Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join(''),
    );
  return `${type}=${escaped}`;
}

function readRelativeNames(der: Uint8Array, position: number): readonly RelativeName[] {
  const names: RelativeName[] = [];
  try {
    const outer = new DerReader(der);
    const sequence = outer.enter(Tag.sequence);
    outer.finish();
    while (!sequence.done) {
      if (names.length === maximumRelativeNames)
        throw sequence.fault(
          'X509_NAME_MALFORMED',
          sequence.position,
          `more than ${maximumRelativeNames} relative names`,
        );
      names.push(readRelativeName(sequence.enter(Tag.set)));
    }
  } catch (error) {
    throw error instanceof X509Error ? error.shifted(position).within('name') : error;
  }
  return names;
}

function readRelativeName(set: DerReader): RelativeName {
  const attributes: NameAttribute[] = [];
  let previousStart = -1;
  let previousEnd = -1;
  if (set.done) throw set.fault('X509_SEQUENCE_EMPTY', set.position, 'a relative name without attributes');
  while (!set.done) {
    const pair = set.enter(Tag.sequence);
    const { bytes, start, contentEnd } = set;
    // X.690 §11.6: the members of a SET OF stand in ascending order.
    if (
      previousStart !== -1 &&
      !ascending(bytes.subarray(previousStart, previousEnd), bytes.subarray(start, contentEnd))
    )
      throw set.fault('X509_DER_SET_NOT_SORTED', start, 'the attributes of a relative name are not in order');
    previousStart = start;
    previousEnd = contentEnd;
    const type = readObjectIdentifier(pair);
    const tag = pair.next();
    const text = isStringTag(tag) ? stringOf(pair) : null;
    // What ends a text in C must not stand within one: programs would read two different names (CVE-2009-2408).
    if (text?.includes('\0') === true)
      throw pair.fault(
        'X509_NAME_EMBEDDED_NUL',
        pair.contentStart + text.indexOf('\0') * widthOf(tag),
        'a name with an embedded NUL',
      );
    attributes.push(new ReadAttribute(type, tag, text, bytes, pair.start, pair.contentEnd));
    pair.finish();
  }
  return attributes;
}

/** Bytes of a character; one that UTF-8 writes before the NUL in more bytes moves the position a little. */
function widthOf(tag: number): number {
  return tag === Tag.bmpString ? 2 : tag === Tag.universalString ? 4 : 1;
}

function ascending(left: Uint8Array, right: Uint8Array): boolean {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return left.length <= right.length;
}
