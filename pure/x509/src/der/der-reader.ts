/**
 * Strict DER (X.690 §8, §10, §11) over one buffer: a cursor of offsets, nothing copied. Definite, minimal lengths only,
 * low tag numbers only (X.509 needs no other), every error with its offset from the start of the buffer.
 */
import { X509Error } from '../x509-error.ts';
import type { X509ErrorCode } from '../x509-error.ts';

/** Tags of X.690 that X.509 uses. Context tags: 0x80 + n primitive, 0xa0 + n constructed. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/**
 * A cursor over consecutive elements. `next` reads one header, stands its content bounds into `contentStart` and
 * `contentEnd`, and moves behind the element.
 */
export class DerReader {
  readonly bytes: Uint8Array;
  /** Offset of the next element. */
  position: number;
  /** Offset behind the last byte that this cursor may read. */
  readonly end: number;
  /** Of the element that was read last. */
  tag = 0;
  start = 0;
  contentStart = 0;
  contentEnd = 0;

  constructor(bytes: Uint8Array, position = 0, end: number = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  /** The tag of the next element, -1 at the end. */
  peek(): number {
    return this.position < this.end ? (this.bytes[this.position] ?? -1) : -1;
  }

  /** Reads the next element whatever it is and returns its tag. */
  next(): number {
    const { bytes, end } = this;
    const start = this.position;
    if (start + 2 > end) throw this.fault('X509_DER_TRUNCATED', start, 'an element is cut off in its header');
    const tag = bytes[start] ?? 0;
    // X.690 §8.1.2.4: high tag numbers; no structure read here has one, so they cannot be told from junk.
    if ((tag & 0x1f) === 0x1f)
      throw this.fault('X509_DER_TAG_UNSUPPORTED', start, 'high tag numbers are not used in X.509');
    let length = bytes[start + 1] ?? 0;
    let content = start + 2;
    if (length >= 0x80) {
      if (length === 0x80) throw this.fault('X509_DER_LENGTH_INDEFINITE', start + 1, 'DER has no indefinite lengths');
      const count = length & 0x7f;
      if (count > 4) throw this.fault('X509_DER_LENGTH_TOO_LARGE', start + 1, 'a length of more than four bytes');
      if (content + count > end)
        throw this.fault('X509_DER_TRUNCATED', start + 1, 'an element is cut off in its length');
      length = 0;
      for (let index = 0; index < count; index++) length = length * 256 + (bytes[content + index] ?? 0);
      if (length < 0x80 || bytes[content] === 0)
        throw this.fault('X509_DER_LENGTH_NOT_MINIMAL', start + 1, 'DER writes a length in the fewest bytes');
      content += count;
    }
    if (content + length > end)
      throw this.fault('X509_DER_TRUNCATED', start, `an element of ${length} bytes ends behind what holds it`);
    this.tag = tag;
    this.start = start;
    this.contentStart = content;
    this.contentEnd = content + length;
    this.position = content + length;
    return tag;
  }

  /** Reads the next element and refuses any other tag. */
  expect(tag: number): this {
    const at = this.position;
    if (this.next() !== tag)
      throw this.fault(
        'X509_DER_TAG_UNEXPECTED',
        at,
        `tag 0x${this.tag.toString(16)} where 0x${tag.toString(16)} belongs`,
      );
    return this;
  }

  /** Reads the next element if it has this tag; otherwise the cursor stays. */
  optional(tag: number): boolean {
    if (this.peek() !== tag) return false;
    this.next();
    return true;
  }

  /** Reads a constructed element and returns a cursor over its content. */
  enter(tag: number): DerReader {
    this.expect(tag);
    return new DerReader(this.bytes, this.contentStart, this.contentEnd);
  }

  /** A cursor over the content of the element that was read last. */
  inside(): DerReader {
    return new DerReader(this.bytes, this.contentStart, this.contentEnd);
  }

  /** Content bytes of the element that was read last, not copied. */
  content(): Uint8Array {
    return this.bytes.subarray(this.contentStart, this.contentEnd);
  }

  /** Header and content of the element that was read last, not copied. */
  element(): Uint8Array {
    return this.bytes.subarray(this.start, this.contentEnd);
  }

  /** Refuses bytes behind the last element. */
  finish(): void {
    if (this.position !== this.end)
      throw this.fault(
        'X509_DER_TRAILING_BYTES',
        this.position,
        `${this.end - this.position} bytes behind the last element`,
      );
  }

  fault(code: X509ErrorCode, position: number, message: string): X509Error {
    return new X509Error(code, position, message);
  }
}
