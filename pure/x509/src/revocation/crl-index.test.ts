/** The table of a CRL's serial numbers: how it grows, when it is given up, and that nothing is taken for another. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crlEntry } from '../../generate/crl-author.ts';
import { bytes, hex, sequence } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { DerReader } from '../der/der-reader.ts';
import { X509Error } from '../x509-error.ts';
import { hashOfSerial } from './crl-index.ts';
import type { CrlIndex } from './crl-index.ts';
import { indexEntries } from './crl-list.ts';

const seed = 7;

function index(serials: readonly Bytes[]): CrlIndex {
  const list = sequence(...serials.map((serial) => crlEntry({ serial })));
  return indexEntries(new DerReader(list).enter(0x30), seed, { versionTwo: true, indirect: false }).index;
}

/** Five octets, so that an entry has 24; all different. */
const numbered = (count: number, of = 1): readonly Bytes[] =>
  Array.from({ length: count }, (_, at) => bytes(of, 2, 3, at >> 8, at & 0xff));
/** The first entry is so long that fewer are expected than come. */
const long = (octets: number): Bytes => new Uint8Array(octets).fill(0x11);

describe('the table', () => {
  for (const [count, slots] of [
    [38, 64],
    [39, 128],
    [76, 128],
    [77, 256],
  ] as const)
    it(`of ${count} entries has ${slots} places: six tenths may be taken, and no more`, () => {
      assert.equal(index(numbered(count)).toParts().slots.length, slots);
    });
  for (const [count, octets, slots] of [
    [384, 105, 1024],
    [1000, 105, 2048],
    [1000, 127, 2048],
    [256, 100, 512],
  ] as const)
    it(`grows to ${slots} places under ${count} entries that were not expected, and keeps what it holds`, () => {
      const serials = [long(octets), ...numbered(count - 1)];
      const grown = index(serials);
      const { slots: places } = grown.toParts();
      assert.equal(places.length, slots);
      const held = [...places].filter((offset) => offset !== 0);
      assert.deepEqual([held.length, new Set(held).size, grown.count], [count, count, count]);
      for (const serial of serials) assert.deepEqual(grown.offsetsOf(serial), [grown.offsetOf(serial)]);
      assert.ok(serials.every((serial) => grown.offsetOf(serial) !== 0));
      assert.ok(numbered(300, 5).every((serial) => grown.offsetOf(serial) === 0));
    });
  it('keeps a long entry that is not the first one where it grows, too', () => {
    const serials = [long(105), ...numbered(200), long(126), ...numbered(800, 5)];
    const grown = index(serials);
    assert.ok(serials.every((serial) => grown.offsetOf(serial) !== 0));
    assert.equal(grown.offsetOf(long(125)), 0);
  });
});

describe('a serial number', () => {
  it('is not taken for another that begins with it, wherever the two fall', () => {
    for (let last = 0; last < 256; last++) {
      const longer = index([bytes(1, 2, last)]);
      assert.equal(longer.offsetOf(bytes(1, 2)), 0);
      assert.deepEqual(longer.offsetsOf(bytes(1, 2)), []);
      assert.notEqual(longer.offsetOf(bytes(1, 2, last)), 0);
      const shorter = index([hex('0102')]);
      assert.equal(shorter.offsetOf(bytes(1, 2, last)), 0);
    }
  });
});

describe('serial numbers that were chosen to collide', () => {
  /** So many that fall into the same 256 of 4096 places. */
  const colliding = (count: number): readonly Bytes[] => {
    const found: Bytes[] = [];
    for (let at = 0; found.length < count; at++) {
      const serial = bytes(1, 2, at >> 16, (at >> 8) & 0xff, at & 0xff);
      if ((hashOfSerial(serial, seed) & 0xfff) < 256) found.push(serial);
    }
    return found;
  };
  const outcome = (count: number): string => {
    try {
      return `${index(colliding(count)).count} entries`;
    } catch (error) {
      if (!(error instanceof X509Error)) throw error;
      // Where one of the entries that were put in last stands.
      return `${error.code} in entry ${Math.floor(error.position / 24)}`;
    }
  };
  it('are refused where they make the table a list, told by an entry', () => {
    assert.match(outcome(1800), /^X509_CRL_MALFORMED in entry 1[56]\d\d$/);
  });
  it('are indexed as long as they cost no more than others', () => {
    assert.equal(outcome(1560), '1560 entries');
    assert.equal(index(colliding(1560)).toParts().slots.length, 4096);
  });
});
