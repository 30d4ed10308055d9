/** OBJECT IDENTIFIER (X.690 §8.19) as dotted text. */
import { DerReader, Tag } from './der-reader.ts';

/** Arcs of 2.5.29 (id-ce) are common enough to be kept as text; as property names, so that they are the same objects as in the table of types. */
const certificateExtensionArcs: readonly string[] = Object.keys(
  Object.fromEntries(Array.from({ length: 128 }, (_, arc) => [`2.5.29.${arc}`, arc])),
);
/** Identifiers read lately, each in the place that its bytes hash to: a handful make up nearly all certificates, and equal texts are one object. */
const recentPlaces = 256;
const recent: ({ readonly content: Uint8Array; readonly text: string } | undefined)[] = Array.from(
  { length: recentPlaces },
  () => undefined,
);
const recentBytes = 16;
/** Content longer than this is no identifier that anybody registered. */
const maximumIdentifierBytes = 128;

/** Reads an OBJECT IDENTIFIER element. */
export function readObjectIdentifier(reader: DerReader, tag: number = Tag.objectIdentifier): string {
  reader.expect(tag);
  return objectIdentifierOf(reader);
}

/** The identifier in the content of the element that was read last. */
export function objectIdentifierOf(reader: DerReader): string {
  const { bytes, contentStart, contentEnd } = reader;
  const length = contentEnd - contentStart;
  const last = bytes[contentEnd - 1] ?? 0x80;
  if (length === 3 && bytes[contentStart] === 0x55 && bytes[contentStart + 1] === 0x1d && last < 0x80)
    return certificateExtensionArcs[last] ?? '';
  if (length === 0 || length > maximumIdentifierBytes || last >= 0x80)
    throw reader.fault(
      'X509_DER_OBJECT_IDENTIFIER_INVALID',
      contentStart,
      'an object identifier that is empty, cut off or too long',
    );
  if (length > recentBytes) return decode(reader);
  let hash = length;
  for (let index = contentStart; index < contentEnd; index++) hash = (hash * 31 + (bytes[index] ?? 0)) | 0;
  const place = hash & (recentPlaces - 1);
  const known = recent[place];
  if (known !== undefined && known.content.length === length) {
    let offset = 0;
    while (offset < length && known.content[offset] === bytes[contentStart + offset]) offset++;
    if (offset === length) return known.text;
  }
  const text = decode(reader);
  recent[place] = { content: new Uint8Array(bytes.subarray(contentStart, contentEnd)), text };
  return text;
}

function decode(reader: DerReader): string {
  const { bytes, contentStart, contentEnd } = reader;
  let text = '';
  let arc = 0;
  let fresh = true;
  for (let index = contentStart; index < contentEnd; index++) {
    const byte = bytes[index] ?? 0;
    if (fresh && byte === 0x80)
      throw reader.fault('X509_DER_OBJECT_IDENTIFIER_INVALID', index, 'an arc that is not in its fewest bytes');
    if (arc > Number.MAX_SAFE_INTEGER / 256) return bigObjectIdentifier(reader);
    arc = arc * 128 + (byte & 0x7f);
    fresh = byte < 0x80;
    if (!fresh) continue;
    if (text === '') text = arc < 80 ? `${Math.floor(arc / 40)}.${arc % 40}` : `2.${arc - 80}`;
    else text += `.${arc}`;
    arc = 0;
  }
  return text;
}

/** The same with arcs beyond 2^53 (UUID arcs of X.667 have 128 bits). */
function bigObjectIdentifier(reader: DerReader): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (let index = reader.contentStart; index < reader.contentEnd; index++) {
    const byte = reader.bytes[index] ?? 0;
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const first = arcs[0] ?? 0n;
  const head = first < 80n ? [first / 40n, first % 40n] : [2n, first - 80n];
  return [...head, ...arcs.slice(1)].join('.');
}
