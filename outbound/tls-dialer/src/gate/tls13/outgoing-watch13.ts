/** What OpenSSL says for us after the gate has opened under TLS 1.3, read with our own secret until our flight is over. */
import { RecordDecryption } from './traffic-keys.ts';

const content = { handshake: 22, applicationData: 23 } as const;
const certificate = 11;
/** Bytes that are looked at: our Certificate comes first, and only how its list begins matters. */
const largestLook = 64 * 1024;

export class OutgoingWatch13 {
  /** Our second flight has left: OpenSSL had verified CertificateVerify and Finished before. */
  secondFlightSent = false;
  certificateSent = false;
  done = false;
  readonly #suite: number;
  #decryption: RecordDecryption | null = null;
  #waiting: Buffer = Buffer.alloc(0);
  #looked = 0;

  constructor(suite: number) {
    this.#suite = suite;
  }

  learn(line: string): void {
    const secret = /^CLIENT_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]+ ([0-9a-f]+)\s*$/.exec(line)?.[1];
    if (secret !== undefined) this.#decryption ??= new RecordDecryption(this.#suite, Buffer.from(secret, 'hex'));
  }

  take(bytes: Uint8Array): void {
    if (this.done) return;
    this.#looked += bytes.length;
    if (this.#looked > largestLook) this.#end();
    else this.#waiting = Buffer.concat([this.#waiting, bytes]);
    while (!this.done && this.#waiting.length >= 5) {
      const end = 5 + this.#waiting.readUInt16BE(3);
      if (this.#waiting.length < end) return;
      const record = this.#waiting.subarray(0, end);
      this.#waiting = this.#waiting.subarray(end);
      if (record[0] === content.applicationData) this.#encrypted(record);
    }
  }

  /** The first encrypted record decides: Certificate where one was asked for, else Finished; or an alert. */
  #encrypted(record: Buffer): void {
    const inner = this.#decryption?.open(record.subarray(0, 5), record.subarray(5)) ?? null;
    if (inner?.type === content.handshake) {
      this.secondFlightSent = true;
      // Header of four octets, an empty context, the length of the list (RFC 8446 §4.4.2).
      const [type = 0, , , , context = 0, high = 0, middle = 0, low = 0] = inner.content;
      this.certificateSent = type === certificate && context === 0 && high * 65_536 + middle * 256 + low > 0;
    }
    this.#end();
  }

  #end(): void {
    this.done = true;
    this.#waiting = Buffer.alloc(0);
  }
}
