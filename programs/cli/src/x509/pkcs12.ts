/**
 * The certificates of a PKCS#12 file (RFC 7292), private keys left alone. The password's MAC is checked first. Encryption: PBES2 with PBKDF2 and
 * AES-CBC or 3DES (RFC 8018), and the old PKCS#12 scheme with 3DES. RC2 and RC4, which the OpenSSL of
 * Node does not offer, are refused with a sentence that says how to convert the file.
 */
import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { DerReader, Tag, readObjectIdentifier } from '@sallyport/x509';
import { derOfBer, octetsOf } from './ber.ts';
import { deriveKey } from './pkcs12-key.ts';
import type { HashName } from './pkcs12-key.ts';

/** Rounds of a key derivation; more would be an attack on the reader. */
const maximumRounds = 10_000_000;
const types = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  oldTripleDes: '1.2.840.113549.1.12.1.3',
} as const;
const hashes: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
/** Schemes of old exports (RFC 7292 appendix C) that need OpenSSL's legacy provider, which Node does not load. */
const refusedSchemes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.12.1.1': '128-bit RC4',
  '1.2.840.113549.1.12.1.2': '40-bit RC4',
  '1.2.840.113549.1.12.1.4': '3DES with two keys',
  '1.2.840.113549.1.12.1.5': '128-bit RC2',
  '1.2.840.113549.1.12.1.6': '40-bit RC2',
};
const ciphers: Readonly<Record<string, { name: string; keyBytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24 },
};

/** The file is well formed, but this password or scheme does not open it. */
export class Pkcs12Error extends Error {
  readonly code: 'PKCS12_PASSWORD_WRONG' | 'PKCS12_UNSUPPORTED';

  constructor(code: Pkcs12Error['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Is it a PFX, in DER or BER? SEQUENCE that begins with version 3 and the identifier of data; lengths are not looked at. */
export function looksLikePkcs12(der: Uint8Array): boolean {
  const version = contentStart(der, 0);
  const info = contentStart(der, version + 3);
  const expected = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
  return (
    der[0] === Tag.sequence &&
    [Tag.integer, 1, 3, Tag.sequence].every((byte, index) => der[version + index] === byte) &&
    expected.every((byte, index) => der[info + index] === byte)
  );
}

/** Where the content of an element begins, whatever the form of its length. */
function contentStart(der: Uint8Array, start: number): number {
  const length = der[start + 1] ?? 0;
  return start + 2 + (length > 0x80 ? length & 0x7f : 0);
}

/** Certificates in DER, in the order of the file; the file itself may be BER. @throws X509Error, Pkcs12Error */
export function readPkcs12(ber: Uint8Array, password: string): readonly Uint8Array[] {
  const outer = new DerReader(derOfBer(ber));
  const pfx = outer.enter(Tag.sequence);
  outer.finish();
  pfx.expect(Tag.integer);
  const authSafe = pfx.enter(Tag.sequence);
  if (readObjectIdentifier(authSafe) !== types.data)
    throw new Pkcs12Error('PKCS12_UNSUPPORTED', 'a PKCS#12 file that is secured by a signature instead of a password');
  const content = authSafe.enter(0xa0).expect(Tag.octetString).content();
  if (pfx.done)
    throw new Pkcs12Error('PKCS12_UNSUPPORTED', 'a PKCS#12 file without a MAC: nothing tells whether it was changed');
  checkMac(pfx.enter(Tag.sequence), content, password);
  pfx.finish();
  const certificates: Uint8Array[] = [];
  // The MAC covers the content as it was written.
  const safes = new DerReader(derOfBer(content)).enter(Tag.sequence);
  while (!safes.done) {
    const safe = safes.enter(Tag.sequence);
    const type = readObjectIdentifier(safe);
    const explicit = safe.enter(0xa0);
    if (type === types.data) collect(explicit.expect(Tag.octetString).content(), certificates);
    else if (type === types.encryptedData) collect(decrypt(explicit.enter(Tag.sequence), password), certificates);
    else throw new Pkcs12Error('PKCS12_UNSUPPORTED', 'a PKCS#12 file that is encrypted to a public key');
  }
  return certificates;
}

function collect(contents: Uint8Array, certificates: Uint8Array[]): void {
  const bags = new DerReader(derOfBer(contents)).enter(Tag.sequence);
  while (!bags.done) {
    const bag = bags.enter(Tag.sequence);
    if (readObjectIdentifier(bag) !== types.certificateBag) continue;
    const value = bag.enter(0xa0).enter(Tag.sequence);
    if (readObjectIdentifier(value) !== types.x509Certificate) continue;
    certificates.push(value.enter(0xa0).expect(Tag.octetString).content());
  }
}

function checkMac(mac: DerReader, content: Uint8Array, password: string): void {
  const info = mac.enter(Tag.sequence);
  const algorithm = readObjectIdentifier(info.enter(Tag.sequence));
  const expected = info.expect(Tag.octetString).content();
  const salt = mac.expect(Tag.octetString).content();
  const rounds = mac.done ? 1 : readRounds(mac);
  const hash = hashes[algorithm];
  if (hash === undefined)
    throw new Pkcs12Error('PKCS12_UNSUPPORTED', `a PKCS#12 file whose MAC is of type ${algorithm}`);
  const key = deriveKey({ hash, password, salt, rounds, purpose: 3, length: expected.length });
  const actual = createHmac(hash, key).update(content).digest();
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected))
    throw new Pkcs12Error(
      'PKCS12_PASSWORD_WRONG',
      'the password does not open the PKCS#12 file, or the file was changed',
    );
}

function decrypt(data: DerReader, password: string): Uint8Array {
  data.expect(Tag.integer);
  const info = data.enter(Tag.sequence);
  info.expect(Tag.objectIdentifier);
  const algorithm = info.enter(Tag.sequence);
  // [0] IMPLICIT OCTET STRING, in BER perhaps in pieces.
  const inPieces = info.optional(0xa0);
  const encrypted = octetsOf((inPieces ? info : info.expect(0x80)).content(), inPieces);
  const { name, key, iv } = cipherOf(algorithm, password);
  const decipher = createDecipheriv(name, key, iv);
  try {
    return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]));
  } catch {
    throw new Pkcs12Error('PKCS12_PASSWORD_WRONG', 'the password does not open the certificates of the PKCS#12 file');
  }
}

