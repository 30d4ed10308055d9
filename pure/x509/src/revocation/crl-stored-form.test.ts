/** Files that are not what was kept: an index or a list that somebody changed is refused, and nothing is looked for without end. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reasonCode, unknownExtension, writeCrl } from '../../generate/crl-author.ts';
import { commonName, keyNamed } from '../../vectors/certificate-author.ts';
import { bytes } from '../../vectors/der-writer.ts';
import { X509Error } from '../x509-error.ts';
import { readCrl } from './crl.ts';
import type { Crl } from './crl.ts';
import { crlFacts, StoredCrl } from './crl-stored.ts';
import type { StoredCrlReads } from './crl-stored.ts';

const entry = { serial: bytes(5), extensions: [reasonCode(1)] };
const der = writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), entries: [entry] });
/** Read in each test, not while loading: a mutation run loads the tests once. */
const one = (): Crl => readCrl(der);
const offsetOfEntry = (): number => one().index.offsetOf(entry.serial);

function stored(of: Crl, reads: Partial<StoredCrlReads>): StoredCrl {
  const { slots } = of.index.toParts();
  return new StoredCrl(
    crlFacts(of),
    {
      readCrl: (start, length) => of.der.subarray(start, start + length),
      readSlots: (first, count) => slots.subarray(first, first + count),
      ...reads,
    },
    { origin: null, signedBy: [] },
  );
}

function faultOf(reads: Partial<StoredCrlReads>, serial = entry.serial): string | null {
  try {
    const crl = one();
    stored(crl, reads).findOf(serial, crl.issuer);
  } catch (error) {
    if (error instanceof X509Error) return `${error.code}: ${error.reason}`;
    throw error;
  }
  return null;
}
const slotsOf = (value: number): Partial<StoredCrlReads> => ({
  readSlots: (_, count) => new Uint32Array(count).fill(value),
});

describe('a CRL in files that were changed', () => {
  it('is refused where its index has no empty place', () => {
    assert.equal(faultOf(slotsOf(offsetOfEntry()), bytes(6)), 'X509_CRL_MALFORMED: an index without an empty place');
    assert.equal(faultOf({}, bytes(6)), null);
  });
  it('is refused where its index points outside the list that was signed', () => {
    const { tbsStart, tbsLength } = crlFacts(one());
    for (const place of [tbsStart - 1, tbsStart + tbsLength - 1, tbsStart + tbsLength, 0xffffffff])
      assert.equal(faultOf(slotsOf(place)), 'X509_CRL_MALFORMED: an index that points outside', String(place));
  });
  it('is refused where an entry is longer than any needs to be', () => {
    const crl = one();
    const offset = offsetOfEntry();
    // The length of the entry says 64 KiB less its header, and one more.
    const claiming = (length: number) => (start: number, count: number) => {
      const read = new Uint8Array(Math.max(count, 16));
      read.set([0x30, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff, 0x02, 1, 5]);
      return start === offset ? read.subarray(0, count) : crl.der.subarray(start, start + count);
    };
    const fault = (length: number): string => {
      try {
        stored(crl, { readCrl: claiming(length) }).findOf(entry.serial, crl.issuer);
        return 'read';
      } catch (error) {
        assert.ok(error instanceof X509Error);
        return error.reason;
      }
    };
    assert.match(fault(65_532), /^an entry of 65537 bytes/);
    assert.doesNotMatch(fault(65_531), /^an entry of/);
  });
});

describe('a CRL in files', () => {
  it('reads entries of any length to their end', () => {
    for (const fill of [0, 60, 120, 200, 400]) {
      const long = { ...unknownExtension(false), value: new Uint8Array(fill) };
      const entries = [
        { serial: bytes(5), extensions: [long, reasonCode(4)] },
        { serial: bytes(6), extensions: [reasonCode(1)] },
      ];
      const whole = readCrl(writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), entries }));
      for (const serial of [5, 6])
        assert.deepEqual(stored(whole, {}).findOf(bytes(serial), whole.issuer), whole.find(bytes(serial)), `${fill}`);
    }
  });
  it('finds an entry at whatever place of the index its search begins', () => {
    const entries = Array.from({ length: 30 }, (_, index) => ({ serial: bytes(1 + index) }));
    const whole = readCrl(writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), entries }));
    for (let serial = 1; serial < 100; serial++)
      assert.equal(stored(whole, {}).findOf(bytes(serial), whole.issuer) !== null, serial <= 30);
  });
});
