/**
 * Index of a CRL: an open-addressing hash table of entry offsets in one typed array, filled in one pass over the list. The entries themselves stay
 * in the CRL's bytes, so a million of them cost 8 MB. The arrays can be written to a file beside the CRL and used again with its bytes.
 */
import { X509Error } from '../x509-error.ts';

/** Slots of a table for so few entries that counting is not worth it. */
const smallestTable = 64;
/** Probes that honest serial numbers never need: 64 an entry, and some to begin with. Beyond it somebody chose them to collide. */
const probesPerEntry = 64;
const freeProbes = 1_000_000;

/** Entries that are inserted at a time. */
const batch = 128;

/** What an index is made of; plain data. */
export interface CrlIndexParts {
  /** Changes from CRL to CRL, so that serial numbers cannot be chosen once to collide everywhere. */
  readonly seed: number;
  /** Power of two; 0 for an empty slot, else the offset of an entry. */
  readonly slots: Uint32Array;
  readonly count: number;
  /** Offsets of the entries at which a certificateIssuer begins to hold, ascending. Empty in a CRL without one. */
  readonly issuerStarts: Uint32Array;
}

export class CrlIndex {
  private readonly bytes: Uint8Array;
  private readonly parts: CrlIndexParts;

  /** @param bytes the whole CRL that the offsets point into */
  constructor(bytes: Uint8Array, parts: CrlIndexParts) {
    this.bytes = bytes;
    this.parts = parts;
  }

  /** Number of entries in the list. */
  get count(): number {
    return this.parts.count;
  }

  /** Bytes that the index takes beside the CRL. */
  get byteLength(): number {
    return this.parts.slots.byteLength + this.parts.issuerStarts.byteLength;
  }

  /** The arrays, to be kept in a file; `new CrlIndex(bytes, parts)` takes them again. */
  toParts(): CrlIndexParts {
    return this.parts;
  }

