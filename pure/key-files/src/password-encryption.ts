/** Encryption under a password, as PKCS#12 and PKCS#8 use it: PBES2 (RFC 8018), and the old schemes of PKCS#12 (RFC 7292 appendix C). */
import { createDecipheriv, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto';
import { DerReader, readObjectIdentifier, Tag } from '@sallyport/x509';
import { KeyFileError, type RoundBudget } from './key-file-error.ts';
import { deriveKey, type HashName } from './pkcs12-key.ts';
import { decryptRc2 } from './rc2.ts';

const types = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  scrypt: '1.3.6.1.4.1.11591.4.11',
} as const;
export const hashes: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const ciphers: Readonly<Record<string, { name: string; keyBytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24 },
};
const oldSchemes: Readonly<Record<string, { cipher: 'triple-des' | 'rc2'; keyBytes: number; ivBytes: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'triple-des', keyBytes: 24, ivBytes: 8 },
  '1.2.840.113549.1.12.1.4': { cipher: 'triple-des', keyBytes: 16, ivBytes: 8 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', keyBytes: 16, ivBytes: 8 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', keyBytes: 5, ivBytes: 8 },
};
/** Schemes that are named, so that a refusal says what to convert. */
const refusedSchemes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.12.1.1': '128-bit RC4',
  '1.2.840.113549.1.12.1.2': '40-bit RC4',
  '1.2.840.113549.1.5.3': 'MD5 and DES',
  '1.2.840.113549.1.5.10': 'SHA-1 and DES',
};
const scryptMemory = 64 * 1024 * 1024;

/**
 * Decrypts by what stands in an AlgorithmIdentifier. `password` null is the absent one of PKCS#12, which is not the empty one.
 * @returns null where the padding does not fit: another password, or damage @throws KeyFileError, X509Error
 */
export function decryptWithPassword(
  algorithm: DerReader,
  encrypted: Uint8Array,
  password: string | null,
  budget: RoundBudget,
): Uint8Array | null {
  const type = readObjectIdentifier(algorithm);
  const old = oldSchemes[type];
  if (old !== undefined) return decryptOld(old, algorithm.enter(Tag.sequence), encrypted, password, budget);
  if (type !== types.pbes2)
    throw new KeyFileError(
      'PKCS12_UNSUPPORTED',
      `a file encrypted with ${refusedSchemes[type] ?? `scheme ${type}`}, which is not read here; convert it: ` +
        'openssl pkcs12 -legacy -in OLD.p12 -nodes | openssl pkcs12 -export -out NEW.p12',
    );
  const parameters = algorithm.enter(Tag.sequence);
  const derivation = parameters.enter(Tag.sequence);
  const scheme = parameters.enter(Tag.sequence);
  const cipherType = readObjectIdentifier(scheme);
  const cipher = ciphers[cipherType];
  if (cipher === undefined) throw new KeyFileError('PKCS12_UNSUPPORTED', `a file encrypted with cipher ${cipherType}`);
  const iv = scheme.expect(Tag.octetString).content();
  const key = derivedKey(derivation, password ?? '', cipher.keyBytes, budget);
  return decipher(cipher.name, key, iv, encrypted);
}

/** PBKDF2 or scrypt. @throws KeyFileError */
function derivedKey(derivation: DerReader, password: string, keyBytes: number, budget: RoundBudget): Uint8Array {
  const type = readObjectIdentifier(derivation);
  const values = derivation.enter(Tag.sequence);
  if (type === types.scrypt) {
    const salt = values.expect(Tag.octetString).content();
    const [cost, blockSize, parallel] = [readNumber(values), readNumber(values), readNumber(values)];
    budget.take(cost * blockSize * parallel);
    if (128 * cost * blockSize > scryptMemory)
      throw new KeyFileError('KEY_ROUNDS_TOO_MANY', 'a file whose key derivation (scrypt) takes too much memory');
    try {
      return scryptSync(password, salt, keyBytes, { N: cost, r: blockSize, p: parallel, maxmem: 2 * scryptMemory });
    } catch {
      throw new KeyFileError('PKCS12_UNSUPPORTED', 'a file with parameters of scrypt that do not exist');
    }
  }
  if (type !== types.pbkdf2)
    throw new KeyFileError('PKCS12_UNSUPPORTED', 'a file with a key derivation that is neither PBKDF2 nor scrypt');
  return pbkdf2Key(values, password, keyBytes, budget);
}

