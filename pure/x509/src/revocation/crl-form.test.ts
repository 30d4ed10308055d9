import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  certificateIssuer,
  crlNumber,
  deltaOf,
  invalidityDate,
  reasonCode,
  writeCrl,
} from '../../generate/crl-author.ts';
import type { CrlSpec } from '../../generate/crl-author.ts';
import { commonName, keyNamed } from '../../vectors/certificate-author.ts';
import { ascii, bytes, concat, element, hex, integer, none, sequence, time } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { X509Error } from '../x509-error.ts';
import { readCrl } from './crl.ts';

const base = { issuer: commonName('Root'), signer: keyNamed('root') };
const extended = { extensions: [reasonCode(1), invalidityDate('2026-01-15T00:00:00Z')] };

/** Code of the fault; null where the CRL is read. */
function faultOf(spec: Partial<CrlSpec>): string | null {
  try {
    readCrl(writeCrl({ ...base, ...spec }));
  } catch (error) {
    if (error instanceof X509Error) return error.code;
    throw error;
  }
  return null;
}

const faultOfEntry = (...content: readonly Bytes[]): string | null =>
  faultOf({ entryBytes: sequence(sequence(...content)) });
const date = time('2026-02-01T00:00:00Z');
const utcTime = (digits: string) => element(0x17, ascii(digits));

describe('a CRL is refused', () => {
  it('with an empty issuer', () => assert.equal(faultOf({ issuer: sequence() }), 'X509_NAME_MALFORMED'));
  it('of version 1 with extensions', () =>
    assert.equal(faultOf({ version: none, extensions: [crlNumber(10)] }), 'X509_FIELD_NEEDS_LATER_VERSION'));
  it('of version 1 with an entry that has extensions of any kind', () => {
    assert.equal(faultOf({ version: none, extensions: [], entries: [{ serial: bytes(7) }] }), null);
    for (const extensions of [[reasonCode(1)], extended.extensions])
      assert.equal(
        faultOf({ version: none, extensions: [], entries: [{ serial: bytes(7), extensions }] }),
        'X509_FIELD_NEEDS_LATER_VERSION',
      );
  });
  it('with a version that says 1', () => assert.equal(faultOf({ version: integer(0) }), 'X509_VERSION_INVALID'));
  it('with a CRL number beyond 20 octets', () => {
    const number = (length: number) => integer(...Array.from({ length }, () => 0x11));
    assert.equal(faultOf({ extensions: [{ type: '2.5.29.20', value: number(21) }] }), null);
    assert.equal(faultOf({ extensions: [{ type: '2.5.29.20', value: number(22) }] }), 'X509_CRL_MALFORMED');
  });
  it('with a negative number of its base', () => {
    const negative = { ...deltaOf(0), value: integer(0x80) };
    assert.equal(faultOf({ extensions: [crlNumber(10), negative] }), 'X509_CRL_MALFORMED');
  });
  it('with bytes behind a CRL number', () => {
    const value = bytes(0x02, 0x01, 0x05, 0x00);
    assert.equal(faultOf({ extensions: [{ type: '2.5.29.20', value }] }), 'X509_DER_TRAILING_BYTES');
  });
});

describe('an issuing distribution point is refused', () => {
  const faultOfPoint = (...content: readonly Bytes[]): string | null =>
    faultOf({ extensions: [crlNumber(1), { type: '2.5.29.28', critical: true, value: concat(...content) }] });
  const only = (...tags: readonly number[]) => sequence(...tags.map((tag) => element(tag, bytes(0xff))));
  it('that says nothing', () => assert.equal(faultOfPoint(sequence()), 'X509_SEQUENCE_EMPTY'));
  it('that is for two kinds of certificates, or for three', () => {
    for (const tag of [0x81, 0x82, 0x85]) assert.equal(faultOfPoint(only(tag)), null);
    for (const tags of [
      [0x81, 0x82],
      [0x81, 0x85],
      [0x82, 0x85],
      [0x81, 0x82, 0x85],
    ])
      assert.equal(faultOfPoint(only(...tags)), 'X509_CRL_MALFORMED');
  });
  it('with anything behind it, or behind its members', () => {
    assert.equal(faultOfPoint(only(0x81), integer(1)), 'X509_DER_TRAILING_BYTES');
    assert.equal(faultOfPoint(only(0x81, 0x86)), 'X509_DER_TRAILING_BYTES');
    assert.equal(faultOfPoint(only(0x82, 0x81)), 'X509_DER_TRAILING_BYTES');
  });
});

