/** A bounded memory of verified signatures: bytes of both sides in, the signer's imported key kept. Never a decision: those depend on time and policy. */
import type { Certificate } from '../certificate.ts';
import { equalBytes } from '../hexadecimal.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';

/** Intermediates that a busy program meets; an entry is about 3 kB with its key. */
const defaultCapacity = 512;
/** Larger certificates are not remembered, so that the memory is bounded in bytes too. */
const maximumBytes = 16_384;

interface RememberedSignature {
  readonly issuerKey: Uint8Array;
  readonly certificate: Uint8Array;
}

interface RememberedKey {
  readonly der: Uint8Array;
  readonly handle: unknown;
  readonly onCurve: boolean | null;
}

export class SignatureMemory {
  private readonly capacity: number;
  /** By a few bytes of the signature, oldest first; the bytes of both sides are compared as a whole, and a second one with the same few takes the place. */
  private readonly signatures = new Map<number, RememberedSignature>();
  /** Keys of remembered certificates by a few of their bytes: importing one is a pure function of them. */
  private readonly keys = new Map<number, RememberedKey>();

  /** @param capacity signatures that are kept */
  constructor(capacity: number = defaultCapacity) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.signatures.size;
  }

  /** Was this signature verified before with this key? */
  recall(certificate: Certificate, issuerKey: SubjectPublicKey): boolean {
    const known = this.signatures.get(placeOf(certificate.signature));
    return (
      known !== undefined &&
      equalBytes(known.certificate, certificate.der) &&
      equalBytes(known.issuerKey, issuerKey.der)
    );
  }

  /** Gives a key that was imported before its handle back. @returns whether it was known */
  recallKey(key: SubjectPublicKey): boolean {
    const known = this.keys.get(placeOf(key.keyBytes));
    if (known === undefined || !equalBytes(known.der, key.der)) return false;
    key.handle = known.handle;
    key.onCurve = known.onCurve;
    return true;
  }

  /** Remembers a signature that was verified just now, and the key of the certificate that bears it. */
  remember(certificate: Certificate, issuerKey: SubjectPublicKey): void {
    if (certificate.der.length > maximumBytes || issuerKey.der.length > maximumBytes) return;
    // Copies (`slice` of a Buffer is none): what was given may be written over, or be a small part of a large buffer.
    keep(this.signatures, this.capacity, placeOf(certificate.signature), {
      issuerKey: new Uint8Array(issuerKey.der),
      certificate: new Uint8Array(certificate.der),
    });
    const key = certificate.publicKey;
    if (typeof key.handle !== 'object' || key.handle === null) return;
    keep(this.keys, this.capacity, placeOf(key.keyBytes), {
      der: new Uint8Array(key.der),
      handle: key.handle,
      onCurve: key.onCurve,
    });
  }
}

/** Maps keep the order of insertion. */
function keep<T>(entries: Map<number, T>, capacity: number, place: number, entry: T): void {
  if (!entries.has(place) && entries.size >= capacity)
    for (const oldest of entries.keys()) {
      entries.delete(oldest);
      break;
    }
  entries.set(place, entry);
}

/** Four bytes from within a key or signature, off the headers of its numbers: as good as random. */
function placeOf(bytes: Uint8Array): number {
  const within = bytes.length >> 2;
  return (
    ((bytes[within] ?? 0) << 24) |
    ((bytes[within + 1] ?? 0) << 16) |
    ((bytes[within + 2] ?? 0) << 8) |
    (bytes[within + 3] ?? 0)
  );
}
