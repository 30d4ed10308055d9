/**
 * The record layer in front of the grammar (RFC 5246 §6.2.1): headers in any cut, payloads handed on as they come, nothing buffered but a
 * header. Only handshake records and plaintext alerts have a place in a first flight.
 */
import type { TlsPolicy } from '@sallyport/tls-policy';
import { flightLimits } from './flight.ts';
import type { ServerFlight } from './flight.ts';
import { FlightGrammar } from './flight-grammar.ts';
import { GateFailure, protocolError } from './gate-failure.ts';

const content = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23, heartbeat: 24 } as const;

const contentNames: Readonly<Record<number, string>> = {
  [content.changeCipherSpec]: 'ChangeCipherSpec',
  [content.applicationData]: 'application data',
  [content.heartbeat]: 'a heartbeat',
};

export class FlightReader {
  readonly #grammar: FlightGrammar;
  readonly #header = new Uint8Array(5);
  #headerFilled = 0;
  #payloadLeft = 0;
  readonly #alert: number[] = [];
  readonly #warnings: number[] = [];
  #total = 0;
  #records = 0;

  constructor(policy: TlsPolicy) {
    this.#grammar = new FlightGrammar(policy);
  }

  /** Whether the whole flight has been read, and nothing behind it. */
  get complete(): boolean {
    return this.#grammar.complete && this.#headerFilled === 0;
  }

  get flight(): ServerFlight {
    return this.#grammar.flight(this.#warnings);
  }

  /** What has been read of the chain so far. */
  get chain(): readonly Uint8Array[] {
    return this.#grammar.chain;
  }

  get warningAlerts(): readonly number[] {
    return this.#warnings;
  }

  /** Takes bytes as they came from the wire. @throws GateFailure */
  take(bytes: Uint8Array): void {
    this.#total += bytes.length;
    if (this.#total > flightLimits.flightBytes)
      throw protocolError(`The far side's first flight is larger than ${flightLimits.flightBytes} bytes.`);
    let position = 0;
    while (position < bytes.length) {
      if (this.#headerFilled < 5) {
        this.#header[this.#headerFilled++] = bytes[position++] ?? 0;
        this.#judgeHeader();
        continue;
      }
      const length = Math.min(this.#payloadLeft, bytes.length - position);
      this.#payload(bytes.subarray(position, position + length));
      position += length;
      this.#payloadLeft -= length;
      if (this.#payloadLeft === 0) {
        this.#headerFilled = 0;
        this.#records++;
      }
    }
  }

  /** The far side ended the stream. */
  end(): GateFailure {
    if (this.#total === 0)
      return new GateFailure('peer-closed', 'The far side closed the connection without a word of TLS.');
    return new GateFailure('peer-closed', 'The far side closed the connection in the middle of the handshake.');
  }

  #judgeHeader(): void {
    const [type = 0, major = 0, , high = 0, low = 0] = this.#header;
    if (this.#headerFilled === 1 && (type < content.changeCipherSpec || type > content.heartbeat)) throw this.#notTls();
    if (this.#headerFilled === 1 && this.#grammar.complete && type !== content.alert)
      throw protocolError('The far side sent more after ServerHelloDone.');
    if (this.#headerFilled === 1 && type !== content.handshake && type !== content.alert)
      throw protocolError(`The far side sent ${contentNames[type] ?? 'something'} in its first flight.`);
    if (this.#headerFilled === 2 && major !== 3) throw this.#notTls();
    if (this.#headerFilled < 5) return;
    this.#payloadLeft = high * 256 + low;
    if (this.#payloadLeft === 0) throw protocolError('The far side sent an empty record.');
    if (this.#payloadLeft > flightLimits.recordBytes)
      throw protocolError(`The far side sent a record of ${this.#payloadLeft} bytes.`);
    if (type === content.alert && this.#payloadLeft !== 2)
      throw protocolError('The far side sent an alert of another length than two bytes.');
  }

  #payload(bytes: Uint8Array): void {
    if (this.#header[0] === content.handshake) this.#grammar.take(bytes);
    else {
      for (const byte of bytes) this.#alert.push(byte);
      if (this.#alert.length === 2) this.#judgeAlert();
    }
  }

  #judgeAlert(): void {
    const [level = 0, number = 0] = this.#alert.splice(0);
    if (level === 2) throw this.#fatal(number);
    if (level !== 1) throw protocolError(`The far side sent an alert of level ${level}.`);
    // close_notify is the end of the stream, whatever its level says.
    if (number === 0)
      throw new GateFailure('peer-closed', 'The far side ended the connection in the middle of the handshake.', 0);
    if (this.#grammar.complete) throw protocolError('The far side sent more after ServerHelloDone.');
    if (this.#warnings.length === flightLimits.warningAlerts)
      throw protocolError(`The far side sent more than ${flightLimits.warningAlerts} warnings.`);
    this.#warnings.push(number);
  }

  #fatal(number: number): GateFailure {
    if (number === 70)
      return new GateFailure('protocol-version', 'The far side does not speak TLS 1.2 (alert 70).', number);
    // Before ServerHello, handshake_failure can only be about what the ClientHello offered.
    if (!this.#grammar.begun && (number === 40 || number === 71))
      return new GateFailure(
        'no-common-suite',
        `The far side shares no cipher suite or group with the policy (alert ${number}).`,
        number,
      );
    return new GateFailure('peer-closed', `The far side ended the handshake with alert ${number}.`, number);
  }

  #notTls(): GateFailure {
    return this.#records === 0
      ? new GateFailure('not-tls', 'What answers there does not speak TLS.')
      : protocolError('The far side sent something that is no TLS record.');
  }
}
