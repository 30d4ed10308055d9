/**
 * Certificate (RFC 5280 §4.1), read strictly and lazily: the frame, the validity and the list of extensions at once, everything else when it
 * is asked for. Nothing is copied: a certificate keeps the buffer it was read from, which must not change afterwards.
 */
import { checkInteger, checkOctetBits, readBooleanDefaultFalse, readSmallInteger } from './der/der-primitives.ts';
import { DerReader, Tag } from './der/der-reader.ts';
import { readTime } from './der/der-time.ts';
import type { DerTime } from './der/der-time.ts';
import { readObjectIdentifier } from './der/object-identifier.ts';
import type { Extension } from './extensions/extension.ts';
import { ExtensionSet } from './extensions/extension-set.ts';
import { hexadecimal } from './hexadecimal.ts';
import type { UtcInstant } from './instant.ts';
import { DistinguishedName } from './name/distinguished-name.ts';
import { sha256 } from './signature/digest.ts';
import { readSubjectPublicKey } from './subject-public-key.ts';
import type { SubjectPublicKey } from './subject-public-key.ts';
import { X509Error } from './x509-error.ts';

/** Bytes; the largest certificate that is looked at. 10,000 names are about 300 kB. */
const maximumCertificateBytes = 4 * 1024 * 1024;
/** More extensions than this are refused. */
const maximumExtensions = 200;

export class Certificate {
  /** The whole certificate, not copied. */
  readonly der: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Content of the INTEGER, sign included. */
  readonly serialNumber: Uint8Array;
  /** The outer AlgorithmIdentifier, byte-equal to the inner one. */
  readonly signatureAlgorithm: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly validity: { readonly notBefore: DerTime; readonly notAfter: DerTime };
  /** The extensions, in order; none in versions 1 and 2. */
  readonly extensions: ExtensionSet;
  private readonly tbsStart: number;
  private readonly tbsEnd: number;
  private readonly signatureStart: number;
  private readonly keyStart: number;
  private readonly keyEnd: number;
  private key: SubjectPublicKey | null = null;
  private fingerprint: string | null = null;
  private selfIssuedAnswer: boolean | null = null;

  /** Use `readCertificate`. */
  constructor(der: Uint8Array) {
    if (der.length > maximumCertificateBytes)
      throw new X509Error('X509_INPUT_TOO_LARGE', maximumCertificateBytes, 'a certificate beyond 4 MiB');
    this.der = der;
    const outer = new DerReader(der);
    const certificate = outer.enter(Tag.sequence);
    outer.finish();
    const tbs = certificate.enter(Tag.sequence);
    this.tbsStart = certificate.start;
    this.tbsEnd = certificate.contentEnd;
    certificate.expect(Tag.sequence);
    this.signatureAlgorithm = certificate.element();
    const signatureAlgorithmAt = certificate.start;
    checkOctetBits(certificate);
    this.signatureStart = certificate.contentStart + 1;
    certificate.finish();

    this.version = readVersion(tbs);
    tbs.expect(Tag.integer);
    checkInteger(tbs);
    this.serialNumber = tbs.content();
    tbs.expect(Tag.sequence);
    // RFC 5280 §4.1.1.2: must contain the same algorithm identifier; the same means the same bytes.
    if (!standsAt(tbs, this.signatureAlgorithm))
      throw new X509Error(
        'X509_ALGORITHM_MISMATCH',
        signatureAlgorithmAt,
        'signature algorithms inside and outside differ',
      );
    tbs.expect(Tag.sequence);
    this.issuer = new DistinguishedName(tbs.element(), tbs.start);
    const validity = tbs.enter(Tag.sequence);
    this.validity = { notBefore: readTime(validity), notAfter: readTime(validity) };
    validity.finish();
    tbs.expect(Tag.sequence);
    this.subject = new DistinguishedName(tbs.element(), tbs.start);
    tbs.expect(Tag.sequence);
    this.keyStart = tbs.start;
    this.keyEnd = tbs.contentEnd;
    for (const tag of [0x81, 0x82]) {
      if (tbs.optional(tag) && this.version === 1)
        throw tbs.fault(
          'X509_FIELD_NEEDS_LATER_VERSION',
          tbs.start,
          'a unique identifier in a certificate of version 1',
        );
    }
    this.extensions = new ExtensionSet(der, this.readExtensions(tbs));
    tbs.finish();
  }