describe('an entry of a CRL is refused', () => {
  it('with a serial number of more than 127 octets', () => {
    const serial = (length: number) => Uint8Array.from({ length }, () => 0x11);
    assert.equal(faultOf({ entries: [{ serial: serial(127) }] }), null);
    assert.equal(faultOf({ entries: [{ serial: serial(128) }] }), 'X509_CRL_MALFORMED');
  });
  for (const extensions of [[], [reasonCode(1)], extended.extensions])
    it(`with a serial number that is not as short as can be, and ${extensions.length} extensions`, () => {
      for (const serial of ['0042', '007f', 'ff80', 'ffff'])
        assert.equal(faultOf({ entries: [{ serial: hex(serial), extensions }] }), 'X509_DER_INTEGER_INVALID');
      for (const serial of ['00', '7f', '80', 'ff', '0080', 'ff7f', '00ff', 'fe80'])
        assert.equal(faultOf({ entries: [{ serial: hex(serial), extensions }] }), null, serial);
    });
  it('with an empty serial number', () =>
    assert.equal(faultOf({ entries: [{ serial: bytes() }] }), 'X509_DER_INTEGER_INVALID'));
  for (const [first, sentence] of [
    [[], 'in the first entry'],
    [[{ serial: bytes(1), date }], 'behind a good one of the same day'],
    [[{ serial: bytes(1), date: time('2026-02-28T00:00:00Z') }], 'behind a good one of another day'],
  ] as const)
    it(`with a time that no clock or calendar shows, ${sentence}`, () => {
      const faultOfDate = (digits: string) =>
        faultOf({ entries: [...first, { serial: bytes(7), date: utcTime(digits) }] });
      for (const digits of ['260201235959Z', '260201000000Z', '240229000000Z', '500131000000Z', '491231000000Z'])
        assert.equal(faultOfDate(digits), null, digits);
      const wrong =
        '260201240000Z 260201006000Z 260201000060Z 2602010000/0Z 26020100000:Z 260201:00000Z ' +
        '2602010:0000Z 260201/90000Z 260229000000Z 230229000000Z 260200000000Z 261301000000Z ' +
        '260001000000Z /60201000000Z 2:0201000000Z 260201000000+ 260431000000Z';
      for (const digits of wrong.split(' ')) assert.notEqual(faultOfDate(digits), null, digits);
    });
  it('with a date of another length', () => {
    assert.notEqual(faultOfEntry(integer(7), utcTime('2602010000Z')), null);
    assert.notEqual(faultOfEntry(integer(7), element(0x17, ascii('260201000000+0100'))), null);
  });
  it('with a date that is none', () => assert.notEqual(faultOfEntry(integer(7), integer(13)), null));
  it('with a reason code that does not exist', () => {
    for (const code of [7, 11, 255]) {
      assert.notEqual(faultOf({ entries: [{ serial: bytes(7), extensions: [reasonCode(code)] }] }), null);
      const { extensions } = { extensions: [reasonCode(code), ...extended.extensions.slice(1)] };
      assert.notEqual(faultOf({ entries: [{ serial: bytes(7), extensions }] }), null);
    }
  });
  it('with a reason code of two octets', () => {
    const value = element(0x0a, bytes(0, 0x81));
    assert.equal(
      faultOf({ entries: [{ serial: bytes(7), extensions: [{ type: '2.5.29.21', value }] }] }),
      'X509_CRL_MALFORMED',
    );
  });
  it('with bytes behind the value of one of its extensions', () => {
    for (const { type, value } of [
      reasonCode(1),
      invalidityDate('2026-01-15T00:00:00Z'),
      certificateIssuer(base.issuer),
    ])
      assert.equal(
        faultOf({ entries: [{ serial: bytes(7), extensions: [{ type, value: Uint8Array.from([...value, 5, 0]) }] }] }),
        'X509_DER_TRAILING_BYTES',
      );
  });
  it('with bytes behind its extensions', () =>
    assert.equal(
      faultOfEntry(integer(7), date, sequence(hex('300a0603551d1504030a0101')), integer(1)),
      'X509_DER_TRAILING_BYTES',
    ));
  it('that is no sequence', () => assert.notEqual(faultOf({ entryBytes: sequence(integer(7)) }), null));
  it('that reaches beyond the list', () =>
    assert.equal(faultOf({ entryBytes: sequence(hex('3030020107')) }), 'X509_DER_TRUNCATED'));
});
