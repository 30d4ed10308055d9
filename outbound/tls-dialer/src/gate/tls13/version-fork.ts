/**
 * The reader of a first flight under a policy that offers TLS 1.2 and 1.3: it waits for ServerHello and goes on with the grammar of the version
 * that was chosen. A ServerHello of TLS 1.3 must reach OpenSSL for the rest to become readable; it is the only thing that is let through, and OpenSSL can
 * answer it with nothing.
 */
import type { TlsPolicy } from '@sallyport/tls-policy';
import type { ServerFlight } from '../flight.ts';
import { flightLimits } from '../flight.ts';
import type { GateFailure } from '../gate-failure.ts';
import { protocolError } from '../gate-failure.ts';
import { judgeKeyExchange, tls13SuiteOfNumber } from '../key-exchange.ts';
import { FlightReader } from '../record-reader.ts';
import { EncryptedFlight } from './encrypted-flight.ts';
import { readTls13Hello } from './tls13-hello.ts';

const handshake = 22;
const changeCipherSpec = 20;

export class VersionFork {
  readonly #policy: TlsPolicy;
  readonly #older: FlightReader;
  #encrypted: EncryptedFlight | null = null;
  #decided = false;
  #retried = false;
  #waiting: Buffer = Buffer.alloc(0);

  constructor(policy: TlsPolicy) {
    this.#policy = policy;
    this.#older = new FlightReader(policy);
  }

  get complete(): boolean {
    return this.#encrypted?.complete ?? this.#older.complete;
  }

  get chain(): readonly Uint8Array[] {
    return this.#encrypted?.chain ?? this.#older.chain;
  }

  get warningAlerts(): readonly number[] {
    return this.#older.warningAlerts;
  }

  get flight(): ServerFlight {
    return this.#encrypted?.flight() ?? this.#older.flight;
  }

  /** Whether the far side asked for a second ClientHello (RFC 8446 §4.1.4). */
  get retried(): boolean {
    return this.#retried;
  }

  end(): GateFailure {
    return this.#older.end();
  }

  /** Takes bytes as they came; what may pass to OpenSSL at once, and what is to be held. @throws GateFailure */
  take(bytes: Buffer): { readonly pass: readonly Buffer[]; readonly hold: readonly Buffer[] } {
    if (this.#decided) {
      (this.#encrypted ?? this.#older).take(bytes);
      return { pass: [], hold: [bytes] };
    }
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    const pass: Buffer[] = [];
    while (!this.#decided) {
      const record = this.#nextRecord();
      if (record === null) return { pass, hold: [] };
      if (record === 'older') return { pass, hold: this.#goOn(this.#older) };
      pass.push(record);
    }
    return { pass, hold: this.#encrypted === null ? [] : this.#goOn(this.#encrypted) };
  }

  /** A line of OpenSSL's key log; only the server's handshake secret is of use here. @throws GateFailure */
  learn(line: string): void {
    const secret = /^SERVER_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]+ ([0-9a-f]+)\s*$/.exec(line)?.[1];
    if (secret !== undefined) this.#encrypted?.learn(Buffer.from(secret, 'hex'));
  }

  #goOn(reader: FlightReader | EncryptedFlight): Buffer[] {
    this.#decided = true;
    const waiting = this.#waiting;
    this.#waiting = Buffer.alloc(0);
    if (waiting.length === 0) return [];
    reader.take(waiting);
    return [waiting];
  }

  /** A record that may pass; `older` where what waits is for the grammar of TLS 1.2, also for its words on what is wrong; null while it is not whole. */
  #nextRecord(): Buffer | 'older' | null {
    const waiting = this.#waiting;
    if (waiting.length < 5) return waiting.length > 0 && waiting[0] !== handshake && !this.#retried ? 'older' : null;
    const length = waiting.readUInt16BE(3);
    if (waiting[0] === changeCipherSpec && this.#retried && length === 1) {
      if (waiting.length < 6) return null;
      if (waiting[5] !== 1) throw protocolError('The far side sent a malformed ChangeCipherSpec.');
      return this.#cut(6);
    }
    if (waiting[0] !== handshake || waiting[1] !== 3 || length === 0 || length > flightLimits.recordBytes)
      return this.#refuseAfterRetry();
    if (waiting.length < 5 + length) return null;
    const hello = readTls13Hello(waiting.subarray(5, 5 + length));
    if (hello === null) return this.#refuseAfterRetry();
    if (tls13SuiteOfNumber(hello.suite, this.#policy) === null)
      throw protocolError(`The far side chose suite 0x${hello.suite.toString(16)}, which was not offered.`);
    judgeKeyExchange({ kind: 'ECDHE', group: hello.group, prime: null }, this.#policy);
    if (hello.retry) {
      if (this.#retried) throw protocolError('The far side asked for a third ClientHello.');
      this.#retried = true;
      return this.#cut(5 + length);
    }
    this.#encrypted = new EncryptedFlight(hello);
    this.#decided = true;
    return this.#cut(5 + length);
  }

  /** Once it has asked for a second ClientHello, the far side has chosen TLS 1.3. */
  #refuseAfterRetry(): 'older' {
    // An alert in plaintext is told by the older grammar.
    if (this.#retried && this.#waiting[0] !== 21)
      throw protocolError('The far side chose another version after it had asked for a second ClientHello.');
    return 'older';
  }

  #cut(octets: number): Buffer {
    const record = this.#waiting.subarray(0, octets);
    this.#waiting = this.#waiting.subarray(octets);
    return record;
  }
}
