/** Writes DER for tests: whatever is asked for, right or wrong. */

export type Bytes = Uint8Array;

export function concat(...parts: readonly Bytes[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}

export function element(tag: number, ...content: readonly Bytes[]): Bytes {
  const body = concat(...content);
  const length: number[] = [];
  for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  const header = body.length < 128 ? [tag, body.length] : [tag, 0x80 | length.length, ...length];
  return concat(Uint8Array.from(header), body);
}

export const bytes = (...values: readonly number[]): Bytes => Uint8Array.from(values);
export const hex = (text: string): Bytes => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const ascii = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'latin1'));
export const sequence = (...content: readonly Bytes[]): Bytes => element(0x30, ...content);
export const setOf = (...content: readonly Bytes[]): Bytes => element(0x31, ...content);
export const octets = (...content: readonly Bytes[]): Bytes => element(0x04, ...content);
export const bits = (content: Bytes, unused = 0): Bytes => element(0x03, bytes(unused), content);
export const boolean = (value: boolean): Bytes => element(0x01, bytes(value ? 0xff : 0));
export const integer = (...content: readonly number[]): Bytes => element(0x02, Uint8Array.from(content));
export const utf8 = (text: string): Bytes => element(0x0c, new TextEncoder().encode(text));
export const printable = (text: string): Bytes => element(0x13, ascii(text));
export const ia5 = (text: string): Bytes => element(0x16, ascii(text));
export const none = new Uint8Array();

export function objectIdentifier(text: string): Bytes {
  const arcs = text.split('.').map(BigInt);
  const [first = 0n, second = 0n, ...rest] = arcs;
  const content: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const groups = [Number(arc & 127n)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 127n) | 128);
    content.push(...groups);
  }
  return element(0x06, Uint8Array.from(content));
}

/** UTCTime through 2049, GeneralizedTime from 2050, from RFC 3339 in UTC. */
export function time(iso: string): Bytes {
  const digits = iso.replace(/[-:T]/g, '');
  return Number(iso.slice(0, 4)) < 2050 ? element(0x17, ascii(digits.slice(2))) : element(0x18, ascii(digits));
}
