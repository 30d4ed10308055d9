/**
 * What DER looks like by the tags of its outer elements, also where it is broken: the reader of that kind then says what is wrong and where. Lengths
 * are taken as they are written; nothing is trusted that is found here.
 */

export type ObjectShape = 'certificate' | 'crl' | 'ocsp-response' | 'ocsp-request' | 'certification-request';

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** Elements looked at in one sequence; what tells the kinds apart are the first four. */
const maximumElements = 8;
const integer = 0x02;
const enumerated = 0x0a;
const sequence = 0x30;
/** UTCTime and GeneralizedTime. */
const times: readonly number[] = [0x17, 0x18];
const explicitZero = 0xa0;

/** The kind that the tags are those of; null where they are of none. */
export function shapeOf(der: Uint8Array): ObjectShape | null {
  const [outer] = elementsOf(der, 0, der.length);
  if (outer?.tag !== sequence) return null;
  const [first, algorithm] = elementsOf(der, outer.start, outer.end);
  if (first?.tag === enumerated) return 'ocsp-response';
  if (first?.tag !== sequence) return null;
  const [one, two, three, four] = elementsOf(der, first.start, first.end).map(({ tag }) => tag);
  if (one === explicitZero) return two === integer || algorithm?.tag === sequence ? 'certificate' : 'ocsp-request';
  if (one === sequence) return times.includes(three ?? 0) ? 'crl' : 'ocsp-request';
  if (one !== integer || two !== sequence || three !== sequence) return null;
  if (four === sequence) return 'certificate';
  return times.includes(four ?? 0) ? 'crl' : 'certification-request';
}

function elementsOf(der: Uint8Array, from: number, to: number): readonly Element[] {
  const elements: Element[] = [];
  for (let position = from; position + 1 < to && elements.length < maximumElements;) {
    const tag = der[position] ?? 0;
    let length = der[position + 1] ?? 0;
    let start = position + 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      // Indefinite, or longer than any file.
      if (octets === 0 || octets > 6) break;
      length = 0;
      for (let index = 0; index < octets; index++) length = length * 256 + (der[start + index] ?? 0);
      start += octets;
    }
    const end = Math.min(start + length, to);
    elements.push({ tag, start, end });
    position = end;
  }
  return elements;
}
