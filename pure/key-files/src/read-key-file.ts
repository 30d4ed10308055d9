/** What a file holds that somebody brought: told apart by its content and never by its name. Certificates are not judged here. */
import { readCertificate, readPem, X509Error, type Certificate } from '@sallyport/x509';
import { KeyFileError, type RoundBudget } from './key-file-error.ts';
import { looksLikePkcs7, readPkcs7File } from './pkcs7-file.ts';
import { looksLikePkcs12, readPkcs12 } from './pkcs12.ts';
import { readEncryptedKey, readPlainKey, readTraditionalKey, type PrivateKeyFile } from './private-key.ts';

export interface KeyFileContent {
  readonly certificates: readonly Certificate[];
  readonly keys: readonly PrivateKeyFile[];
}

/** Bytes of one file; beyond that it is not looked at. */
const greatestBytes = 2 * 1024 * 1024;
/** Certificates and keys in one file: chains have a handful. */
const mostObjects = 100;
const block = /-----BEGIN ([A-Z0-9 ]{1,64})-----[^]*?-----END \1-----/g;

/** @param password null where none was given @throws KeyFileError */
export function readKeyFile(bytes: Uint8Array, password: string | null, budget: RoundBudget): KeyFileContent {
  if (bytes.length > greatestBytes)
    throw new KeyFileError(
      'FILE_TOO_LARGE',
      `a file of ${bytes.length} bytes; certificates and keys have some thousand`,
    );
  try {
    return isPem(bytes) ? readText(bytes, password, budget) : readBinary(bytes, password, budget);
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    throw new KeyFileError('FILE_UNREADABLE', `a file that is damaged or none of certificates: ${error.message}`);
  }
}

function readText(bytes: Uint8Array, password: string | null, budget: RoundBudget): KeyFileContent {
  const text = Buffer.from(bytes).toString('latin1');
  const certificates: Certificate[] = [];
  const keys: PrivateKeyFile[] = [];
  let count = 0;
  for (const [whole, label = ''] of text.matchAll(block)) {
    if (++count > mostObjects) throw tooMany();
    if (label.endsWith('PRIVATE KEY')) keys.push(readPemKey(whole, label, password, budget));
    else if (label === 'PKCS7' || label === 'CMS')
      certificates.push(...readPkcs7File(derOf(whole)).certificates.map(readCertificate));
    else if (['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'].includes(label))
      certificates.push(readCertificate(derOf(whole)));
  }
  if (count === 0) throw new KeyFileError('FILE_UNREADABLE', 'a text with a BEGIN line and no whole block');
  if (certificates.length > mostObjects) throw tooMany();
  return { certificates, keys };
}

function readPemKey(whole: string, label: string, password: string | null, budget: RoundBudget): PrivateKeyFile {
  if (label === 'OPENSSH PRIVATE KEY')
    throw new KeyFileError('KEY_UNSUPPORTED', 'a private key in the form of OpenSSH: convert it to PKCS#8');
  if (/^Proc-Type:.*ENCRYPTED/m.test(whole)) return readTraditionalKey(whole, password);
  const der = derOf(whole);
  return label === 'ENCRYPTED PRIVATE KEY' ? readEncryptedKey(der, password, budget) : readPlainKey(der);
}

function readBinary(bytes: Uint8Array, password: string | null, budget: RoundBudget): KeyFileContent {
  if (looksLikePkcs12(bytes)) {
    const { certificates, keys } = readPkcs12(bytes, password ?? '', { budget, withKeys: true });
    if (certificates.length + keys.length > mostObjects) throw tooMany();
    return { certificates: certificates.map(readCertificate), keys: keys.map(readPlainKey) };
  }
  if (looksLikePkcs7(bytes)) {
    const { certificates } = readPkcs7File(bytes);
    if (certificates.length > mostObjects) throw tooMany();
    return { certificates: certificates.map(readCertificate), keys: [] };
  }
  let telling: X509Error;
  try {
    return { certificates: [readCertificate(bytes)], keys: [] };
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    telling = error;
  }
  for (const read of [readPlainKey, (der: Uint8Array) => readEncryptedKey(der, password, budget)]) {
    try {
      return { certificates: [], keys: [read(bytes)] };
    } catch (error) {
      if (!(error instanceof KeyFileError)) throw error;
      // What is no key at all is told as what a certificate would be.
      if (error.code !== 'KEY_UNREADABLE' && looksLikeEncryptedKey(bytes)) throw error;
    }
  }
  throw telling;
}

/** SEQUENCE of a SEQUENCE that begins with an identifier, as EncryptedPrivateKeyInfo does; a certificate has one more around it. */
function looksLikeEncryptedKey(der: Uint8Array): boolean {
  const inner = startOfContent(der, 0);
  return der[0] === 0x30 && der[inner] === 0x30 && der[startOfContent(der, inner)] === 0x06;
}

function startOfContent(der: Uint8Array, at: number): number {
  const length = der[at + 1] ?? 0;
  return at + 2 + (length > 0x80 ? length & 0x7f : 0);
}

function derOf(whole: string): Uint8Array {
  const [only] = readPem(whole);
  return only?.der ?? new Uint8Array();
}

/** DER begins with 0x30 and a length; a PEM may have any text before its first block. */
function isPem(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64 * 1024));
  return head.includes('-----BEGIN ') && !(bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80);
}

function tooMany(): KeyFileError {
  return new KeyFileError('FILE_TOO_LARGE', `a file with more than ${mostObjects} certificates and keys`);
}
