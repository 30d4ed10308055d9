/**
 * Certificate revocation list (RFC 5280 §5), read strictly in one pass that also indexes it. Nothing is copied: a CRL keeps the buffer it was
 * read from, which must not change afterwards. Says nothing about who signed it or whether it is in its window: see `judge-crls.ts`.
 */
import { readExtensionList } from '../certificate.ts';
import { readOctetBits, readSmallInteger, checkInteger } from '../der/der-primitives.ts';
import { DerReader, Tag } from '../der/der-reader.ts';
import { readTime } from '../der/der-time.ts';
import { extensionTypes } from '../extensions/extension.ts';
import type { Extension } from '../extensions/extension.ts';
import { ExtensionSet } from '../extensions/extension-set.ts';
import { equalBytes } from '../hexadecimal.ts';
import type { UtcInstant } from '../instant.ts';
import { DistinguishedName } from '../name/distinguished-name.ts';
import { X509Error } from '../x509-error.ts';
import { readCrlEntry } from './crl-entry.ts';
import type { CrlEntry } from './crl-entry.ts';
import { CrlIndex } from './crl-index.ts';
import { indexEntries } from './crl-list.ts';
import { removeFromCrl } from './reason.ts';
import { readIssuingDistributionPoint } from './issuing-distribution-point.ts';
import type { IssuingDistributionPoint } from './issuing-distribution-point.ts';
import type { RevocationList } from './revocation-list.ts';
import type { SignatureAlgorithm } from '../signature/signature-algorithm.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';

/** Bytes; larger CRLs are refused unless the caller asks for more. A million entries are about 40 MB. */
const defaultMaximumCrlBytes = 128 * 1024 * 1024;

export interface CrlOptions {
  /** Bytes; default 128 MiB. */
  readonly maximumBytes?: number;
}

/** Extensions of a CRL that are processed here; any other critical one makes it unusable (RFC 5280 §5.2). */
const processed: ReadonlySet<string> = new Set([
  extensionTypes.authorityKeyIdentifier,
  extensionTypes.issuerAltName,
  extensionTypes.crlNumber,
  extensionTypes.deltaCrlIndicator,
  extensionTypes.issuingDistributionPoint,
  extensionTypes.freshestCrl,
]);

export class Crl implements RevocationList {
  /** Nobody says where it came from. */
  readonly origin = null;
  /** The whole CRL, not copied. */
  readonly der: Uint8Array;
  readonly version: 1 | 2;
  readonly tbs: Uint8Array;
  /** The outer AlgorithmIdentifier, byte-equal to the inner one. */
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: UtcInstant;
  /** Null where the CRL promises no next one. */
  readonly nextUpdate: UtcInstant | null;
  readonly extensions: ExtensionSet;
  /** Content of the INTEGER; null where there is none. */
  readonly crlNumber: Uint8Array | null;
  /** BaseCRLNumber of a delta CRL; null in a complete one. */
  readonly baseNumber: Uint8Array | null;
  /** Null: the CRL speaks for every certificate of its issuer and for all reasons. */
  readonly distributionPoint: IssuingDistributionPoint | null;
  readonly index: CrlIndex;
  /** Type of a critical extension, of the CRL or of one of its entries, that is not processed here; null for none. */
  readonly unknownCritical: string | null;

  /** Use `readCrl`. */
  constructor(der: Uint8Array, options: CrlOptions = {}) {
    const maximum = options.maximumBytes ?? defaultMaximumCrlBytes;
    if (der.length > maximum)
      throw new X509Error('X509_INPUT_TOO_LARGE', maximum, `a CRL of ${der.length} bytes, more than ${maximum}`);
    this.der = der;
    const outer = new DerReader(der);
    const list = outer.enter(Tag.sequence);
    outer.finish();
    const tbs = list.enter(Tag.sequence);
    this.tbs = list.element();
    list.expect(Tag.sequence);
    this.signatureAlgorithm = list.element();
    const signatureAlgorithmAt = list.start;
    this.signature = readOctetBits(list);
    list.finish();

    this.version = 1;
    if (tbs.peek() === Tag.integer) {
      // RFC 5280 §5.1.2.1: when present, must be v2 (1).
      if (readSmallInteger(tbs) !== 1)
        throw tbs.fault('X509_VERSION_INVALID', tbs.start, 'a CRL version that is not 2');
      this.version = 2;
    }
    tbs.expect(Tag.sequence);
    if (!equalBytes(tbs.element(), this.signatureAlgorithm))
      throw new X509Error(
        'X509_ALGORITHM_MISMATCH',
        signatureAlgorithmAt,
        'signature algorithms inside and outside differ',
      );
    tbs.expect(Tag.sequence);
    this.issuer = new DistinguishedName(tbs.element(), tbs.start);
    // RFC 5280 §5.1.2.3: the issuer must be a non-empty name.
    if (this.issuer.isEmpty) throw tbs.fault('X509_NAME_MALFORMED', tbs.start, 'a CRL without an issuer');
    this.thisUpdate = readTime(tbs).instant;
    const next = tbs.peek();
    this.nextUpdate = next === Tag.utcTime || next === Tag.generalizedTime ? readTime(tbs).instant : null;
    let entries: DerReader | null = null;
    if (tbs.peek() === Tag.sequence) {
      entries = tbs.enter(Tag.sequence);
      // RFC 5280 §5.1.2.6: absent when there are no revoked certificates.
      if (entries.done) throw tbs.fault('X509_SEQUENCE_EMPTY', tbs.start, 'an empty list of revoked certificates');
    }
    this.extensions = new ExtensionSet(der, readCrlExtensions(tbs, this.version));
    tbs.finish();
    this.crlNumber = readNumber(this.extensions, extensionTypes.crlNumber);
    this.baseNumber = readNumber(this.extensions, extensionTypes.deltaCrlIndicator);
    const point = this.extensions.find(extensionTypes.issuingDistributionPoint);
    this.distributionPoint =
      point === null ? null : readIssuingDistributionPoint(new DerReader(der, point.start, point.end));
    const listed = indexEntries(entries, seedOf(this.signature), {
      versionTwo: this.version === 2,
      indirect: this.distributionPoint?.indirect === true,
    });
    this.index = listed.index;
    const unknown = this.extensions.list.find(({ type, critical }) => critical && !processed.has(type));
    this.unknownCritical = unknown?.type ?? listed.unknownCritical;
  }

