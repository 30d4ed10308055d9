/** Private keys in the forms in which they come: PKCS#8, PKCS#1 and SEC 1, in clear or under a password. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { X509Error } from '@sallyport/x509';
import { KeyFileError, type RoundBudget } from './key-file-error.ts';
import { decryptKey } from './pkcs12.ts';

/** A key in clear; it is sealed as soon as it is known whose it is. */
export interface PrivateKeyFile {
  readonly pkcs8Pem: string;
  /** SubjectPublicKeyInfo in DER: by it a key and its certificate find each other. */
  readonly publicKeyDer: Uint8Array;
}

const plainForms = ['pkcs8', 'pkcs1', 'sec1'] as const;

/** @throws KeyFileError */
export function readPlainKey(der: Uint8Array): PrivateKeyFile {
  for (const type of plainForms) {
    try {
      return keyFile(createPrivateKey({ key: Buffer.from(der), format: 'der', type }));
    } catch (error) {
      if (error instanceof KeyFileError) throw error;
    }
  }
  throw new KeyFileError('KEY_UNREADABLE', 'a private key that cannot be read');
}

/** EncryptedPrivateKeyInfo. @throws KeyFileError */
export function readEncryptedKey(der: Uint8Array, password: string | null, budget: RoundBudget): PrivateKeyFile {
  if (password === null) throw missing();
  let plain: Uint8Array | null;
  try {
    plain = decryptKey(der, password, budget);
  } catch (error) {
    if (error instanceof X509Error)
      throw new KeyFileError('KEY_UNREADABLE', 'an encrypted private key that is damaged');
    if (error instanceof KeyFileError && error.code === 'PKCS12_UNSUPPORTED')
      throw new KeyFileError('KEY_UNSUPPORTED', error.message);
    throw error;
  }
  if (plain === null) throw new KeyFileError('KEY_PASSWORD_WRONG', 'the password does not open the private key');
  return readPlainKey(plain);
}

/** A PEM block with Proc-Type and DEK-Info (RFC 1421), as OpenSSL wrote them for long. @throws KeyFileError */
export function readTraditionalKey(block: string, password: string | null): PrivateKeyFile {
  if (password === null) throw missing();
  try {
    return keyFile(createPrivateKey({ key: block, format: 'pem', passphrase: password }));
  } catch (error) {
    if (error instanceof KeyFileError) throw error;
    // The platform tells a wrong password, a cipher that it has not and damage apart by code only in part.
    const { code } = error as { code?: string };
    if (code === 'ERR_OSSL_EVP_UNSUPPORTED' || code === 'ERR_OSSL_PEM_UNSUPPORTED_ENCRYPTION')
      throw new KeyFileError(
        'KEY_UNSUPPORTED',
        'a private key under a cipher that is not read here: convert it to PKCS#8',
      );
    throw new KeyFileError('KEY_PASSWORD_WRONG', 'the password does not open the private key, or the key is damaged');
  }
}

function keyFile(key: KeyObject): PrivateKeyFile {
  const { asymmetricKeyType } = key;
  if (asymmetricKeyType !== 'rsa' && asymmetricKeyType !== 'ec' && asymmetricKeyType !== 'ed25519')
    throw new KeyFileError('KEY_UNSUPPORTED', `a private key of kind ${String(asymmetricKeyType)}`);
  const pkcs8Pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { pkcs8Pem, publicKeyDer: new Uint8Array(createPublicKey(pkcs8Pem).export({ type: 'spki', format: 'der' })) };
}

function missing(): KeyFileError {
  return new KeyFileError('KEY_PASSWORD_MISSING', 'the private key is encrypted, and no password came with it');
}
