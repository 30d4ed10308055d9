/**
 * BER (X.690 §8) made DER as far as bundles need it: indefinite lengths, lengths in too many bytes, and octet strings in pieces, as Windows, old
 * Java and `openssl cms -stream` write PKCS#7 and PKCS#12. For such envelopes only: nothing in them is decided by how they are written. What they
 * carry (certificates, CRLs) goes to the strict reader as it is.
 */
import { X509Error } from '@sallyport/x509';

/** Bytes; a larger envelope is not converted. Bundles are small, but a signed file may be in one. */
const maximumBytes = 64 * 1024 * 1024;
/** Elements inside each other; what is deeper is left as it is, or refused where its end could not be found. */
const maximumDepth = 32;
const octetString = 0x04;
const octetStringInPieces = 0x24;
const constructed = 0x20;

/** An element as it will be written: its parts in order. */
interface Converted {
  readonly parts: readonly Uint8Array[];
  readonly length: number;
  /** Whether it differs from what was read. */
  readonly changed: boolean;
  /** Where it ended in what was read. */
  readonly end: number;
}

/** Is what stands in an element handed on as it is? Asked with its tag and how many elements it is within. */
export type KeepsContent = (tag: number, depth: number) => boolean;

const keepsNothing: KeepsContent = () => false;

/**
 * @param keeps what an envelope carries, for the strict reader to judge
 * @returns the same array where nothing had to be changed @throws X509Error
 */
export function derOfBer(ber: Uint8Array, keeps: KeepsContent = keepsNothing): Uint8Array {
  if (ber.length > maximumBytes)
    throw new X509Error('X509_INPUT_TOO_LARGE', maximumBytes, `a bundle beyond ${maximumBytes} bytes`);
  const converted = new BerConverter(ber, keeps).element(0, ber.length, 0, false);
  if (!converted.changed) return ber;
  // What stands behind it is for the strict reader to refuse.
  return joined([...converted.parts, ber.subarray(converted.end)]);
}

/** The content of an octet string that may be in pieces. @throws X509Error where the pieces are none */
export function octetsOf(content: Uint8Array, inPieces: boolean): Uint8Array {
  if (!inPieces) return content;
  return joined(new BerConverter(content, keepsNothing).pieces(0, content.length, 0, false).parts);
}

class BerConverter {
  private readonly bytes: Uint8Array;
  private readonly keeps: KeepsContent;

  constructor(bytes: Uint8Array, keeps: KeepsContent) {
    this.bytes = bytes;
    this.keeps = keeps;
  }

  element(start: number, limit: number, depth: number, kept: boolean): Converted {
    const { tag, content, end, minimal } = this.header(start, limit);
    const indefinite = end === null;
    if (kept || (tag & constructed) === 0) {
      if (indefinite) throw new X509Error('X509_DER_LENGTH_INDEFINITE', start + 1, 'DER has no indefinite lengths');
      if (kept || minimal) return this.asItIs(start, end);
      return written(tag, [this.bytes.subarray(content, end)], end - content, end);
    }
    if (depth >= maximumDepth)
      throw new X509Error('X509_DER_TOO_DEEP', start, `more than ${maximumDepth} elements inside each other`);
    if (tag === octetStringInPieces) {
      const { parts, length, end: behind } = this.pieces(content, end ?? limit, depth, indefinite);
      return written(octetString, parts, length, behind);
    }
    const children = this.children(content, end ?? limit, depth, indefinite, this.keeps(tag, depth));
    if (!indefinite && minimal && !children.changed) return this.asItIs(start, end);
    return written(tag, children.parts, children.length, children.end);
  }

  /** The content of an octet string whose pieces stand one after the other. */
  pieces(start: number, limit: number, depth: number, indefinite: boolean): Converted {
    const parts: Uint8Array[] = [];
    let length = 0;
    let position = start;
    while (!this.ends(position, limit, indefinite)) {
      const { tag, content, end } = this.header(position, limit);
      if (tag === octetString && end !== null) {
        parts.push(this.bytes.subarray(content, end));
        length += end - content;
        position = end;
      } else if (tag === octetStringInPieces && depth < maximumDepth) {
        const inner = this.pieces(content, end ?? limit, depth + 1, end === null);
        for (const part of inner.parts) parts.push(part);
        length += inner.length;
        position = inner.end;
      } else
        throw new X509Error('X509_DER_TAG_UNEXPECTED', position, 'a piece of an octet string that is no octet string');
    }
    return { parts, length, changed: true, end: indefinite ? position + 2 : position };
  }

  private children(start: number, limit: number, depth: number, indefinite: boolean, kept: boolean): Converted {
    const parts: Uint8Array[] = [];
    let length = 0;
    let changed = false;
    let position = start;
    while (!this.ends(position, limit, indefinite)) {
      const child = this.element(position, limit, depth + 1, kept);
      for (const part of child.parts) parts.push(part);
      length += child.length;
      changed ||= child.changed;
      position = child.end;
    }
    return { parts, length, changed, end: indefinite ? position + 2 : position };
  }

  /** Indefinite content ends in two zero bytes (X.690 §8.1.5). */
  private ends(position: number, limit: number, indefinite: boolean): boolean {
    if (!indefinite) return position >= limit;
    if (position + 2 > limit)
      throw new X509Error('X509_DER_TRUNCATED', position, 'an element of indefinite length that never ends');
    return this.bytes[position] === 0 && this.bytes[position + 1] === 0;
  }

  /** End is null for the indefinite form. */
  private header(start: number, limit: number): { tag: number; content: number; end: number | null; minimal: boolean } {
    const { bytes } = this;
    const tag = bytes[start] ?? 0;
    let length = bytes[start + 1] ?? 0;
    let content = start + 2;
    if (content > limit) throw new X509Error('X509_DER_TRUNCATED', start, 'an element is cut off in its header');
    if ((tag & 0x1f) === 0x1f)
      throw new X509Error('X509_DER_TAG_UNSUPPORTED', start, 'high tag numbers are not used in X.509');
    if (length === 0x80) return { tag, content, end: null, minimal: false };
    let minimal = true;
    if (length > 0x80) {
      const count = length & 0x7f;
      if (count > 8) throw new X509Error('X509_DER_LENGTH_TOO_LARGE', start + 1, 'a length of more than eight bytes');
      minimal = bytes[content] !== 0;
      length = 0;
      for (let index = 0; index < count; index++) length = length * 256 + (bytes[content + index] ?? 0);
      minimal &&= length >= 0x80;
      content += count;
    }
    if (content + length > limit)
      throw new X509Error('X509_DER_TRUNCATED', start, `an element of ${length} bytes ends behind what holds it`);
    return { tag, content, end: content + length, minimal };
  }

  private asItIs(start: number, end: number): Converted {
    return { parts: [this.bytes.subarray(start, end)], length: end - start, changed: false, end };
  }
}

function written(tag: number, parts: readonly Uint8Array[], length: number, end: number): Converted {
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets];
  return { parts: [Uint8Array.from(header), ...parts], length: header.length + length, changed: true, end };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
