/** The bodies of the handshake messages of the first flight, read strictly: every length fits, nothing is left over. */
import type { CertificateRequest, KeyExchange, ServerHello } from './flight.ts';
import { flightLimits } from './flight.ts';
import { protocolError } from './gate-failure.ts';

/** A cursor over one message. Every method throws a `GateFailure` at the end of the bytes. */
export class MessageCursor {
  readonly #bytes: Uint8Array;
  readonly #name: string;
  #position = 0;

  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = bytes;
    this.#name = name;
  }

  get done(): boolean {
    return this.#position === this.#bytes.length;
  }

  number(octets: 1 | 2 | 3): number {
    let value = 0;
    for (const byte of this.take(octets)) value = value * 256 + byte;
    return value;
  }

  take(length: number): Uint8Array {
    if (this.#position + length > this.#bytes.length) throw protocolError(`${this.#name} is cut off.`);
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }

  /** A vector with its length in front. */
  vector(octets: 1 | 2 | 3): Uint8Array {
    return this.take(this.number(octets));
  }

  finish(): void {
    if (!this.done) throw protocolError(`${this.#name} holds bytes behind its end.`);
  }
}

/** RFC 5246 §7.4.1.3. */
export function readServerHello(body: Uint8Array): ServerHello {
  const cursor = new MessageCursor(body, 'ServerHello');
  const version = cursor.number(2);
  cursor.take(32);
  if (cursor.vector(1).length > 32) throw protocolError('ServerHello holds a session id that is too long.');
  const suite = cursor.number(2);
  if (cursor.number(1) !== 0) throw protocolError('ServerHello chose compression.');
  // The extensions are OpenSSL's to judge; here only their frame is read.
  if (!cursor.done) cursor.vector(2);
  cursor.finish();
  return { version, suite };
}

/** RFC 5246 §7.4.2. */
export function readCertificateMessage(body: Uint8Array): Uint8Array[] {
  const cursor = new MessageCursor(body, 'Certificate');
  const list = cursor.vector(3);
  cursor.finish();
  if (list.length > flightLimits.chainBytes)
    throw protocolError(`The chain has ${list.length} bytes; at most ${flightLimits.chainBytes} are read.`);
  const certificates: Uint8Array[] = [];
  const inside = new MessageCursor(list, 'Certificate');
  while (!inside.done) {
    if (certificates.length === flightLimits.certificates)
      throw protocolError(`The chain has more than ${flightLimits.certificates} certificates.`);
    const certificate = inside.vector(3);
    if (certificate.length === 0) throw protocolError('The chain holds an empty certificate.');
    certificates.push(certificate);
  }
  if (certificates.length === 0) throw protocolError('The far side sent no certificate.');
  return certificates;
}

/** RFC 6066 §8: CertificateStatus of type ocsp. */
export function readCertificateStatus(body: Uint8Array): Uint8Array {
  const cursor = new MessageCursor(body, 'CertificateStatus');
  if (cursor.number(1) !== 1) throw protocolError('CertificateStatus is of an unknown type.');
  const response = cursor.vector(3);
  cursor.finish();
  if (response.length === 0) throw protocolError('CertificateStatus is empty.');
  return response;
}

/** RFC 8422 §5.4 for ECDHE, RFC 5246 §7.4.3 for DHE. The signature itself is OpenSSL's to check. */
export function readServerKeyExchange(body: Uint8Array, kind: 'ECDHE' | 'DHE'): KeyExchange {
  const cursor = new MessageCursor(body, 'ServerKeyExchange');
  let group: number | null = null;
  let prime: Uint8Array | null = null;
  if (kind === 'ECDHE') {
    if (cursor.number(1) !== 3) throw protocolError('ServerKeyExchange uses no named group.');
    group = cursor.number(2);
    cursor.vector(1);
  } else {
    prime = withoutLeadingZeros(cursor.vector(2));
    cursor.vector(2);
    cursor.vector(2);
  }
  cursor.number(2);
  if (cursor.vector(2).length === 0) throw protocolError('ServerKeyExchange is not signed.');
  cursor.finish();
  return { kind, group, prime };
}

/** RFC 5246 §7.4.4. */
export function readCertificateRequest(body: Uint8Array): CertificateRequest {
  const cursor = new MessageCursor(body, 'CertificateRequest');
  const certificateTypes = [...cursor.vector(1)];
  const schemes = new MessageCursor(cursor.vector(2), 'CertificateRequest');
  const names = new MessageCursor(cursor.vector(2), 'CertificateRequest');
  cursor.finish();
  const signatureSchemes: number[] = [];
  while (!schemes.done) signatureSchemes.push(schemes.number(2));
  const authorities: Uint8Array[] = [];
  while (!names.done) authorities.push(names.vector(2));
  return { certificateTypes, signatureSchemes, authorities };
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length && bytes[start] === 0) start++;
  return bytes.subarray(start);
}
