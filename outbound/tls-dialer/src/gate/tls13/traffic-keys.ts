/** Keys of one direction of a TLS 1.3 handshake, from the secret that OpenSSL gives away (RFC 8446 §7.3), to read records, never to write any. */
import { createDecipheriv, createHmac } from 'node:crypto';

/** What is inside a record: its true type, and its content without padding (§5.2). */
export interface InnerRecord {
  readonly type: number;
  readonly content: Uint8Array;
}

const tagOctets = 16;
const ivOctets = 12;

const algorithms: Readonly<Record<number, { cipher: 'aes-128-gcm' | 'aes-256-gcm'; keyOctets: number; hash: string }>> =
  {
    0x1301: { cipher: 'aes-128-gcm', keyOctets: 16, hash: 'sha256' },
    0x1302: { cipher: 'aes-256-gcm', keyOctets: 32, hash: 'sha384' },
  };

export class RecordDecryption {
  readonly #cipher: 'aes-128-gcm' | 'aes-256-gcm';
  readonly #key: Buffer;
  readonly #iv: Buffer;
  #sequence = 0n;

  /** @param suite IANA number of one of the two suites @throws TypeError for another one */
  constructor(suite: number, secret: Uint8Array) {
    const algorithm = algorithms[suite];
    if (algorithm === undefined) throw new TypeError(`there are no keys for suite ${suite}`);
    this.#cipher = algorithm.cipher;
    this.#key = expandLabel(algorithm.hash, secret, 'key', algorithm.keyOctets);
    this.#iv = expandLabel(algorithm.hash, secret, 'iv', ivOctets);
  }

  /** Opens the next record in order; null where it is not authentic, or empty. @param header its five octets */
  open(header: Uint8Array, payload: Uint8Array): InnerRecord | null {
    if (payload.length <= tagOctets) return null;
    const decipher = createDecipheriv(this.#cipher, this.#key, this.#nonce(), { authTagLength: tagOctets });
    decipher.setAAD(header);
    decipher.setAuthTag(payload.subarray(payload.length - tagOctets));
    this.#sequence++;
    let inner: Buffer;
    try {
      inner = Buffer.concat([decipher.update(payload.subarray(0, payload.length - tagOctets)), decipher.final()]);
    } catch {
      return null;
    }
    let end = inner.length;
    while (end > 0 && inner[end - 1] === 0) end--;
    return end === 0 ? null : { type: inner[end - 1] ?? 0, content: inner.subarray(0, end - 1) };
  }

  /** §5.3: the record's number, added to the static part. */
  #nonce(): Buffer {
    const nonce = Buffer.from(this.#iv);
    nonce.writeBigUInt64BE(nonce.readBigUInt64BE(ivOctets - 8) ^ this.#sequence, ivOctets - 8);
    return nonce;
  }
}

/** HKDF-Expand-Label with an empty context (§7.1); at most one block of the hash is asked for. */
function expandLabel(hash: string, secret: Uint8Array, label: string, octets: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`, 'latin1');
  const info = Buffer.concat([Buffer.from([0, octets, name.length]), name, Buffer.from([0, 1])]);
  return createHmac(hash, secret).update(info).digest().subarray(0, octets);
}
