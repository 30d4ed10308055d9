/**
 * Certificates and keys of a PKCS#12 file (RFC 7292). The password's MAC is checked first; where it does not fit, what the password decrypts tells
 * a wrong password from a damaged file.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { DerReader, readObjectIdentifier, Tag, X509Error } from '@sallyport/x509';
import { derOfBer, octetsOf } from './ber.ts';
import { KeyFileError, RoundBudget } from './key-file-error.ts';
import { decryptWithPassword, hashes, passwordMac, readNumber } from './password-encryption.ts';
import { deriveKey } from './pkcs12-key.ts';

/** Rounds of all key derivations of a file on the command line, where its owner waits. */
const greatestRounds = 10_000_000;
const types = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  pbmac1: '1.2.840.113549.1.5.14',
} as const;

export interface Pkcs12Content {
  /** DER, in the order of the file. */
  readonly certificates: readonly Uint8Array[];
  /** PKCS#8 (RFC 5208) in DER; in clear. */
  readonly keys: readonly Uint8Array[];
}

export interface Pkcs12Options {
  readonly budget?: RoundBudget;
  /** False: keys are passed over, and never in clear. */
  readonly withKeys?: boolean;
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

/** Reads the file, which may be BER. @throws X509Error where it is malformed, KeyFileError */
export function readPkcs12(ber: Uint8Array, password: string, options: Pkcs12Options = {}): Pkcs12Content {
  const budget = options.budget ?? new RoundBudget(greatestRounds);
  const outer = new DerReader(derOfBer(ber));
  const pfx = outer.enter(Tag.sequence);
  outer.finish();
  pfx.expect(Tag.integer);
  const authSafe = pfx.enter(Tag.sequence);
  if (readObjectIdentifier(authSafe) !== types.data)
    throw new KeyFileError('PKCS12_UNSUPPORTED', 'a PKCS#12 file that is secured by a signature instead of a password');
  const content = authSafe.enter(0xa0).expect(Tag.octetString).content();
  if (pfx.done)
    throw new KeyFileError('PKCS12_UNSUPPORTED', 'a PKCS#12 file without a MAC: nothing tells whether it was changed');
  const mac = pfx.expect(Tag.sequence).element();
  pfx.finish();
  // No password at all and an empty one are not the same; programs write both for "none".
  const forms: readonly (string | null)[] = password === '' ? ['', null] : [password];
  const form = forms.find((one) => macFits(mac, content, one, budget));
  if (form === undefined) {
    if (forms.some((one) => opensSomething(content, one, budget)))
      throw new KeyFileError('PKCS12_DAMAGED', 'the password is right, but the PKCS#12 file was changed or is damaged');
    throw new KeyFileError('PKCS12_PASSWORD_WRONG', 'the password does not open the PKCS#12 file');
  }
  const collected: Collected = { certificates: [], keys: [] };
  forEachSafe(content, (type, safe) => {
    if (type === types.data) collect(safe.expect(Tag.octetString).content(), form, budget, options, collected);
    else if (type === types.encryptedData)
      collect(opened(decryptSafe(safe, form, budget)), form, budget, options, collected);
    else throw new KeyFileError('PKCS12_UNSUPPORTED', 'a PKCS#12 file that is encrypted to a public key');
  });
  return collected;
}

interface Collected {
  readonly certificates: Uint8Array[];
  readonly keys: Uint8Array[];
}

/** The MAC covers the content as it was written. */
function forEachSafe(content: Uint8Array, visit: (type: string, safe: DerReader) => void): void {
  const safes = new DerReader(derOfBer(content)).enter(Tag.sequence);
  while (!safes.done) {
    const safe = safes.enter(Tag.sequence);
    visit(readObjectIdentifier(safe), safe.enter(0xa0));
  }
}

function collect(
  contents: Uint8Array,
  password: string | null,
  budget: RoundBudget,
  { withKeys = false }: Pkcs12Options,
  { certificates, keys }: Collected,
): void {
  const bags = new DerReader(derOfBer(contents)).enter(Tag.sequence);
  while (!bags.done) {
    const bag = bags.enter(Tag.sequence);
    const type = readObjectIdentifier(bag);
    if (type === types.certificateBag) {
      const value = bag.enter(0xa0).enter(Tag.sequence);
      if (readObjectIdentifier(value) === types.x509Certificate)
        certificates.push(value.enter(0xa0).expect(Tag.octetString).content());
    } else if (withKeys && type === types.keyBag) keys.push(bag.enter(0xa0).expect(Tag.sequence).element());
    else if (withKeys && type === types.shroudedKeyBag)
      keys.push(opened(decryptKey(bag.enter(0xa0).expect(Tag.sequence).element(), password, budget)));
  }
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3). @returns null where the password does not fit @throws KeyFileError, X509Error */
export function decryptKey(der: Uint8Array, password: string | null, budget: RoundBudget): Uint8Array | null {
  const outer = new DerReader(der);
  const info = outer.enter(Tag.sequence);
  outer.finish();
  const algorithm = info.enter(Tag.sequence);
  const encrypted = info.expect(Tag.octetString).content();
  const plain = decryptWithPassword(algorithm, encrypted, password, budget);
  return plain !== null && isWholeSequence(plain) ? plain : null;
}

function decryptSafe(explicit: DerReader, password: string | null, budget: RoundBudget): Uint8Array | null {
  const data = explicit.enter(Tag.sequence);
  data.expect(Tag.integer);
  const info = data.enter(Tag.sequence);
  info.expect(Tag.objectIdentifier);
  const algorithm = info.enter(Tag.sequence);
  // [0] IMPLICIT OCTET STRING, in BER perhaps in pieces.
  const inPieces = info.optional(0xa0);
  const encrypted = octetsOf((inPieces ? info : info.expect(0x80)).content(), inPieces);
  return decryptWithPassword(algorithm, encrypted, password, budget);
}

/** The MAC had fitted: what does not decrypt then was encrypted under another password, or is damaged. */
function opened(plain: Uint8Array | null): Uint8Array {
  if (plain === null)
    throw new KeyFileError(
      'PKCS12_DAMAGED',
      'the password is right, but a part of the PKCS#12 file does not decrypt with it',
    );
  return plain;
}

function macFits(element: Uint8Array, content: Uint8Array, password: string | null, budget: RoundBudget): boolean {
  const mac = new DerReader(element).enter(Tag.sequence);
  const info = mac.enter(Tag.sequence);
  const identifier = info.enter(Tag.sequence);
  const algorithm = readObjectIdentifier(identifier);
  const expected = info.expect(Tag.octetString).content();
  if (algorithm === types.pbmac1)
    return equal(passwordMac(identifier.enter(Tag.sequence), content, password ?? '', budget), expected);
  const salt = mac.expect(Tag.octetString).content();
  const rounds = mac.done ? 1 : readNumber(mac);
  const hash = hashes[algorithm];
  if (hash === undefined)
    throw new KeyFileError('PKCS12_UNSUPPORTED', `a PKCS#12 file whose MAC is of type ${algorithm}`);
  budget.take(rounds);
  const key = deriveKey({ hash, password, salt, rounds, purpose: 3, length: expected.length });
  return equal(createHmac(hash, key).update(content).digest(), expected);
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Whether the password decrypts any part to something that is whole: then it is right, whatever the MAC says. */
function opensSomething(content: Uint8Array, password: string | null, budget: RoundBudget): boolean {
  let found = false;
  try {
    forEachSafe(content, (type, safe) => {
      if (found) return;
      if (type === types.encryptedData) {
        const plain = decryptSafe(safe, password, budget);
        found = plain !== null && isWholeSequence(plain);
      } else if (type === types.data) found = opensKey(safe.expect(Tag.octetString).content(), password, budget);
    });
  } catch (error) {
    if (!(error instanceof X509Error) && !(error instanceof KeyFileError)) throw error;
  }
  return found;
}

function opensKey(contents: Uint8Array, password: string | null, budget: RoundBudget): boolean {
  const bags = new DerReader(derOfBer(contents)).enter(Tag.sequence);
  while (!bags.done) {
    const bag = bags.enter(Tag.sequence);
    if (readObjectIdentifier(bag) !== types.shroudedKeyBag) continue;
    return decryptKey(bag.enter(0xa0).expect(Tag.sequence).element(), password, budget) !== null;
  }
  return false;
}

/** A SEQUENCE that fills the bytes: a wrong password yields one by chance once in some ten thousand files. */
function isWholeSequence(bytes: Uint8Array): boolean {
  try {
    const reader = new DerReader(derOfBer(bytes));
    reader.expect(Tag.sequence);
    reader.finish();
    return true;
  } catch (error) {
    if (error instanceof X509Error) return false;
    throw error;
  }
}
