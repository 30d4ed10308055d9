/** The order of the encrypted messages: EncryptedExtensions, [CertificateRequest], Certificate, CertificateVerify, Finished (RFC 8446 §4). */
import type { CertificateRequest } from '../flight.ts';
import { flightLimits } from '../flight.ts';
import { protocolError } from '../gate-failure.ts';
import { readCertificate13, readCertificateRequest13, readEncryptedExtensions } from './tls13-messages.ts';

const message = {
  encryptedExtensions: 8,
  certificate: 11,
  certificateRequest: 13,
  certificateVerify: 15,
  finished: 20,
} as const;

/** What may come after each message; the first key is the state before anything came. */
const successors: Readonly<Record<number, readonly number[]>> = {
  [-1]: [message.encryptedExtensions],
  [message.encryptedExtensions]: [message.certificateRequest, message.certificate],
  [message.certificateRequest]: [message.certificate],
  [message.certificate]: [message.certificateVerify],
  [message.certificateVerify]: [message.finished],
  [message.finished]: [],
};

export class Tls13Grammar {
  #pending: Uint8Array = new Uint8Array();
  #last = -1;
  #chain: readonly Uint8Array[] = [];
  #staple: Uint8Array | null = null;
  #certificateRequest: CertificateRequest | null = null;

  /** Whether Finished has been read. */
  get complete(): boolean {
    return this.#last === message.finished;
  }

  get chain(): readonly Uint8Array[] {
    return this.#chain;
  }

  get staple(): Uint8Array | null {
    return this.#staple;
  }

  get certificateRequest(): CertificateRequest | null {
    return this.#certificateRequest;
  }

  /** Takes the content of one handshake record. @throws GateFailure */
  take(content: Uint8Array): void {
    this.#pending = Buffer.concat([this.#pending, content]);
    while (this.#pending.length > 0) {
      const [type = 0, high = 0, middle = 0, low = 0] = this.#pending;
      // Refused by its type, before a byte of its body is waited for.
      if (successors[this.#last]?.includes(type) !== true)
        throw protocolError(`The far side sent a message of type ${type} out of its order.`);
      if (this.#pending.length < 4) return;
      const end = 4 + high * 65_536 + middle * 256 + low;
      if (end > flightLimits.flightBytes)
        throw protocolError(`The far side announced a message of ${end} bytes; that is too much.`);
      if (this.#pending.length < end) return;
      const body = this.#pending.subarray(4, end);
      this.#pending = this.#pending.subarray(end);
      this.#last = type;
      this.#read(type, body);
    }
  }

  #read(type: number, body: Uint8Array): void {
    if (type === message.encryptedExtensions) readEncryptedExtensions(body);
    else if (type === message.certificateRequest) this.#certificateRequest = readCertificateRequest13(body);
    else if (type === message.certificate) {
      const { chain, staple } = readCertificate13(body);
      this.#chain = chain;
      this.#staple = staple;
    }
    // CertificateVerify and Finished are OpenSSL's to verify, before a byte of our second flight leaves.
  }
}
