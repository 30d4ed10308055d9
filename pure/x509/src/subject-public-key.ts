/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7; RFC 3279, 4055, 5480, 8410): what kind of key, how large, well formed or not. */
import { checkInteger, readOctetBits } from './der/der-primitives.ts';
import { DerReader, Tag } from './der/der-reader.ts';
import { readObjectIdentifier } from './der/object-identifier.ts';
import { X509Error } from './x509-error.ts';

export type KeyKind = 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'ed448' | 'dsa' | 'other';
export type NamedCurve = 'P-256' | 'P-384' | 'P-521';

/** A public key as read; whether it may be used is for the key policy. */
export interface SubjectPublicKey {
  /** The whole SubjectPublicKeyInfo, not copied. */
  readonly der: Uint8Array;
  readonly kind: KeyKind;
  /** Object identifier of the algorithm. */
  readonly algorithm: string;
  /** Size of the RSA modulus or of the curve's field in bits; 0 where unknown. */
  readonly bits: number;
  /** RSA: bytes of the modulus and of the exponent without a leading zero. Otherwise null. */
  readonly modulus: Uint8Array | null;
  readonly exponent: Uint8Array | null;
  /** EC: the named curve, null for an unnamed or unknown one; its object identifier or null; the encoded point. */
  readonly curve: NamedCurve | null;
  readonly curveIdentifier: string | null;
  /** Content of the BIT STRING. */
  readonly keyBytes: Uint8Array;
  /** Is the point on its curve? Null: not looked at yet. */
  onCurve: boolean | null;
  /** What the signature seam made of the key; kept here, so that a key is imported once. */
  handle: unknown;
}

const namedCurves: Readonly<Record<string, { name: NamedCurve; bits: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bits: 256 },
  '1.3.132.0.34': { name: 'P-384', bits: 384 },
  '1.3.132.0.35': { name: 'P-521', bits: 521 },
};

/** Reads a SubjectPublicKeyInfo between two offsets of a buffer. @throws X509Error */
export function readSubjectPublicKey(bytes: Uint8Array, start: number, end: number): SubjectPublicKey {
  try {
    return readKey(bytes, start, end);
  } catch (error) {
    throw error instanceof X509Error ? error.within('key') : error;
  }
}

function readKey(bytes: Uint8Array, start: number, end: number): SubjectPublicKey {
  const outer = new DerReader(bytes, start, end);
  const info = outer.enter(Tag.sequence);
  const der = outer.element();
  const identifier = info.enter(Tag.sequence);
  const algorithm = readObjectIdentifier(identifier);
  const keyBytes = readOctetBits(info);
  const keyStart = info.contentStart + 1;
  info.finish();
  const key: Draft = {
    der,
    kind: 'other',
    algorithm,
    bits: 0,
    modulus: null,
    exponent: null,
    curve: null,
    curveIdentifier: null,
    keyBytes,
    onCurve: null,
    handle: null,
  };
  switch (algorithm) {
    case '1.2.840.113549.1.1.1':
      // RFC 3279 §2.3.1: parameters must be NULL.
      if (!identifier.optional(Tag.null) || identifier.contentEnd > identifier.contentStart || !identifier.done)
        throw parametersFault(identifier, 'an RSA key whose parameters are not NULL');
      key.kind = 'rsa';
      readRsaKey(bytes, keyStart, info.end, key);
      break;
    case '1.2.840.113549.1.1.10':
      key.kind = 'rsa-pss';
      readRsaKey(bytes, keyStart, info.end, key);
      break;
    case '1.2.840.10045.2.1': {
      key.kind = 'ec';
      if (identifier.peek() !== Tag.objectIdentifier) break;
      key.curveIdentifier = readObjectIdentifier(identifier);
      if (!identifier.done) throw parametersFault(identifier, 'an EC key with more parameters than its curve');
      const curve = namedCurves[key.curveIdentifier];
      key.curve = curve?.name ?? null;
      key.bits = curve?.bits ?? 0;
      break;
    }
    case '1.3.101.112':
    case '1.3.101.113': {
      // RFC 8410 §3: parameters must be absent.
      if (!identifier.done) throw parametersFault(identifier, 'an Edwards-curve key with parameters');
      const short = algorithm === '1.3.101.112';
      if (keyBytes.length !== (short ? 32 : 57))
        throw info.fault('X509_KEY_MALFORMED', keyStart, 'an Edwards-curve key of the wrong length');
      key.kind = short ? 'ed25519' : 'ed448';
      key.bits = short ? 256 : 448;
      break;
    }
    case '1.2.840.10040.4.1':
      key.kind = 'dsa';
      break;
    default:
  }
  return key;
}

function parametersFault(identifier: DerReader, reason: string): X509Error {
  return identifier.fault('X509_KEY_PARAMETERS_INVALID', identifier.position, reason);
}

/** A key while it is read. */
type Draft = { -readonly [Part in keyof SubjectPublicKey]: SubjectPublicKey[Part] };

/** `P-256`, `RSA 2048`, `Ed25519`, or the algorithm's identifier. */
export function showKey(key: SubjectPublicKey): string {
  switch (key.kind) {
    case 'rsa':
      return `RSA ${key.bits}`;
    case 'rsa-pss':
      return `RSA-PSS ${key.bits}`;
    case 'ec':
      return key.curve ?? `EC ${key.curveIdentifier ?? 'unnamed curve'}`;
    case 'ed25519':
      return 'Ed25519';
    case 'ed448':
      return 'Ed448';
    default:
      return key.kind === 'dsa' ? 'DSA' : key.algorithm;
  }
}

function readRsaKey(bytes: Uint8Array, start: number, end: number, key: Draft): void {
  const outer = new DerReader(bytes, start, end);
  const sequence = outer.enter(Tag.sequence);
  outer.finish();
  const modulus = readPositive(sequence);
  const exponent = readPositive(sequence);
  sequence.finish();
  key.bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  key.modulus = modulus;
  key.exponent = exponent;
}

function readPositive(reader: DerReader): Uint8Array {
  reader.expect(Tag.integer);
  checkInteger(reader);
  const first = reader.bytes[reader.contentStart] ?? 0;
  const length = reader.contentEnd - reader.contentStart;
  if (first >= 0x80 || (first === 0 && length === 1))
    throw reader.fault('X509_KEY_MALFORMED', reader.contentStart, 'an RSA number that is not positive');
  return reader.bytes.subarray(reader.contentStart + (first === 0 ? 1 : 0), reader.contentEnd);
}