function cipherOf(algorithm: DerReader, password: string): { name: string; key: Uint8Array; iv: Uint8Array } {
  const type = readObjectIdentifier(algorithm);
  const parameters = algorithm.enter(Tag.sequence);
  if (type === types.oldTripleDes) {
    const salt = parameters.expect(Tag.octetString).content();
    const rounds = readRounds(parameters);
    const derive = (purpose: 1 | 2, length: number): Uint8Array =>
      deriveKey({ hash: 'sha1', password, salt, rounds, purpose, length });
    return { name: 'des-ede3-cbc', key: derive(1, 24), iv: derive(2, 8) };
  }
  if (type !== types.pbes2)
    throw new Pkcs12Error(
      'PKCS12_UNSUPPORTED',
      `a PKCS#12 file encrypted with ${refusedSchemes[type] ?? `scheme ${type}`}, which is not read here; convert it: ` +
        'openssl pkcs12 -legacy -in OLD.p12 -nodes | openssl pkcs12 -export -out NEW.p12',
    );
  const derivation = parameters.enter(Tag.sequence);
  const scheme = parameters.enter(Tag.sequence);
  if (readObjectIdentifier(derivation) !== types.pbkdf2)
    throw new Pkcs12Error('PKCS12_UNSUPPORTED', 'a PKCS#12 file with a key derivation that is not PBKDF2');
  const values = derivation.enter(Tag.sequence);
  const salt = values.expect(Tag.octetString).content();
  const rounds = readRounds(values);
  values.optional(Tag.integer);
  const hash = values.done ? 'sha1' : hashes[readObjectIdentifier(values.enter(Tag.sequence))];
  const cipherType = readObjectIdentifier(scheme);
  const cipher = ciphers[cipherType];
  if (hash === undefined || cipher === undefined)
    throw new Pkcs12Error('PKCS12_UNSUPPORTED', `a PKCS#12 file encrypted with ${cipherType}`);
  const iv = scheme.expect(Tag.octetString).content();
  return { name: cipher.name, key: pbkdf2Sync(password, salt, rounds, cipher.keyBytes, hash), iv };
}

function readRounds(reader: DerReader): number {
  reader.expect(Tag.integer);
  let rounds = 0;
  for (const byte of reader.content()) rounds = rounds * 256 + byte;
  if (rounds < 1 || rounds > maximumRounds)
    throw new Pkcs12Error(
      'PKCS12_UNSUPPORTED',
      `a PKCS#12 file that asks for ${rounds} rounds, more than ${maximumRounds}`,
    );
  return rounds;
}
