/**
 * A CRL whose entries and index lie elsewhere, in files beside each other: what is asked about every CRL (issuer, window, scope, signature) is
 * kept in memory, a look-up reads a few bytes of both by functions that were given. A CRL of a million entries costs a few kilobytes this way.
 */
import { DerReader, Tag } from '../der/der-reader.ts';
import type { ExtensionSet } from '../extensions/extension-set.ts';
import { equalBytes } from '../hexadecimal.ts';
import type { UtcInstant } from '../instant.ts';
import type { DistinguishedName } from '../name/distinguished-name.ts';
import type { SignatureAlgorithm } from '../signature/signature-algorithm.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import { X509Error } from '../x509-error.ts';
import { readCrlEntry } from './crl-entry.ts';
import type { CrlEntry } from './crl-entry.ts';
import { issuerOffsetAmong, hashOfSerial, maximumSerialBytes } from './crl-index.ts';
import { readCrl } from './crl.ts';
import type { Crl } from './crl.ts';
import type { IssuingDistributionPoint } from './issuing-distribution-point.ts';
import { removeFromCrl } from './reason.ts';
import type { RevocationList } from './revocation-list.ts';

/** What is kept of a CRL beside its bytes and the slots of its index. */
export interface CrlFacts {
  /** The CRL without its entries, a valid encoding of its own: everything but the list is read from it. */
  readonly frame: Uint8Array;
  /** Offset and length of TBSCertList in the CRL: what was signed. */
  readonly tbsStart: number;
  readonly tbsLength: number;
  readonly unknownCritical: string | null;
  readonly count: number;
  readonly seed: number;
  readonly slotCount: number;
  readonly issuerStarts: Uint32Array;
}

/** Positioned reads of the two files. They must answer with exactly what was asked for, or throw. */
export interface StoredCrlReads {
  readonly readCrl: (offset: number, length: number) => Uint8Array;
  /** Slots of the index from the one with number `first`. */
  readonly readSlots: (first: number, count: number) => Uint32Array;
}

export interface StoredCrlOptions {
  readonly origin: string | null;
  /** SubjectPublicKeyInfo of keys that are known to have signed these very bytes: their signature is not checked again. */
  readonly signedBy: readonly Uint8Array[];
}

/** Bytes of an entry with which looking begins: most entries are below 50. */
const firstLook = 4 + 2 + maximumSerialBytes + 2;
/** Bytes of one entry; more is no entry that anybody needs. */
const longestEntry = 64 * 1024;
/** Slots that are read at a time. */
const slotsAtOnce = 32;
/** Slots that are looked at for one serial number; an index that was built here never needs so many. */
const mostSlots = 1_000_000;

export class StoredCrl implements RevocationList {
  readonly origin: string | null;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: UtcInstant;
  readonly nextUpdate: UtcInstant | null;
  readonly extensions: ExtensionSet;
  readonly crlNumber: Uint8Array | null;
  readonly baseNumber: Uint8Array | null;
  readonly distributionPoint: IssuingDistributionPoint | null;
  readonly unknownCritical: string | null;
  readonly signatureAlgorithm: Uint8Array;
  /** Number of entries. */
  readonly count: number;
  readonly #signature: Uint8Array;
  readonly #facts: CrlFacts;
  readonly #reads: StoredCrlReads;
  /** Answers about keys, by SubjectPublicKeyInfo; checking one reads the whole list. */
  readonly #answers: { readonly key: Uint8Array; readonly answer: ReturnType<SignatureVerifier> }[];

  /** @throws X509Error where the frame is none */
  constructor(facts: CrlFacts, reads: StoredCrlReads, options: StoredCrlOptions) {
    const frame = readCrl(facts.frame);
    this.origin = options.origin;
    this.issuer = frame.issuer;
    this.thisUpdate = frame.thisUpdate;
    this.nextUpdate = frame.nextUpdate;
    this.extensions = frame.extensions;
    this.crlNumber = frame.crlNumber;
    this.baseNumber = frame.baseNumber;
    this.distributionPoint = frame.distributionPoint;
    this.signatureAlgorithm = frame.signatureAlgorithm;
    this.#signature = frame.signature;
    this.unknownCritical = facts.unknownCritical;
    this.count = facts.count;
    this.#facts = facts;
    this.#reads = reads;
    this.#answers = options.signedBy.map((key) => ({ key, answer: 'valid' }));
  }

