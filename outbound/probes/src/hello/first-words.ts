/**
 * What the far side answers to a ClientHello, read leniently up to ServerHelloDone, or to ServerHello where what follows is encrypted. Nothing
 * here decides whether anything is accepted: it only tells what was said.
 */
import {
  GateFailure,
  readCertificateMessage,
  readCertificateRequest,
  readServerHello,
  readServerKeyExchange,
} from '@sallyport/tls-dialer';
import { suiteNames } from './suite-numbers.ts';

export interface FirstWords {
  version: number | null;
  suite: number | null;
  alert: number | null;
  /** Version of the record that bore the alert. */
  alertVersion: number | null;
  dhBits: number | null;
  secureRenegotiation: boolean | null;
  endEntity: Uint8Array | null;
  certificateRequest: {
    types: readonly number[];
    schemes: readonly number[];
    authorities: readonly Uint8Array[];
  } | null;
  /** Nothing more is to be expected that could be read. */
  done: boolean;
  notTls: boolean;
}

/** Bytes that are read of one answer. */
export const largestFirstWords = 128 * 1024;

/** Reads what is there so far; called again with more bytes until `done`. */
export function readFirstWords(bytes: Uint8Array): FirstWords {
  const words = silence();
  const handshake: Uint8Array[] = [];
  let position = 0;
  while (position + 5 <= bytes.length) {
    const [type = 0, major = 0, minor = 0, high = 0, low = 0] = bytes.subarray(position, position + 5);
    if (type < 20 || type > 24 || major !== 3) return { ...words, notTls: true, done: true };
    const end = position + 5 + high * 256 + low;
    const payload = bytes.subarray(position + 5, Math.min(end, bytes.length));
    if (type === 21 && payload.length >= 2 && payload[0] === 2) {
      words.alert = payload[1] ?? null;
      words.alertVersion = major * 256 + minor;
      words.done = true;
    }
    if (type === 22) handshake.push(payload);
    if (end > bytes.length) break;
    position = end;
  }
  if (bytes.length > 0 && (bytes[0] ?? 0) < 20) return { ...words, notTls: true, done: true };
  if ((bytes[0] ?? 22) > 24) return { ...words, notTls: true, done: true };
  readMessages(Buffer.concat(handshake), words);
  return words;
}

function silence(): FirstWords {
  return {
    version: null,
    suite: null,
    alert: null,
    alertVersion: null,
    dhBits: null,
    secureRenegotiation: null,
    endEntity: null,
    certificateRequest: null,
    done: false,
    notTls: false,
  };
}

function readMessages(bytes: Uint8Array, words: FirstWords): void {
  let position = 0;
  while (position + 4 <= bytes.length) {
    const [type = 0, high = 0, middle = 0, low = 0] = bytes.subarray(position, position + 4);
    const end = position + 4 + high * 65_536 + middle * 256 + low;
    if (end > bytes.length) return;
    try {
      readMessage(type, bytes.subarray(position + 4, end), words);
    } catch (error) {
      // A message that cannot be read is no finding of its own: the dial says it.
      if (!(error instanceof GateFailure)) throw error;
    }
    if (words.done) return;
    position = end;
  }
}

function readMessage(type: number, body: Uint8Array, words: FirstWords): void {
  switch (type) {
    case 2: {
      const { version, suite } = readServerHello(body);
      const extensions = extensionsOf(body);
      const chosen = extensions.get(43);
      words.suite = suite;
      words.version = chosen?.length === 2 ? (chosen[0] ?? 0) * 256 + (chosen[1] ?? 0) : version;
      words.secureRenegotiation = words.version >= 0x0304 || extensions.has(0xff01);
      // Behind a ServerHello of TLS 1.3 everything is encrypted.
      words.done = words.version >= 0x0304;
      break;
    }
    case 11:
      words.endEntity = readCertificateMessage(body)[0] ?? null;
      break;
    case 12:
      words.dhBits = dhBitsOf(body, words.suite ?? 0);
      break;
    case 13: {
      const { certificateTypes, signatureSchemes, authorities } = readCertificateRequest(body);
      words.certificateRequest = { types: certificateTypes, schemes: signatureSchemes, authorities };
      break;
    }
    case 14:
      words.done = true;
      break;
    default:
  }
}

function dhBitsOf(body: Uint8Array, suite: number): number | null {
  if (!(suiteNames[suite] ?? '').startsWith('TLS_DHE_')) return null;
  const prime = readServerKeyExchange(body, 'DHE').prime ?? new Uint8Array();
  return prime.length === 0 ? 0 : prime.length * 8 - Math.clz32(prime[0] ?? 0) + 24;
}

/** Extensions of a ServerHello whose frame was read before. */
function extensionsOf(body: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  let position = 35 + (body[34] ?? 0) + 3 + 2;
  while (position + 4 <= body.length) {
    const [a = 0, b = 0, c = 0, d = 0] = body.subarray(position, position + 4);
    const end = position + 4 + c * 256 + d;
    if (end > body.length) break;
    found.set(a * 256 + b, body.subarray(position + 4, end));
    position = end;
  }
  return found;
}
