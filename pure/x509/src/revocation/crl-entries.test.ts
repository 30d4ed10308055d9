/** What a CRL says when it is asked for its entries: in order, by number, under which issuer, and in which of its forms. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  certificateIssuer,
  crlNumber,
  deltaOf,
  generalizedTime,
  invalidityDate,
  issuingDistributionPoint,
  reasonCode,
  unknownExtension,
  writeCrl,
} from '../../generate/crl-author.ts';
import type { CrlSpec, EntrySpec } from '../../generate/crl-author.ts';
import { authorityKeyIdentifier, commonName, generalName, keyNamed } from '../../vectors/certificate-author.ts';
import { bits, bytes, element, hex, integer, none, sequence, time } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { formatInstant } from '../instant.ts';
import { DistinguishedName } from '../name/distinguished-name.ts';
import { X509Error } from '../x509-error.ts';
import type { Crl } from './crl.ts';
import { readCrl } from './crl.ts';

const der = (spec: Partial<CrlSpec> = {}): Bytes =>
  writeCrl({ issuer: commonName('Root'), signer: keyNamed('root'), ...spec });
const crl = (spec: Partial<CrlSpec> = {}): Crl => readCrl(der(spec));
const name = (text: string): DistinguishedName => new DistinguishedName(commonName(text));
const serials = (list: Crl): readonly string[] => [...list.entries()].map(({ serial }) => serial);
const indirect = (...entries: readonly EntrySpec[]): Crl =>
  crl({ extensions: [crlNumber(1), issuingDistributionPoint({ indirect: true })], entries });
const named = (serial: number, ...issuers: readonly Bytes[]): EntrySpec => ({
  serial: bytes(serial),
  extensions: [{ type: certificateIssuer(none).type, critical: true, value: sequence(...issuers) }],
});
const directory = (text: string): Bytes => generalName.directory(commonName(text));

describe('the entries of a CRL', () => {
  it('are handed out in order, in each form of the list', () => {
    const entries = [{ serial: bytes(5) }, { serial: bytes(3) }];
    for (const spec of [
      {},
      { nextUpdate: none },
      { version: none, extensions: [] },
      { version: none, extensions: [], nextUpdate: none },
      { nextUpdate: generalizedTime('2026-07-01T00:00:00Z'), thisUpdate: generalizedTime('2026-06-01T00:00:00Z') },
    ])
      assert.deepEqual(serials(crl({ ...spec, entries })), ['05', '03']);
    assert.deepEqual(serials(crl()), []);
  });
  it('are read with everything that stands in them', () => {
    const extensions = [reasonCode(4), invalidityDate('2026-01-15T00:00:00Z')];
    const [entry] = crl({ entries: [{ serial: hex('00c2'), extensions }] }).entries();
    assert.ok(entry?.invalidityDate);
    assert.deepEqual(
      [entry.serial, entry.reason, entry.certificateIssuer, entry.unknownCritical],
      ['c2', 4, null, null],
    );
    assert.equal(formatInstant(entry.invalidityDate), '2026-01-15T00:00:00Z');
    assert.equal(formatInstant(entry.revocationDate), '2026-02-01T00:00:00Z');
    const [plain] = crl({ entries: [{ serial: bytes(0) }] }).entries();
    assert.deepEqual([plain?.serial, plain?.reason, plain?.invalidityDate], ['00', null, null]);
  });
  it('are found by every number of up to 127 octets, and by no other', () => {
    const long = (last: number): Bytes => Uint8Array.from({ length: 127 }, (_, index) => (index === 126 ? last : 1));
    const numbers = [
      bytes(0),
      bytes(1),
      hex('0080'),
      hex('80'),
      hex('010203'),
      hex('01020304'),
      hex('0102030405'),
      long(1),
      long(2),
    ];
    for (const left of numbers) {
      const list = crl({ entries: numbers.filter((one) => one !== left).map((serial) => ({ serial })) });
      for (const serial of numbers) assert.equal(list.find(serial) !== null, serial !== left);
    }
    for (const near of [bytes(), hex('0102'), hex('01020306'), hex('010203040506'), long(3)])
      assert.equal(crl({ entries: numbers.map((serial) => ({ serial })) }).find(near), null);
  });
  it('of which one was listed twice: what revokes it counts, in either order', () => {
    const serial = bytes(5);
    const taken = { serial, extensions: [reasonCode(8)] };
    const held = { serial, extensions: [reasonCode(6)] };
    const lost = { serial, extensions: [reasonCode(1)] };
    assert.equal(crl({ entries: [taken, held] }).find(serial)?.reason, 6);
    assert.equal(crl({ entries: [held, taken] }).find(serial)?.reason, 6);
    assert.equal(crl({ entries: [lost, held] }).find(serial)?.reason, 1);
    assert.equal(crl({ entries: [taken] }).find(serial)?.reason, 8);
  });
});

describe('the entries of an indirect CRL', () => {
  const list = indirect(
    { serial: bytes(1) },
    named(2, directory('Other')),
    { serial: bytes(1) },
    named(3, generalName.dns('third.example.com'), directory('Third'), directory('Fourth')),
    { serial: bytes(4) },
    named(5, generalName.dns('fifth.example.com')),
  );
  it('are of its own issuer until another is named, then of that one', () => {
    for (const [issuer, found] of [
      ['Root', [1]],
      ['Other', [1, 2]],
      ['Third', [3, 4]],
      ['Fourth', [3, 4]],
      ['Fifth', []],
    ] as const)
      for (let serial = 1; serial <= 6; serial++)
        assert.equal(
          list.findOf(bytes(serial), name(issuer)) !== null,
          found.some((one) => one === serial),
          `${issuer} ${serial}`,
        );
    assert.equal(list.find(bytes(2)), null);
    assert.notEqual(list.find(bytes(1)), null);
  });
  it('may be many under many issuers', () => {
    const many = indirect(
      ...Array.from({ length: 40 }, (_, index) => [
        named(2 * index + 1, directory(`Issuer ${index}`)),
        { serial: bytes(2 * index + 2) },
      ]).flat(),
    );
    for (let index = 0; index < 40; index++)
      for (const serial of [2 * index + 1, 2 * index + 2]) {
        assert.notEqual(many.findOf(bytes(serial), name(`Issuer ${index}`)), null);
        assert.equal(many.findOf(bytes(serial), name(`Issuer ${index + 1}`)), null);
      }
  });
  it('are not understood where the CRL does not say that it is indirect', () => {
    const entries = [named(2, directory('Other'))];
    assert.equal(crl({ entries }).unknownCritical, '2.5.29.29');
    assert.equal(indirect(...entries).unknownCritical, null);
    const partition = [crlNumber(1), issuingDistributionPoint({ only: 'user' })];
    assert.equal(crl({ entries, extensions: partition }).unknownCritical, '2.5.29.29');
  });
});

describe('a critical extension', () => {
  const unknown = unknownExtension(true);
  const processed = [
    authorityKeyIdentifier(keyNamed('root')),
    { type: '2.5.29.18', value: sequence(generalName.dns('a.example.com')) },
    crlNumber(1),
    deltaOf(1),
    issuingDistributionPoint({ only: 'user' }),
    {
      type: '2.5.29.46',
      value: sequence(sequence(element(0xa0, element(0xa0, generalName.uri('http://a.example.com'))))),
    },
  ];
  for (const extension of processed)
    it(`of a CRL is processed: ${extension.type}`, () => {
      assert.equal(crl({ extensions: [{ ...extension, critical: true }] }).unknownCritical, null);
    });
  it('of a CRL that is not processed is named, before that of an entry', () => {
    const entries = [{ serial: bytes(1), extensions: [{ ...unknown, type: '1.2.3' }] }];
    assert.equal(crl({ extensions: [crlNumber(1), unknown], entries }).unknownCritical, unknown.type);
    assert.equal(crl({ entries }).unknownCritical, '1.2.3');
    assert.equal(crl({ extensions: [crlNumber(1), unknownExtension(false)] }).unknownCritical, null);
  });
  it('of an entry is named: the first of them', () => {
    const entry = (serial: number, ...types: readonly string[]) => ({
      serial: bytes(serial),
      extensions: types.map((type) => ({ ...unknown, type })),
    });
    assert.equal(
      crl({ entries: [{ serial: bytes(9) }, entry(1, '1.2.3'), entry(2, '1.2.4')] }).unknownCritical,
      '1.2.3',
    );
  });
});

describe('a CRL that is put together wrongly', () => {
  const fault = (bytesOfCrl: Bytes): string => {
    try {
      readCrl(bytesOfCrl);
    } catch (error) {
      if (error instanceof X509Error) return `${error.code} at ${error.position}`;
      throw error;
    }
    return 'read';
  };
  /** The three parts of a right one. */
  const parts = (): readonly [Bytes, Bytes, Bytes] => {
    const whole = crl();
    return [whole.tbs, whole.signatureAlgorithm, bits(whole.signature)];
  };
  it('has something behind one of its parts', () => {
    const [tbs, algorithm, signature] = parts();
    const explicit = element(0xa0, sequence(sequence(hex('0603551d14'), hex('0403020101'))), integer(1));
    const head = [integer(1), algorithm, commonName('Root'), time('2026-06-01T00:00:00Z')];
    assert.equal(fault(sequence(tbs, algorithm, signature)), 'read');
    for (const wrong of [
      Uint8Array.from([...sequence(tbs, algorithm, signature), 0]),
      sequence(tbs, algorithm, signature, integer(1)),
      sequence(sequence(...head, integer(1)), algorithm, signature),
      sequence(sequence(...head, explicit), algorithm, signature),
    ])
      assert.match(fault(wrong), /^X509_DER_TRAILING_BYTES/);
  });
  it('names another algorithm inside: told where the one outside stands', () => {
    const other = sequence(hex('06082a8648ce3d040303'));
    const wrong = der({ outerAlgorithm: other });
    const at = fault(wrong).match(/^X509_ALGORITHM_MISMATCH at (\d+)$/)?.[1];
    assert.deepEqual(wrong.subarray(Number(at), Number(at) + other.length), other);
  });
  it('has a number that is none: told where it stands', () => {
    const wrong = der({ extensions: [{ type: '2.5.29.20', value: integer(0, 1) }] });
    const at = Number(fault(wrong).match(/^X509_DER_INTEGER_INVALID at (\d+)$/)?.[1]);
    assert.deepEqual([...wrong.subarray(at - 2, at + 2)], [2, 2, 0, 1]);
  });
  it('has a number that is negative: told where it stands', () => {
    const wrong = der({ extensions: [{ type: '2.5.29.20', value: integer(0x80) }] });
    const at = Number(fault(wrong).match(/^X509_CRL_MALFORMED at (\d+)$/)?.[1]);
    assert.deepEqual([...wrong.subarray(at, at + 3)], [2, 1, 0x80]);
  });
});

