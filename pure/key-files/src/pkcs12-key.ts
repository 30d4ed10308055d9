/** Key derivation of PKCS#12 (RFC 7292 appendix B.2): for its MAC, and for its old encryption. */
import { createHash } from 'node:crypto';

export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** Bytes of a block of the hash. */
const blockBytes: Readonly<Record<HashName, number>> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 };

export interface Derivation {
  readonly hash: HashName;
  /** Null: none at all, which is not the empty one. */
  readonly password: string | null;
  readonly salt: Uint8Array;
  readonly rounds: number;
  /** 1: key, 2: initial vector, 3: MAC key. */
  readonly purpose: 1 | 2 | 3;
  readonly length: number;
}

export function deriveKey({ hash, password, salt, rounds, purpose, length }: Derivation): Uint8Array {
  const block = blockBytes[hash];
  const filled = (bytes: Uint8Array): Uint8Array =>
    Uint8Array.from(
      { length: Math.ceil(bytes.length / block) * block },
      (_, index) => bytes[index % bytes.length] ?? 0,
    );
  const diversifier = new Uint8Array(block).fill(purpose);
  let input = Uint8Array.from([
    ...filled(salt),
    ...filled(password === null ? new Uint8Array() : bigEndianText(password)),
  ]);
  const derived = new Uint8Array(length);
  for (let position = 0; position < length;) {
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let round = 1; round < rounds; round++) digest = createHash(hash).update(digest).digest();
    derived.set(digest.subarray(0, length - position), position);
    position += digest.length;
    input = advanced(input, filled(digest), block);
  }
  return derived;
}

/** UTF-16, most significant byte first, with a zero at the end (RFC 7292 appendix B.1). */
function bigEndianText(password: string): Uint8Array {
  const bytes = new Uint8Array(password.length * 2 + 2);
  for (let index = 0; index < password.length; index++) {
    bytes[2 * index] = password.charCodeAt(index) >> 8;
    bytes[2 * index + 1] = password.charCodeAt(index) & 0xff;
  }
  return bytes;
}

/** Each block of the input plus the digest's block plus one, modulo 2^(8·block). */
function advanced(input: Uint8Array, digestBlock: Uint8Array, block: number): Uint8Array<ArrayBuffer> {
  const next = Uint8Array.from(input);
  for (let start = 0; start < next.length; start += block) {
    let carry = 1;
    for (let index = block - 1; index >= 0; index--) {
      carry += (next[start + index] ?? 0) + (digestBlock[index] ?? 0);
      next[start + index] = carry & 0xff;
      carry >>= 8;
    }
  }
  return next;
}