  /** The entry for a serial number under an issuer; null where there is none. @throws X509Error, and what the reads throw */
  findOf(serialNumber: Uint8Array, issuer: DistinguishedName): CrlEntry | null {
    let found: CrlEntry | null = null;
    for (const offset of this.#offsetsOf(serialNumber)) {
      if (!this.#entryIsOf(offset, issuer)) continue;
      const entry = this.#entryAt(offset);
      // Listed twice: what revokes counts.
      if (found === null || found.reason === removeFromCrl) found = entry;
    }
    return found;
  }

  /** Known for the keys that were given; for another the signed bytes are read once, and the answer is remembered. */
  verifiedBy(
    verify: SignatureVerifier,
    algorithm: SignatureAlgorithm,
    key: SubjectPublicKey,
  ): ReturnType<SignatureVerifier> {
    const known = this.#answers.find((one) => equalBytes(one.key, key.der));
    if (known !== undefined) return known.answer;
    const { tbsStart, tbsLength } = this.#facts;
    const answer = verify(algorithm, key, this.#reads.readCrl(tbsStart, tbsLength), this.#signature);
    if (this.#answers.length < mostRememberedKeys) this.#answers.push({ key: key.der, answer });
    return answer;
  }

  #offsetsOf(serialNumber: Uint8Array): number[] {
    const { slotCount, seed, count } = this.#facts;
    const offsets: number[] = [];
    if (count === 0) return offsets;
    let slot = hashOfSerial(serialNumber, seed) & (slotCount - 1);
    for (let looked = 0; looked < Math.min(mostSlots, slotCount);) {
      const slots = this.#reads.readSlots(slot, Math.min(slotsAtOnce, slotCount - slot));
      for (const offset of slots) {
        if (offset === 0) return offsets;
        if (this.#holdsSerial(offset, serialNumber)) offsets.push(offset);
      }
      looked += slots.length;
      slot = (slot + slots.length) & (slotCount - 1);
    }
    throw new X509Error('X509_CRL_MALFORMED', 0, 'an index without an empty place');
  }

  #holdsSerial(offset: number, serialNumber: Uint8Array): boolean {
    const bytes = this.#read(offset, firstLook);
    const lengthByte = bytes[1] ?? 0;
    const start = (lengthByte < 0x80 ? 2 : 2 + (lengthByte & 0x7f)) + 2;
    if (bytes[start - 1] !== serialNumber.length) return false;
    return equalBytes(bytes.subarray(start, start + serialNumber.length), serialNumber);
  }

  #entryAt(offset: number): CrlEntry {
    const head = this.#read(offset, firstLook);
    const reader = new DerReader(head);
    const lengthByte = head[1] ?? 0;
    let length = 2 + lengthByte;
    if (lengthByte >= 0x80) {
      length = 0;
      const digits = lengthByte & 0x7f;
      for (let index = 0; index < digits; index++) length = length * 256 + (head[2 + index] ?? 0);
      length += 2 + digits;
    }
    if (length > longestEntry) throw reader.fault('X509_CRL_MALFORMED', offset, `an entry of ${length} bytes`);
    const bytes = length <= head.length ? head.subarray(0, length) : this.#read(offset, length);
    return { ...readCrlEntry(new DerReader(bytes)), offset };
  }

  #entryIsOf(offset: number, issuer: DistinguishedName): boolean {
    const issuerOffset = issuerOffsetAmong(this.#facts.issuerStarts, offset);
    if (issuerOffset === 0) return this.issuer.equals(issuer);
    const names = this.#entryAt(issuerOffset).certificateIssuer ?? [];
    return names.some((name) => name.kind === 'directory' && name.value.equals(issuer));
  }

  /** At most `length` bytes; an entry may be the last thing that was signed. */
  #read(offset: number, length: number): Uint8Array {
    const { tbsStart, tbsLength } = this.#facts;
    const left = tbsStart + tbsLength - offset;
    if (offset < tbsStart || left < 2)
      throw new X509Error('X509_CRL_MALFORMED', offset, 'an index that points outside');
    return this.#reads.readCrl(offset, Math.min(length, left));
  }
}

/** Keys of one issuer name whose answers are remembered. */
const mostRememberedKeys = 16;

/** What has to be kept of a CRL so that `StoredCrl` can answer for it; its slots are `crl.index.toParts().slots`. */
export function crlFacts(crl: Crl): CrlFacts {
  const { seed, count, slots, issuerStarts } = crl.index.toParts();
  return {
    frame: frameOf(crl),
    tbsStart: crl.tbs.byteOffset - crl.der.byteOffset,
    tbsLength: crl.tbs.length,
    unknownCritical: crl.unknownCritical,
    count,
    seed,
    slotCount: slots.length,
    issuerStarts,
  };
}

/** The same CRL with the list left out, which the grammar allows (RFC 5280 §5.1.2.6). */
function frameOf(crl: Crl): Uint8Array {
  const list = crl.listBounds;
  if (list === null) return crl.der.slice();
  const outer = new DerReader(crl.der).enter(Tag.sequence);
  outer.expect(Tag.sequence);
  const { contentStart, contentEnd } = outer;
  const tbs = [crl.der.subarray(contentStart, list.start), crl.der.subarray(list.end, contentEnd)];
  const tbsLength = (tbs[0]?.length ?? 0) + (tbs[1]?.length ?? 0);
  const rest = crl.der.subarray(contentEnd, outer.end);
  const tbsHeader = sequenceHeader(tbsLength);
  return joined([sequenceHeader(tbsHeader.length + tbsLength + rest.length), tbsHeader, ...tbs, rest]);
}

function sequenceHeader(length: number): Uint8Array {
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest & 0xff);
  return Uint8Array.from(length < 0x80 ? [Tag.sequence, length] : [Tag.sequence, 0x80 | digits.length, ...digits]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
