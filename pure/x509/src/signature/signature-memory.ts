/** A bounded memory of verified signatures: bytes of both sides in, the signer's imported key kept. Never a decision: those depend on time and policy. */
import type { Certificate } from '../certificate.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import { sha256 } from './digest.ts';

/** Intermediates that a busy program meets; an entry is about 2 kB with its key. */
const defaultCapacity = 512;

export class SignatureMemory {
  private readonly capacity: number;
  /** Digests over issuer's key and the whole certificate, oldest first. */
  private readonly signatures = new Set<string>();
  /** Keys of remembered certificates by their bytes: importing one is a pure function of them. */
  private readonly keys = new Map<string, Pick<SubjectPublicKey, 'handle' | 'onCurve'>>();
  private scratch = new Uint8Array(4096);

  /** @param capacity signatures that are kept */
  constructor(capacity: number = defaultCapacity) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.signatures.size;
  }

  /** Was this signature verified before with this key? */
  recall(certificate: Certificate, issuerKey: SubjectPublicKey): boolean {
    return this.signatures.has(this.digestOf(certificate, issuerKey));
  }

  /** Gives a key that was imported before its handle back. */
  recallKey(key: SubjectPublicKey): void {
    const known = this.keys.get(bytesAsText(key.der));
    if (known === undefined) return;
    key.handle = known.handle;
    key.onCurve = known.onCurve;
  }

  /** Remembers a signature that was verified just now, and the key of the certificate that bears it. */
  remember(certificate: Certificate, issuerKey: SubjectPublicKey): void {
    dropOldest(this.signatures, this.capacity);
    this.signatures.add(this.digestOf(certificate, issuerKey));
    const key = certificate.publicKey;
    if (key.handle === null) return;
    dropOldest(this.keys, this.capacity);
    // Not the key itself, which would keep the whole certificate's bytes.
    this.keys.set(bytesAsText(key.der), { handle: key.handle, onCurve: key.onCurve });
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

/** Sets and Maps keep the order of insertion. */
function dropOldest(
  entries: { readonly size: number; keys(): Iterable<string>; delete(key: string): boolean },
  capacity: number,
): void {
  if (entries.size < capacity) return;
  for (const oldest of entries.keys()) {
    entries.delete(oldest);
    return;
  }
}

function bytesAsText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
