/** Lists of a million entries are read quickly because the two usual forms of an entry need no reader: here that is counted, not timed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { invalidityDate, reasonCode, writeCrl } from '../../generate/crl-author.ts';
import type { CrlSpec, EntrySpec } from '../../generate/crl-author.ts';
import { commonName, keyNamed } from '../../vectors/certificate-author.ts';
import { hex, none, time } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { DerReader } from '../der/der-reader.ts';
import { readCrl } from './crl.ts';

/** How often a reader goes into an element while a CRL with these entries is read. */
function entered(entries: readonly EntrySpec[], change: Partial<CrlSpec> = {}): number {
  const der = writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), entries, ...change });
  const { enter } = DerReader.prototype;
  let calls = 0;
  DerReader.prototype.enter = function counted(this: DerReader, ...given: Parameters<typeof enter>) {
    calls++;
    return enter.apply(this, given);
  };
  try {
    assert.equal(readCrl(der).index.count, entries.length);
  } finally {
    DerReader.prototype.enter = enter;
  }
  return calls;
}

const once = (): number => entered([{ serial: hex('01') }]);
const serials = [
  '00',
  '7f',
  '80',
  'ff',
  '0080',
  '00ff',
  'ff7f',
  'ff00',
  '0102',
  'fe80',
  '11'.repeat(20),
  '22'.repeat(90),
];
const dates = [
  '2026-02-01T00:00:00Z',
  '2026-02-01T23:59:59Z',
  '2026-02-02T10:20:30Z',
  '2026-12-31T19:09:05Z',
  '2024-02-29T01:01:01Z',
  '2000-01-31T00:00:00Z',
  '2000-02-29T00:00:00Z',
  '1996-02-29T00:00:00Z',
  '2049-11-30T00:00:00Z',
];
const reasons = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10];

describe('an entry needs no reader', () => {
  for (const serial of serials)
    it(`with the serial number ${serial.slice(0, 8)} of ${serial.length / 2} octets`, () => {
      assert.equal(entered([{ serial: hex(serial) }]), once());
      assert.equal(entered([{ serial: hex('01') }, { serial: hex(serial) }, { serial: hex('02') }]), once());
    });
  it('with any date as UTCTime, the same as before or another', () => {
    const entries = [...dates, ...dates.toReversed()].map((date, index) => ({
      serial: hex(`01${10 + index}`),
      date: time(date),
    }));
    assert.equal(entered(entries), once());
    for (const date of dates) assert.equal(entered([{ serial: hex('01'), date: time(date) }]), once());
    assert.equal(entered([{ serial: hex('01'), date: hex('170d3530303130313030303030305a') }]), once());
  });
  it('with a reason code alone', () => {
    const entries = reasons.map((reason, index) => ({
      serial: hex(`01${10 + index}`),
      extensions: [reasonCode(reason)],
    }));
    assert.equal(entered(entries), once());
    for (const entry of entries) assert.equal(entered([entry]), once());
  });
  it('in a CRL of version 1', () => {
    const first = { version: none, extensions: [] };
    const alone = entered([{ serial: hex('01') }], first);
    assert.equal(entered([{ serial: hex('01') }, { serial: hex('0203') }], first), alone);
  });
});

describe('an entry needs a reader', () => {
  const unusual: readonly (readonly [string, EntrySpec])[] = [
    ['with another extension', { serial: hex('02'), extensions: [invalidityDate('2026-01-15T00:00:00Z')] }],
    [
      'with another extension beside the reason',
      { serial: hex('02'), extensions: [reasonCode(1), invalidityDate('2026-01-15T00:00:00Z')] },
    ],
    ['with a date as GeneralizedTime', { serial: hex('02'), date: hex('180f32303236303230313030303030305a') }],
    ['with a serial number so long that the entry has a long length', { serial: hex('33'.repeat(120)) }],
  ];
  for (const [sentence, entry] of unusual)
    it(sentence, () => {
      const around = (...entries: readonly EntrySpec[]): number =>
        entered([{ serial: hex('01') }, ...entries, { serial: hex('03') }]);
      assert.ok(around(entry) > once());
      const found = readCrl(
        writeCrl({
          issuer: commonName('Root'),
          signer: keyNamed('root'),
          entries: [{ serial: hex('01') }, entry, { serial: hex('03') }],
        }),
      );
      for (const serial of [hex('01'), entry.serial, hex('03')] satisfies Bytes[])
        assert.notEqual(found.find(serial), null);
    });
});