function pbkdf2Key(values: DerReader, password: string, keyBytes: number, budget: RoundBudget): Uint8Array {
  const salt = values.expect(Tag.octetString).content();
  const rounds = readNumber(values);
  budget.take(rounds);
  values.optional(Tag.integer);
  const hash = values.done ? 'sha1' : hashes[readObjectIdentifier(values.enter(Tag.sequence))];
  if (hash === undefined) throw new KeyFileError('PKCS12_UNSUPPORTED', 'a file with a hash that is not known here');
  return pbkdf2Sync(password, salt, rounds, keyBytes, hash);
}

/** PBMAC1 (RFC 9579): the MAC of newer PKCS#12. @throws KeyFileError */
export function passwordMac(
  parameters: DerReader,
  content: Uint8Array,
  password: string,
  budget: RoundBudget,
): Uint8Array {
  const derivation = parameters.enter(Tag.sequence);
  const scheme = parameters.enter(Tag.sequence);
  const hash = hashes[readObjectIdentifier(scheme)];
  if (hash === undefined || readObjectIdentifier(derivation) !== types.pbkdf2)
    throw new KeyFileError('PKCS12_UNSUPPORTED', 'a PKCS#12 file with a MAC that is not known here');
  const values = derivation.enter(Tag.sequence);
  const salt = values.expect(Tag.octetString).content();
  const rounds = readNumber(values);
  budget.take(rounds);
  // RFC 9579 §4: the length has to stand there.
  const keyBytes = readNumber(values);
  const derivedBy = values.done ? 'sha1' : hashes[readObjectIdentifier(values.enter(Tag.sequence))];
  if (derivedBy === undefined || keyBytes < 1 || keyBytes > 64)
    throw new KeyFileError('PKCS12_UNSUPPORTED', 'a PKCS#12 file with a MAC that is not known here');
  return createHmac(hash, pbkdf2Sync(password, salt, rounds, keyBytes, derivedBy))
    .update(content)
    .digest();
}

function decryptOld(
  { cipher, keyBytes, ivBytes }: { readonly cipher: string; readonly keyBytes: number; readonly ivBytes: number },
  parameters: DerReader,
  encrypted: Uint8Array,
  password: string | null,
  budget: RoundBudget,
): Uint8Array | null {
  const salt = parameters.expect(Tag.octetString).content();
  const rounds = readNumber(parameters);
  budget.take(rounds * 2);
  const derive = (purpose: 1 | 2, length: number): Uint8Array =>
    deriveKey({ hash: 'sha1', password, salt, rounds, purpose, length });
  const [key, iv] = [derive(1, keyBytes), derive(2, ivBytes)];
  if (cipher === 'rc2') return decryptRc2(key, keyBytes * 8, iv, encrypted);
  // Two keys are three of which the last is the first.
  return decipher('des-ede3-cbc', Buffer.concat([key, key.subarray(0, 24 - keyBytes)]), iv, encrypted);
}

function decipher(name: string, key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Uint8Array | null {
  try {
    const opened = createDecipheriv(name, key, iv);
    return new Uint8Array(Buffer.concat([opened.update(encrypted), opened.final()]));
  } catch {
    return null;
  }
}

/** A non-negative INTEGER; larger than a number holds is infinite. */
export function readNumber(reader: DerReader): number {
  reader.expect(Tag.integer);
  let value = 0;
  for (const byte of reader.content()) value = value * 256 + byte;
  return value;
}
