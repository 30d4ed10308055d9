/** A bounded memory of verified signatures: bytes of both sides in, the issuer's imported key kept. Never a decision: those depend on time and policy. */
import type { Certificate } from '../certificate.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import { sha256 } from './digest.ts';

/** Intermediates that a busy program meets; an entry is about 2 kB with its key. */
const defaultCapacity = 512;

export class SignatureMemory {
  private readonly capacity: number;
  /** Digest over issuer's key and the whole certificate → what node:crypto made of the certificate's own key. */
  private readonly entries = new Map<string, { handle: unknown }>();
  private scratch = new Uint8Array(4096);

  constructor(capacity: number = defaultCapacity) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.entries.size;
  }

  /** Was this signature verified before with this key? Then the certificate gets its imported key back. */
  recall(certificate: Certificate, issuerKey: SubjectPublicKey): boolean {
    const digest = this.digestOf(certificate, issuerKey);
    const entry = this.entries.get(digest);
    if (entry === undefined) return false;
    const key = certificate.publicKey;
    if (key.handle === null) key.handle = entry.handle;
    else entry.handle = key.handle;
    return true;
  }

  /** Remembers a signature that was verified just now. */
  remember(certificate: Certificate, issuerKey: SubjectPublicKey): void {
    // The oldest goes: a Map keeps the order of insertion.
    if (this.entries.size >= this.capacity)
      for (const oldest of this.entries.keys()) {
        this.entries.delete(oldest);
        break;
      }
    this.entries.set(this.digestOf(certificate, issuerKey), certificate.publicKey);
  }

  /** Both parts are DER elements and delimit themselves; a certificate holds algorithm, tbs and signature. */
  private digestOf(certificate: Certificate, issuerKey: SubjectPublicKey): string {
    const length = issuerKey.der.length + certificate.der.length;
    if (this.scratch.length < length) this.scratch = new Uint8Array(length * 2);
    this.scratch.set(issuerKey.der, 0);
    this.scratch.set(certificate.der, issuerKey.der.length);
    return sha256(this.scratch.subarray(0, length));
  }
}
