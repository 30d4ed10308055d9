/** DER (X.690) as far as the demo CA needs it: writing certificates, CRLs and OCSP responses, reading OCSP requests. */

/** One element: identifier octet, length, contents. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(evenHexadecimal(BigInt(body.length)), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

export const sequence = (...contents: readonly Uint8Array[]): Buffer => element(0x30, ...contents);
export const set = (...contents: readonly Uint8Array[]): Buffer => element(0x31, ...contents);
export const octetString = (bytes: Uint8Array): Buffer => element(0x04, bytes);
export const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer => element(0x03, Buffer.from([unusedBits]), bytes);
export const utf8String = (text: string): Buffer => element(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Buffer => element(0x13, Buffer.from(text, 'latin1'));
export const nullValue: Buffer = element(0x05);
export const trueValue: Buffer = element(0x01, Buffer.from([0xff]));
export const enumerated = (value: number): Buffer => element(0x0a, Buffer.from([value]));
/** `[n] EXPLICIT`, and `[n] IMPLICIT` of a constructed type. */
export const contextConstructed = (number: number, ...contents: readonly Uint8Array[]): Buffer =>
  element(0xa0 | number, ...contents);
/** `[n] IMPLICIT` of a primitive type. */
export const contextPrimitive = (number: number, bytes: Uint8Array): Buffer => element(0x80 | number, bytes);

/** A non-negative INTEGER. */
export function integer(value: bigint | number): Buffer {
  const bytes = Buffer.from(evenHexadecimal(BigInt(value)), 'hex');
  return element(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) group.unshift((left & 0x7f) | 0x80);
    octets.push(...group);
  }
  return element(0x06, Buffer.from(octets));
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on. */
export function time(milliseconds: number): Buffer {
  const digits = timeDigits(milliseconds);
  return Number(digits.slice(0, 4)) < 2050
    ? element(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : generalizedTime(milliseconds);
}

export const generalizedTime = (milliseconds: number): Buffer =>
  element(0x18, Buffer.from(`${timeDigits(milliseconds)}Z`));

/** An element as read: `whole` is identifier, length and contents. */
export interface ReadElement {
  readonly tag: number;
  readonly contents: Uint8Array;
  readonly whole: Uint8Array;
}

/** The elements that stand one after the other in `bytes`. Throws RangeError where they do not fill it exactly. */
export function readElements(bytes: Uint8Array): ReadElement[] {
  const found: ReadElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined) throw new RangeError('DER: no length');
    const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || lengthOctets > 3) throw new RangeError('DER: length form not supported');
    const begin = at + 2 + lengthOctets;
    const length =
      lengthOctets === 0 ? first : bytes.subarray(at + 2, begin).reduce((sum, octet) => sum * 256 + octet, 0);
    if (begin + length > bytes.length) throw new RangeError('DER: contents end too early');
    found.push({ tag, contents: bytes.subarray(begin, begin + length), whole: bytes.subarray(at, begin + length) });
    at = begin + length;
  }
  return found;
}

export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The bytes of the first block of a PEM text. */
export function derOfPem(text: string): Buffer {
  return Buffer.from(text.replace(/-----END[^]*$/, '').replace(/-----BEGIN[^-]+-----/, ''), 'base64');
}

function timeDigits(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace(/[-:T]/g, '');
}

function evenHexadecimal(value: bigint): string {
  const digits = value.toString(16);
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}