describe('the index of a CRL', () => {
  it('counts what it holds and what it takes', () => {
    const list = indirect({ serial: bytes(1) }, named(2, directory('Other')), { serial: bytes(3) });
    assert.equal(list.index.count, 3);
    const { slots, issuerStarts } = list.index.toParts();
    assert.equal(list.index.byteLength, slots.byteLength + issuerStarts.byteLength);
    assert.equal(issuerStarts.length, 1);
    assert.equal(crl().index.count, 0);
  });
  it('has room to spare in any size, and hashes differ from CRL to CRL', () => {
    for (const count of [1, 38, 39, 77, 127, 128, 129, 300]) {
      const list = crl({
        entries: Array.from({ length: count }, (_, at) => ({ serial: bytes(1, at >> 8, at & 255) })),
      });
      const { slots } = list.index.toParts();
      assert.equal(slots.filter((slot) => slot !== 0).length, count);
      assert.equal(slots.length & (slots.length - 1), 0, 'a power of two');
      assert.ok(count <= slots.length * 0.6);
      for (let at = 0; at < count; at++) {
        const offset = list.index.offsetOf(bytes(1, at >> 8, at & 255));
        assert.deepEqual(list.index.offsetsOf(bytes(1, at >> 8, at & 255)), [offset]);
      }
      assert.equal(list.index.offsetOf(bytes(2, 0, 0)), 0);
    }
    const seeds = [1, 2, 3].map((number) => crl({ extensions: [crlNumber(number)] }).index.toParts().seed);
    assert.equal(new Set(seeds).size, 3);
  });
});
