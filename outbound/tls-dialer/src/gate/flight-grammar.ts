/**
 * The grammar of the first flight: ServerHello, Certificate, [CertificateStatus], ServerKeyExchange, [CertificateRequest], ServerHelloDone, and
 * nothing after it. Messages come in any cut, each byte is looked at once and copied once, and the first fault ends it. Anything that the
 * grammar does not name is a fault: there is no default that lets something through.
 */
import type { TlsPolicy } from '@sallyport/tls-policy';
import type { CertificateRequest, KeyExchange, ServerFlight, ServerHello } from './flight.ts';
import { flightLimits } from './flight.ts';
import { GateFailure, protocolError } from './gate-failure.ts';
import { judgeKeyExchange, suiteOfNumber } from './key-exchange.ts';
import {
  readCertificateMessage,
  readCertificateRequest,
  readCertificateStatus,
  readServerHello,
  readServerKeyExchange,
} from './message-reader.ts';

/** HandshakeType numbers (RFC 5246 §7.4, RFC 6066 §8). */
const message = {
  helloRequest: 0,
  serverHello: 2,
  newSessionTicket: 4,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  finished: 20,
  certificateStatus: 22,
} as const;

const names: Readonly<Record<number, string>> = {
  0: 'HelloRequest',
  1: 'ClientHello',
  2: 'ServerHello',
  4: 'NewSessionTicket',
  11: 'Certificate',
  12: 'ServerKeyExchange',
  13: 'CertificateRequest',
  14: 'ServerHelloDone',
  20: 'Finished',
  22: 'CertificateStatus',
};

/** What may come after each message; the first key is the state before anything came. */
const successors: Readonly<Record<number, readonly number[]>> = {
  [-1]: [message.serverHello],
  [message.serverHello]: [message.certificate],
  [message.certificate]: [message.certificateStatus, message.serverKeyExchange],
  [message.certificateStatus]: [message.serverKeyExchange],
  [message.serverKeyExchange]: [message.certificateRequest, message.serverHelloDone],
  [message.certificateRequest]: [message.serverHelloDone],
  [message.serverHelloDone]: [],
};

export class FlightGrammar {
  readonly #policy: TlsPolicy;
  #last = -1;
  /** Header of the message that is being read: type and length, filled so far. */
  readonly #header = new Uint8Array(4);
  #headerFilled = 0;
  #body: Uint8Array | null = null;
  #bodyFilled = 0;
  #serverHello: ServerHello | null = null;
  #chain: readonly Uint8Array[] = [];
  #staple: Uint8Array | null = null;
  #keyExchange: KeyExchange | null = null;
  #certificateRequest: CertificateRequest | null = null;

  constructor(policy: TlsPolicy) {
    this.#policy = policy;
  }

  /** Whether ServerHelloDone has been read. */
  get complete(): boolean {
    return this.#last === message.serverHelloDone;
  }

  /** Whether ServerHello has been read. */
  get begun(): boolean {
    return this.#serverHello !== null;
  }

  /** What has been read of the chain so far, for evidence. */
  get chain(): readonly Uint8Array[] {
    return this.#chain;
  }

  /** Takes the payload of one handshake record. @throws GateFailure */
  take(payload: Uint8Array): void {
    let position = 0;
    while (position < payload.length) {
      if (this.#body === null) {
        this.#header[this.#headerFilled++] = payload[position++] ?? 0;
        // Refused by its type, before a byte of its body is waited for.
        if (this.#headerFilled === 1) this.#expect(this.#header[0] ?? 0);
        if (this.#headerFilled < 4) continue;
        this.#body = new Uint8Array(this.#bodyLength());
        this.#bodyFilled = 0;
      } else {
        const length = Math.min(this.#body.length - this.#bodyFilled, payload.length - position);
        this.#body.set(payload.subarray(position, position + length), this.#bodyFilled);
        this.#bodyFilled += length;
        position += length;
      }
      if (this.#body !== null && this.#bodyFilled === this.#body.length) {
        const body = this.#body;
        this.#body = null;
        this.#headerFilled = 0;
        this.#read(this.#header[0] ?? 0, body);
      }
    }
  }

  /** The whole flight. Only where `complete`. */
  flight(warningAlerts: readonly number[]): ServerFlight {
    if (!this.complete || this.#serverHello === null || this.#keyExchange === null)
      throw new TypeError('the flight is not complete');
    return {
      serverHello: this.#serverHello,
      chain: this.#chain,
      staple: this.#staple,
      keyExchange: this.#keyExchange,
      certificateRequest: this.#certificateRequest,
      warningAlerts,
    };
  }

  #expect(type: number): void {
    if (successors[this.#last]?.includes(type) === true) return;
    const seen = names[type] ?? `a message of type ${type}`;
    const after = this.#last === -1 ? 'as the first message' : `after ${names[this.#last] ?? ''}`;
    throw protocolError(`The far side sent ${seen} ${after}.`);
  }

  #bodyLength(): number {
    const [type = 0, high = 0, middle = 0, low = 0] = this.#header;
    const length = high * 65_536 + middle * 256 + low;
    if (length > flightLimits.flightBytes)
      throw protocolError(`The far side announced ${length} bytes of ${names[type] ?? ''}; that is too much.`);
    return length;
  }

  #read(type: number, body: Uint8Array): void {
    this.#last = type;
    switch (type) {
      case message.serverHello:
        this.#serverHello = readServerHello(body);
        this.#judgeHello(this.#serverHello);
        break;
      case message.certificate:
        this.#chain = readCertificateMessage(body);
        break;
      case message.certificateStatus:
        this.#staple = readCertificateStatus(body);
        break;
      case message.serverKeyExchange: {
        const suite = suiteOfNumber(this.#serverHello?.suite ?? 0, this.#policy);
        if (suite === null) throw protocolError('No suite was chosen.');
        this.#keyExchange = readServerKeyExchange(body, suite.keyExchange);
        judgeKeyExchange(this.#keyExchange, this.#policy);
        break;
      }
      case message.certificateRequest:
        this.#certificateRequest = readCertificateRequest(body);
        break;
      default:
        if (body.length !== 0) throw protocolError('ServerHelloDone holds bytes.');
    }
  }

  #judgeHello(hello: ServerHello): void {
    if (hello.version !== 0x0303)
      throw new GateFailure(
        'protocol-version',
        `The far side chose ${versionName(hello.version)}; the policy allows TLS 1.2 only.`,
      );
    if (suiteOfNumber(hello.suite, this.#policy) === null)
      throw protocolError(
        `The far side chose suite 0x${hello.suite.toString(16).padStart(4, '0')}, which was not offered.`,
      );
  }
}

function versionName(version: number): string {
  const known: Readonly<Record<number, string>> = {
    0x0300: 'SSL 3.0',
    0x0301: 'TLS 1.0',
    0x0302: 'TLS 1.1',
    0x0304: 'TLS 1.3',
  };
  return known[version] ?? `version 0x${version.toString(16)}`;
}
