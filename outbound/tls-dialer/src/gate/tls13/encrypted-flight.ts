/**
 * What follows a ServerHello of TLS 1.3: encrypted records that are held as they came, and read with the secret that OpenSSL tells once it has
 * seen that ServerHello. So the chain is judged before OpenSSL has seen a byte of it, as in TLS 1.2.
 */
import { flightLimits } from '../flight.ts';
import type { ServerFlight } from '../flight.ts';
import { GateFailure, protocolError } from '../gate-failure.ts';
import { RecordDecryption } from './traffic-keys.ts';
import { Tls13Grammar } from './tls13-grammar.ts';
import type { Tls13Hello } from './tls13-hello.ts';

const content = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
/** Octets that encryption may add to a record (RFC 8446 §5.2). */
const largestExpansion = 256;

export class EncryptedFlight {
  readonly #hello: Tls13Hello;
  readonly #grammar = new Tls13Grammar();
  #decryption: RecordDecryption | null = null;
  /** What has come and is not read yet. */
  #waiting: Uint8Array = new Uint8Array();
  #total = 0;
  #changed = false;

  constructor(hello: Tls13Hello) {
    this.#hello = hello;
  }

  get complete(): boolean {
    return this.#grammar.complete;
  }

  get chain(): readonly Uint8Array[] {
    return this.#grammar.chain;
  }

  /** @throws GateFailure */
  take(bytes: Uint8Array): void {
    this.#total += bytes.length;
    if (this.#total > flightLimits.flightBytes)
      throw protocolError(`The far side's first flight is larger than ${flightLimits.flightBytes} bytes.`);
    // What comes behind Finished is under other keys; it is held like the rest, and OpenSSL's to read.
    if (this.complete) return;
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    this.#read();
  }

  /** The secret of the server's side of the handshake. @throws GateFailure for what waited for it */
  learn(secret: Uint8Array): void {
    if (this.#decryption !== null) return;
    this.#decryption = new RecordDecryption(this.#hello.suite, secret);
    this.#read();
  }

  /** Only where `complete`. */
  flight(): ServerFlight {
    if (!this.complete) throw new TypeError('the flight is not complete');
    const { chain, staple, certificateRequest } = this.#grammar;
    return {
      serverHello: { version: 0x0304, suite: this.#hello.suite },
      chain,
      staple,
      keyExchange: { kind: 'ECDHE', group: this.#hello.group, prime: null },
      certificateRequest,
      // There are none in TLS 1.3: every alert ends the connection.
      warningAlerts: [],
    };
  }

  #read(): void {
    while (this.#decryption !== null && !this.complete && this.#waiting.length >= 5) {
      const [type = 0, major = 0, , high = 0, low = 0] = this.#waiting;
      const length = high * 256 + low;
      if (major !== 3 || length === 0 || length > flightLimits.recordBytes + largestExpansion)
        throw protocolError('The far side sent something that is no TLS record.');
      if (this.#waiting.length < 5 + length) return;
      const header = this.#waiting.subarray(0, 5);
      const payload = this.#waiting.subarray(5, 5 + length);
      this.#waiting = this.#waiting.subarray(5 + length);
      this.#record(this.#decryption, type, header, payload);
    }
  }

  #record(decryption: RecordDecryption, type: number, header: Uint8Array, payload: Uint8Array): void {
    if (type === content.changeCipherSpec && !this.#changed && payload.length === 1 && payload[0] === 1) {
      // For middle boxes; it means nothing (appendix D.4).
      this.#changed = true;
      return;
    }
    if (type === content.alert && payload.length === 2) throw alertFailure(payload[1] ?? 0);
    if (type !== content.applicationData)
      throw protocolError(`The far side sent a record of type ${type} in plaintext behind its ServerHello.`);
    const inner = decryption.open(header, payload);
    if (inner === null) throw protocolError('The far side sent a record that does not decrypt.');
    if (inner.type === content.alert && inner.content.length === 2) throw alertFailure(inner.content[1] ?? 0);
    if (inner.type !== content.handshake || inner.content.length === 0)
      throw protocolError(`The far side sent a record of type ${inner.type} in its first flight.`);
    this.#grammar.take(inner.content);
  }
}

function alertFailure(number: number): GateFailure {
  return new GateFailure('peer-closed', `The far side ended the handshake with alert ${number}.`, number);
}