  /** The entry for a serial number (content of its INTEGER) issued by the CRL's own issuer; null where there is none. */
  find(serialNumber: Uint8Array): CrlEntry | null {
    return this.findOf(serialNumber, this.issuer);
  }

  /** The entry for a serial number under an issuer: an indirect CRL lists certificates of several (RFC 5280 §5.3.3). */
  findOf(serialNumber: Uint8Array, issuer: DistinguishedName): CrlEntry | null {
    let found: CrlEntry | null = null;
    for (const offset of this.index.offsetsOf(serialNumber)) {
      if (!this.entryIsOf(offset, issuer)) continue;
      const entry = this.entryAt(offset);
      // Listed twice: what revokes counts.
      if (found === null || found.reason === removeFromCrl) found = entry;
    }
    return found;
  }

  /** Whether the key signed the list. */
  verifiedBy(
    verify: SignatureVerifier,
    algorithm: SignatureAlgorithm,
    key: SubjectPublicKey,
  ): ReturnType<SignatureVerifier> {
    return verify(algorithm, key, this.tbs, this.signature);
  }

  /** Bounds of the element revokedCertificates in `der`; null where the list is absent. */
  get listBounds(): { readonly start: number; readonly end: number } | null {
    const tbs = this.upToList();
    if (tbs === null) return null;
    tbs.expect(Tag.sequence);
    return { start: tbs.start, end: tbs.contentEnd };
  }

  /** Every entry in the order of the list; reads each when it is asked for. */
  *entries(): Generator<CrlEntry> {
    const list = this.entryList();
    while (list !== null && !list.done) yield readCrlEntry(list);
  }

  private entryAt(offset: number): CrlEntry {
    return readCrlEntry(new DerReader(this.der, offset));
  }

  private entryIsOf(offset: number, issuer: DistinguishedName): boolean {
    const issuerOffset = this.index.issuerOffsetOf(offset);
    if (issuerOffset === 0) return this.issuer.equals(issuer);
    const names = this.entryAt(issuerOffset).certificateIssuer ?? [];
    return names.some((name) => name.kind === 'directory' && name.value.equals(issuer));
  }

  private entryList(): DerReader | null {
    return this.upToList()?.enter(Tag.sequence) ?? null;
  }

  /** A cursor over TBSCertList that stands before revokedCertificates; null where that is absent. */
  private upToList(): DerReader | null {
    if (this.index.count === 0) return null;
    const tbs = new DerReader(this.der).enter(Tag.sequence).enter(Tag.sequence);
    if (this.version === 2) tbs.next();
    tbs.next();
    tbs.next();
    tbs.next();
    if (this.nextUpdate !== null) tbs.next();
    return tbs;
  }
}

/** Reads one CRL that fills the bytes, and indexes it. @throws X509Error */
export function readCrl(der: Uint8Array, options: CrlOptions = {}): Crl {
  return new Crl(der, options);
}

function readCrlExtensions(tbs: DerReader, version: 1 | 2): Extension[] {
  const extensions: Extension[] = [];
  if (!tbs.optional(0xa0)) return extensions;
  if (version === 1) throw tbs.fault('X509_FIELD_NEEDS_LATER_VERSION', tbs.start, 'extensions in a CRL of version 1');
  const explicit = tbs.inside();
  const list = explicit.enter(Tag.sequence);
  explicit.finish();
  readExtensionList(list, extensions);
  return extensions;
}

/** A CRLNumber: not negative, at most 20 octets (RFC 5280 §5.2.3). */
function readNumber(extensions: ExtensionSet, type: string): Uint8Array | null {
  const value = extensions.valueOf(type);
  const extension = extensions.find(type);
  if (value === null || extension === null) return null;
  const reader = new DerReader(value);
  try {
    reader.expect(Tag.integer);
    checkInteger(reader);
    reader.finish();
    const length = reader.contentEnd - reader.contentStart;
    if ((reader.bytes[reader.contentStart] ?? 0) >= 0x80 || length > 21)
      throw reader.fault('X509_CRL_MALFORMED', reader.start, 'a CRL number that is negative or beyond 20 octets');
    return reader.content();
  } catch (error) {
    throw error instanceof X509Error ? error.shifted(extension.start) : error;
  }
}

/** The signature is not known before the list is, so serial numbers cannot be chosen for it. */
function seedOf(signature: Uint8Array): number {
  let seed = 0x811c9dc5;
  for (let index = 0; index < signature.length && index < 512; index++)
    seed = Math.imul(seed ^ (signature[index] ?? 0), 0x01000193);
  return seed >>> 0;
}
