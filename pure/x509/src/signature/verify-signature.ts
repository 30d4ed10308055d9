/** The seam to a cryptographic library: one function. node:crypto by default. */
import { constants, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** Answers `key-unusable` where the library does not take the key (a point off its curve). Must not throw. */
export type SignatureVerifier = (
  algorithm: SignatureAlgorithm,
  key: SubjectPublicKey,
  message: Uint8Array,
  signature: Uint8Array,
) => 'valid' | 'invalid' | 'key-unusable';

const saltLengths = { sha256: 32, sha384: 48, sha512: 64 } as const;

/** Marks a key without a handle as one that will be used again. */
export const worthImporting = 'worth-importing';

/** `verifySignature` of node:crypto. A key that is used again is imported once and kept on the key. */
export const verifySignature: SignatureVerifier = (algorithm, key, message, signature) => {
  if (key.handle === null) {
    key.handle = worthImporting;
    // Most issuers' keys check one signature and are never seen again: Node makes no KeyObject of bytes that come with the call.
    const answer = algorithm.pss ? null : verifyWithBytes(algorithm, key, message, signature);
    if (answer !== null) return answer;
  }
  const keyObject = importKey(key);
  if (keyObject === null) return 'key-unusable';
  try {
    return verify(algorithm.hash, message, verifyOptions(algorithm, keyObject), signature) ? 'valid' : 'invalid';
  } catch {
    return 'invalid';
  }
};

/** Null says nothing: neither which of key and signature is at fault. */
function verifyWithBytes(
  algorithm: SignatureAlgorithm,
  key: SubjectPublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): 'valid' | 'invalid' | null {
  try {
    const valid = verify(algorithm.hash, message, barestKey(key), signature);
    noteOnCurve(key);
    return valid ? 'valid' : 'invalid';
  } catch {
    return null;
  }
}

function verifyOptions(algorithm: SignatureAlgorithm, key: KeyObject): Parameters<typeof verify>[2] {
  if (algorithm.pss && algorithm.hash !== null)
    return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltLengths[algorithm.hash] };
  // PKCS#1 v1.5 and the DER form of ECDSA are what Node does by itself.
  return key;
}

/** The key as node:crypto knows it; null where it refuses it. */
function importKey(key: SubjectPublicKey): KeyObject | null {
  if (key.handle === null || key.handle === worthImporting) {
    try {
      key.handle = createPublicKey(encodedKey(key));
      noteOnCurve(key);
    } catch {
      key.handle = 'unusable';
    }
  }
  return key.handle === 'unusable' ? null : (key.handle as KeyObject);
}

/** The inner form of an RSA key is imported in half the time of the outer one; both were read strictly before. */
function encodedKey(key: SubjectPublicKey): { key: Buffer; format: 'der'; type: 'pkcs1' | 'spki' } {
  return key.kind === 'rsa'
    ? { key: asBuffer(key.keyBytes), format: 'der', type: 'pkcs1' }
    : { key: asBuffer(key.der), format: 'der', type: 'spki' };
}

/** What a runtime may take beside the encodings: the numbers of a key, for which it need not start a decoder. */
type VerifyKey = Parameters<typeof verify>[2];

/** Names that OpenSSL needs no second look-up for. */
const openSslCurves = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' } as const;
/** Base point of P-256 (SEC 2 §2.4.2), to ask a runtime with. */
const knownPoint = Buffer.from(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
    '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
);
/** Whether this runtime takes a bare point (Node 26 does, Node 20 does not); asked once. */
let takesBarePoints: boolean | null = null;

/** The key in the form that is imported fastest. */
function barestKey(key: SubjectPublicKey): VerifyKey {
  if (key.kind === 'rsa' && key.modulus !== null && key.exponent !== null)
    return { key: { kty: 'RSA', n: base64url(key.modulus), e: base64url(key.exponent) }, format: 'jwk' };
  // The compressed form is for the key policy to refuse, not to be read here.
  if (key.kind !== 'ec' || key.curve === null || key.keyBytes[0] !== 4) return encodedKey(key);
  takesBarePoints ??= isTaken(barePoint('P-256', knownPoint));
  return takesBarePoints ? barePoint(key.curve, key.keyBytes) : encodedKey(key);
}

/** Node's types do not know the form yet. */
function barePoint(curve: keyof typeof openSslCurves, point: Uint8Array): VerifyKey {
  return {
    key: asBuffer(point),
    format: 'raw-public',
    asymmetricKeyType: 'ec',
    namedCurve: openSslCurves[curve],
  } as unknown as VerifyKey;
}

function isTaken(key: VerifyKey): boolean {
  try {
    createPublicKey(key as Parameters<typeof createPublicKey>[0]);
    return true;
  } catch {
    return false;
  }
}

function base64url(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('base64url');
}

/** OpenSSL refuses a point off its curve; the compressed form, which it takes, is for the key policy to refuse. */
function noteOnCurve(key: SubjectPublicKey): void {
  if (key.keyBytes[0] === 4) key.onCurve = true;
}

/** Node's types ask for a Buffer; a view costs nothing. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Microseconds of one check on the machine of reference, by which the budget is weighed. */
const p256Cost = 41;

/** Cost of a check with this key, one P-256 check being 1. RSA: quadratic in the modulus, linear in the exponent's length. */
export function signatureUnits(key: SubjectPublicKey): number {
  switch (key.kind) {
    case 'ec':
      return key.curve === 'P-384' ? 429 / p256Cost : key.curve === 'P-521' ? 900 / p256Cost : 1;
    case 'ed25519':
      return 60 / p256Cost;
    case 'ed448':
      return 250 / p256Cost;
    case 'rsa':
    case 'rsa-pss': {
      const size = key.bits / 2048;
      // 17 squarings and multiplications for 65537; an exponent as long as the modulus takes one and a half per bit.
      const steps = Math.max(17, (key.exponent?.length ?? 0) * 12);
      return (15 * size * size * steps) / 17 / p256Cost;
    }
    default:
      return 1;
  }
}
