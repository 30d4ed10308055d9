/** PEM by RFC 7468: explanatory text outside the blocks is skipped, inside them only base64 and white space may stand. */
import { X509Error } from './x509-error.ts';

export interface PemBlock {
  /** What stands between BEGIN and the dashes, e.g. `CERTIFICATE`. */
  readonly label: string;
  readonly der: Uint8Array;
}

/** Characters; a CRL of 200 MB as PEM is about 280 million. Beyond that the text is not looked at. */
const maximumPemCharacters = 400_000_000;
const beginMark = '-----BEGIN ';
const dashes = '-----';
const sextets = sextetTable();

/** All blocks of a text, in order; at least one. @throws X509Error `X509_PEM_NO_BLOCK`, `X509_PEM_MALFORMED`, `X509_INPUT_TOO_LARGE` */
export function readPem(text: string): PemBlock[] {
  if (text.length > maximumPemCharacters)
    throw new X509Error('X509_INPUT_TOO_LARGE', maximumPemCharacters, 'a PEM text beyond 400 million characters');
  const blocks: PemBlock[] = [];
  let begin = text.indexOf(beginMark);
  while (begin !== -1) {
    const labelStart = begin + beginMark.length;
    const labelEnd = text.indexOf(dashes, labelStart);
    const label = labelEnd === -1 || labelEnd - labelStart > 64 ? '' : text.slice(labelStart, labelEnd);
    if (!/^[\x21-\x2c\x2e-\x7e]+(?:[ -][\x21-\x2c\x2e-\x7e]+)*$/.test(label))
      throw new X509Error('X509_PEM_MALFORMED', begin, 'a BEGIN line without a label');
    const endMark = `-----END ${label}-----`;
    const end = text.indexOf(endMark, labelEnd + dashes.length);
    if (end === -1) throw new X509Error('X509_PEM_MALFORMED', begin, `no END line for ${label}`);
    blocks.push({ label, der: base64Bytes(text, labelEnd + dashes.length, end) });
    begin = text.indexOf(beginMark, end + endMark.length);
  }
  if (blocks.length === 0) throw new X509Error('X509_PEM_NO_BLOCK', 0, 'no PEM block in the text');
  return blocks;
}

/** One block of PEM, lines of 64 characters. */
export function writePem(label: string, der: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let body = '';
  for (let index = 0; index < der.length; index += 3) {
    const left = der.length - index;
    const word = ((der[index] ?? 0) << 16) | ((der[index + 1] ?? 0) << 8) | (der[index + 2] ?? 0);
    body += alphabet.charAt(word >> 18) + alphabet.charAt((word >> 12) & 63);
    body += left > 1 ? alphabet.charAt((word >> 6) & 63) : '=';
    body += left > 2 ? alphabet.charAt(word & 63) : '=';
    if (index % 48 === 45 && left > 3) body += '\n';
  }
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

function base64Bytes(text: string, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(((to - from) * 3) / 4));
  let length = 0;
  let word = 0;
  let count = 0;
  let padding = 0;
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x0a || code === 0x0d || code === 0x20 || code === 0x09) continue;
    if (code === 0x3d) {
      padding++;
      continue;
    }
    const value = code < 128 ? (sextets[code] ?? 255) : 255;
    if (value === 255 || padding > 0)
      throw new X509Error('X509_PEM_MALFORMED', index, 'a character that is not base64');
    word = (word << 6) | value;
    count++;
    if (count % 4 !== 0) continue;
    bytes[length++] = (word >> 16) & 255;
    bytes[length++] = (word >> 8) & 255;
    bytes[length++] = word & 255;
    word = 0;
  }
  const rest = count % 4;
  if (rest === 1 || padding !== (rest === 0 ? 0 : 4 - rest))
    throw new X509Error('X509_PEM_MALFORMED', to, 'base64 with wrong padding');
  if (rest === 2) bytes[length++] = (word >> 4) & 255;
  if (rest === 3) {
    bytes[length++] = (word >> 10) & 255;
    bytes[length++] = (word >> 2) & 255;
  }
  if ((rest === 2 && (word & 15) !== 0) || (rest === 3 && (word & 3) !== 0))
    throw new X509Error('X509_PEM_MALFORMED', to, 'base64 with bits behind its end');
  if (length === 0) throw new X509Error('X509_PEM_MALFORMED', from, 'an empty block');
  return bytes.subarray(0, length);
}

function sextetTable(): Uint8Array {
  const table = new Uint8Array(128).fill(255);
  for (let value = 0; value < 26; value++) {
    table[0x41 + value] = value;
    table[0x61 + value] = value + 26;
  }
  for (let value = 0; value < 10; value++) table[0x30 + value] = value + 52;
  table[0x2b] = 62;
  table[0x2f] = 63;
  return table;
}
