/**
 * Looks at record headers of an opened connection, and at nothing else that is encrypted: plaintext alerts before ChangeCipherSpec, and
 * handshake records after Finished, which in TLS 1.2 can only be the wish to renegotiate.
 */

const content = { changeCipherSpec: 20, alert: 21, handshake: 22 } as const;

/** Octets at the start of a record's payload that can matter: a handshake header, and the length of a certificate list. */
const prefixOctets = 7;

export type RecordWatcher = (type: number, prefix: Uint8Array, length: number) => void;

/** Cuts a stream of bytes into records and tells of each, once its first octets are there. */
export class RecordWatch {
  readonly #tell: RecordWatcher;
  readonly #header = new Uint8Array(5 + prefixOctets);
  #filled = 0;
  #skip = 0;

  constructor(tell: RecordWatcher) {
    this.#tell = tell;
  }

  take(bytes: Uint8Array): void {
    let position = 0;
    while (position < bytes.length) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, bytes.length - position);
        this.#skip -= step;
        position += step;
        continue;
      }
      this.#header[this.#filled++] = bytes[position++] ?? 0;
      if (this.#filled < 5) continue;
      const length = (this.#header[3] ?? 0) * 256 + (this.#header[4] ?? 0);
      const wanted = Math.min(prefixOctets, length);
      if (this.#filled < 5 + wanted) continue;
      this.#filled = 0;
      this.#skip = length - wanted;
      this.#tell(this.#header[0] ?? 0, this.#header.subarray(5, 5 + wanted), length);
    }
  }
}

/** What the far side says after the gate has opened. */
export class IncomingWatch {
  /** Number of the fatal alert that came in plaintext; null for none. */
  fatalAlert: number | null = null;
  /** The far side asked for another handshake. */
  renegotiationAsked = false;
  #encryptedHandshakes = 0;
  #encrypted = false;
  readonly #records = new RecordWatch((type, prefix, length) => this.#record(type, prefix, length));
  readonly #onRenegotiation: () => void;

  constructor(onRenegotiation: () => void) {
    this.#onRenegotiation = onRenegotiation;
  }

  take(bytes: Uint8Array): void {
    this.#records.take(bytes);
  }

  #record(type: number, prefix: Uint8Array, length: number): void {
    if (type === content.changeCipherSpec) this.#encrypted = true;
    else if (type === content.alert && !this.#encrypted && length === 2 && prefix[0] === 2)
      this.fatalAlert ??= prefix[1] ?? null;
    else if (type === content.handshake && this.#encrypted && ++this.#encryptedHandshakes === 2) {
      this.renegotiationAsked = true;
      this.#onRenegotiation();
    }
  }
}

/** What OpenSSL says for us after the gate has opened, until it is encrypted. */
export class OutgoingWatch {
  /** Our second flight has left: OpenSSL had verified the signature of ServerKeyExchange before. */
  secondFlightSent = false;
  /** A Certificate message with at least one certificate has left. */
  certificateSent = false;
  /** Both are known, and nothing needs to be looked at any more. */
  done = false;
  readonly #records = new RecordWatch((type, prefix) => this.#record(type, prefix));

  take(bytes: Uint8Array): void {
    this.#records.take(bytes);
  }

  #record(type: number, prefix: Uint8Array): void {
    if (type === content.changeCipherSpec) this.done = true;
    if (type !== content.handshake || this.secondFlightSent) return;
    this.secondFlightSent = true;
    // Certificate comes first in our flight (RFC 5246 §7.4.6); its list is empty where we have none that fits.
    const [message = 0, , , , high = 0, middle = 0, low = 0] = prefix;
    this.certificateSent = message === 11 && high * 65_536 + middle * 256 + low > 0;
  }
}