  /** The part that is signed, not copied. */
  get tbs(): Uint8Array {
    return this.der.subarray(this.tbsStart, this.tbsEnd);
  }

  /** Content of the BIT STRING, not copied. */
  get signature(): Uint8Array {
    return this.der.subarray(this.signatureStart);
  }

  /** @throws X509Error where the key is malformed */
  get publicKey(): SubjectPublicKey {
    this.key ??= readSubjectPublicKey(this.der, this.keyStart, this.keyEnd);
    return this.key;
  }

  /** The SubjectPublicKeyInfo as encoded, not copied. */
  get publicKeyDer(): Uint8Array {
    return this.der.subarray(this.keyStart, this.keyEnd);
  }

  get notBefore(): UtcInstant {
    return this.validity.notBefore.instant;
  }

  get notAfter(): UtcInstant {
    return this.validity.notAfter.instant;
  }

  /** Issuer and subject are the same name (RFC 5280 §6.1); says nothing about who signed. */
  get selfIssued(): boolean {
    this.selfIssuedAnswer ??= this.issuer.equals(this.subject);
    return this.selfIssuedAnswer;
  }

  /** SHA-256 of the whole certificate, lower-case hexadecimal. */
  get sha256(): string {
    this.fingerprint ??= sha256(this.der);
    return this.fingerprint;
  }

  /** The serial number in lower-case hexadecimal, without the octet that only carries the sign. */
  get serial(): string {
    const signOnly = this.serialNumber.length > 1 && this.serialNumber[0] === 0;
    return hexadecimal(signOnly ? this.serialNumber.subarray(1) : this.serialNumber);
  }

  private readExtensions(tbs: DerReader): Extension[] {
    const extensions: Extension[] = [];
    if (!tbs.optional(0xa3)) return extensions;
    if (this.version !== 3)
      throw tbs.fault('X509_FIELD_NEEDS_LATER_VERSION', tbs.start, 'extensions in a certificate before version 3');
    const explicit = tbs.inside();
    const list = explicit.enter(Tag.sequence);
    explicit.finish();
    readExtensionList(list, extensions);
    return extensions;
  }
}

/** Is the element that was read last byte-equal to another one? */
function standsAt(reader: DerReader, element: Uint8Array): boolean {
  const { bytes, start, contentEnd } = reader;
  if (contentEnd - start !== element.length) return false;
  for (let index = 0; index < element.length; index++) if (bytes[start + index] !== element[index]) return false;
  return true;
}

/** Reads `Extensions` (SEQUENCE SIZE 1..MAX OF Extension) into a list; also of CRLs and OCSP answers. @throws X509Error */
export function readExtensionList(list: DerReader, extensions: Extension[]): void {
  if (list.done) throw list.fault('X509_SEQUENCE_EMPTY', list.position, 'an empty list of extensions');
  while (!list.done) {
    const item = list.enter(Tag.sequence);
    const position = list.start;
    const type = readObjectIdentifier(item);
    const critical = readBooleanDefaultFalse(item);
    item.expect(Tag.octetString);
    const { contentStart, contentEnd } = item;
    item.finish();
    for (const earlier of extensions) {
      // RFC 5280 §4.2: not more than one instance of an extension.
      if (earlier.type === type)
        throw list.fault('X509_EXTENSION_DUPLICATE', position, `extension ${type} stands twice`);
    }
    if (extensions.length === maximumExtensions)
      throw list.fault('X509_INPUT_TOO_LARGE', position, `more than ${maximumExtensions} extensions`);
    extensions.push({ type, critical, start: contentStart, end: contentEnd });
  }
}

/** Reads one certificate that fills the bytes. @throws X509Error */
export function readCertificate(der: Uint8Array): Certificate {
  return new Certificate(der);
}

function readVersion(tbs: DerReader): 1 | 2 | 3 {
  if (tbs.peek() !== 0xa0) return 1;
  const explicit = tbs.enter(0xa0);
  const version = readSmallInteger(explicit);
  explicit.finish();
  if (version === 0) throw tbs.fault('X509_DER_DEFAULT_ENCODED', tbs.start, 'DER does not encode DEFAULT v1');
  if (version > 2) throw tbs.fault('X509_VERSION_INVALID', tbs.start, `version ${version + 1} does not exist`);
  return version === 1 ? 2 : 3;
}