  /** Offset of the first entry for a serial number (content of its INTEGER); 0 where there is none. */
  offsetOf(serialNumber: Uint8Array): number {
    const { slots, seed } = this.parts;
    const mask = slots.length - 1;
    let slot = hashOfSerial(serialNumber, seed) & mask;
    for (let offset = slots[slot] ?? 0; offset !== 0; offset = slots[slot] ?? 0) {
      if (holdsSerial(this.bytes, offset, serialNumber)) return offset;
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  /** Offsets of all entries for a serial number: indirect CRLs list the same one under several issuers. */
  offsetsOf(serialNumber: Uint8Array): readonly number[] {
    const offsets: number[] = [];
    const { slots, seed } = this.parts;
    const mask = slots.length - 1;
    let slot = hashOfSerial(serialNumber, seed) & mask;
    for (let offset = slots[slot] ?? 0; offset !== 0; offset = slots[slot] ?? 0) {
      if (holdsSerial(this.bytes, offset, serialNumber)) offsets.push(offset);
      slot = (slot + 1) & mask;
    }
    return offsets;
  }

  /** Offset of the entry whose certificateIssuer holds for the entry at `offset`; 0 where none does, so that it is the CRL's issuer. */
  issuerOffsetOf(offset: number): number {
    return issuerOffsetAmong(this.parts.issuerStarts, offset);
  }
}

/** The last of ascending offsets that is not behind `offset`; 0 where all are. */
export function issuerOffsetAmong(issuerStarts: Uint32Array, offset: number): number {
  let low = 0;
  let high = issuerStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((issuerStarts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (issuerStarts[low - 1] ?? 0);
}

/** Fills an index while the list is read. */
export class CrlIndexBuilder {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly seed: number;
  private slots: Uint32Array;
  private mask: number;
  private room: number;
  private count = 0;
  private probes = 0;
  private readonly issuerStarts: number[] = [];
  private readonly waitingHashes = new Int32Array(batch);
  private readonly waitingOffsets = new Uint32Array(batch);
  private waiting = 0;
  /** Kept, so that the fetching is not optimized away. */
  protected fetched = 0;

  /** @param expected number of entries that are expected; a wrong guess costs time, nothing else */
  constructor(bytes: Uint8Array, seed: number, expected: number) {
    this.bytes = bytes;
    this.view = viewOf(bytes);
    this.seed = seed;
    let size = smallestTable;
    while (size * 0.6 < expected) size *= 2;
    this.slots = new Uint32Array(size);
    this.mask = size - 1;
    this.room = Math.floor(size * 0.6);
  }

  /** @param offset of the entry; @param start,end bounds of the serial number's content */
  add(offset: number, start: number, end: number): void {
    if (this.waiting === batch) this.insertWaiting();
    this.waitingHashes[this.waiting] = hashOf(this.view, start, end, this.seed);
    this.waitingOffsets[this.waiting++] = offset;
  }

  /** The entry at this offset has a certificateIssuer, which holds for those that follow. */
  startIssuer(offset: number): void {
    this.issuerStarts.push(offset);
  }

  finish(): CrlIndex {
    this.insertWaiting();
    const { seed, slots, count } = this;
    return new CrlIndex(this.bytes, { seed, slots, count, issuerStarts: Uint32Array.from(this.issuerStarts) });
  }

  private insertWaiting(): void {
    const { waiting, waitingHashes, waitingOffsets } = this;
    while (this.count + waiting > this.room) this.grow();
    const { slots, mask } = this;
    // The table is larger than the processor's cache: read at first, the places are fetched side by side instead of one after the other.
    let fetched = 0;
    for (let index = 0; index < waiting; index++) fetched |= slots[(waitingHashes[index] ?? 0) & mask] ?? 0;
    this.fetched = fetched;
    for (let index = 0; index < waiting; index++) {
      let slot = (waitingHashes[index] ?? 0) & mask;
      while (slots[slot] !== 0) {
        slot = (slot + 1) & mask;
        this.probes++;
      }
      slots[slot] = waitingOffsets[index] ?? 0;
    }
    this.count += waiting;
    this.waiting = 0;
    if (this.probes > freeProbes + probesPerEntry * this.count)
      throw new X509Error(
        'X509_CRL_MALFORMED',
        waitingOffsets[0] ?? 0,
        'serial numbers that were chosen to collide, or stand in masses',
      );
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    this.mask = this.slots.length - 1;
    this.room = Math.floor(this.slots.length * 0.6);
    for (const offset of old) {
      if (offset === 0) continue;
      const start = serialStart(this.bytes, offset);
      let slot = hashOf(this.view, start, start + (this.bytes[start - 1] ?? 0), this.seed) & this.mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask;
      this.slots[slot] = offset;
    }
  }
}

/** Serial numbers longer than this are refused in a CRL, so that their length has one byte. */
export const maximumSerialBytes = 127;

/** Four bytes at a time: a million serial numbers are hashed in each large CRL. */
function hashOf(view: DataView, start: number, end: number, seed: number): number {
  let hash = seed ^ (end - start);
  let index = start;
  for (; index + 4 <= end; index += 4) {
    hash = Math.imul(hash ^ view.getUint32(index), 0x2c1b3c6d);
    hash ^= hash >>> 15;
  }
  for (; index < end; index++) hash = Math.imul(hash ^ view.getUint8(index), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x297a2d39);
  return hash ^ (hash >>> 15);
}

/** The same of a serial number that stands alone: a view would cost more than the look-up. */
export function hashOfSerial(bytes: Uint8Array, seed: number): number {
  const end = bytes.length;
  let hash = seed ^ end;
  let index = 0;
  for (; index + 4 <= end; index += 4) {
    const high = ((bytes[index] ?? 0) << 24) | ((bytes[index + 1] ?? 0) << 16);
    hash = Math.imul(hash ^ (high | ((bytes[index + 2] ?? 0) << 8) | (bytes[index + 3] ?? 0)), 0x2c1b3c6d);
    hash ^= hash >>> 15;
  }
  for (; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x297a2d39);
  return hash ^ (hash >>> 15);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Offset of the content of the serial number of the entry at an offset that was checked when it was indexed. */
function serialStart(bytes: Uint8Array, offset: number): number {
  const length = bytes[offset + 1] ?? 0;
  return offset + (length < 0x80 ? 2 : 2 + (length & 0x7f)) + 2;
}

function holdsSerial(bytes: Uint8Array, offset: number, serialNumber: Uint8Array): boolean {
  const start = serialStart(bytes, offset);
  const length = serialNumber.length;
  if (bytes[start - 1] !== length) return false;
  for (let index = 0; index < length; index++) if (bytes[start + index] !== serialNumber[index]) return false;
  return true;
}
