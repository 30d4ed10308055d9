/** The quick pass over a CRL's entries accepts what the careful reader accepts, byte by byte, and nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crlEntry, invalidityDate, reasonCode } from '../../generate/crl-author.ts';
import type { EntrySpec } from '../../generate/crl-author.ts';
import { ascii, bytes, concat, element, hex, sequence } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { DerReader } from '../der/der-reader.ts';
import { X509Error } from '../x509-error.ts';
import { readCrlEntry } from './crl-entry.ts';
import { indexEntries } from './crl-list.ts';
import type { ListedEntries } from './crl-list.ts';

const versionTwo = { versionTwo: true, indirect: false };
const date = (digits: string): Bytes => element(0x17, ascii(digits));
/** Every pair of digits begins with one that is not 0, so that a wrong second one still makes a number. */
const plain: EntrySpec = { serial: hex('010203'), date: date('261221112233Z') };
const withReason: EntrySpec = { serial: hex('0445'), date: date('261221112233Z'), extensions: [reasonCode(4)] };
const list = (...entries: readonly EntrySpec[]): Bytes => sequence(...entries.map(crlEntry));

function index(encoded: Bytes, options = versionTwo): ListedEntries {
  return indexEntries(new DerReader(encoded).enter(0x30), 7, options);
}

/** Offsets of the entries, or the code of the fault. */
type Answer = readonly number[] | string;

function answerOf(read: () => readonly number[]): Answer {
  try {
    return read();
  } catch (error) {
    if (error instanceof X509Error) return error.code;
    throw error;
  }
}

/** By the careful reader alone. */
function careful(encoded: Bytes): Answer {
  return answerOf(() => {
    const reader = new DerReader(encoded).enter(0x30);
    const offsets: number[] = [];
    while (!reader.done) offsets.push(readCrlEntry(reader).offset);
    return offsets;
  });
}

/** By the quick pass, which must find each entry by its serial number. */
function quick(encoded: Bytes): Answer {
  return answerOf(() => {
    const read = index(encoded).index;
    const offsets = [...read.toParts().slots].filter((offset) => offset !== 0).toSorted((left, right) => left - right);
    for (const offset of offsets) {
      const start = offset + 4;
      const serial = encoded.subarray(start, start + (encoded[start - 1] ?? 0));
      assert.ok(read.offsetsOf(serial).includes(offset));
    }
    return offsets;
  });
}

const values = [
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x17, 0x18, 0x2d, 0x2f,
  0x30, 0x31, 0x32, 0x33, 0x34, 0x36, 0x39, 0x3a, 0x3b, 0x5a, 0x7f, 0x80, 0x81, 0xff,
];

describe('any byte of an entry changed', () => {
  for (const [sentence, entries] of [
    ['in a plain one alone', [plain]],
    ['in a plain one behind another', [{ ...plain, serial: hex('0a') }, plain]],
    ['in one with a reason, alone', [withReason]],
    ['in one with a reason behind a plain one', [plain, withReason]],
  ] as const)
    it(`${sentence}, is judged as by the careful reader`, () => {
      const right = list(...entries);
      assert.notEqual(typeof careful(right), 'string');
      let refused = 0;
      for (let at = right.length - crlEntry(entries.at(-1) ?? plain).length; at < right.length; at++)
        for (const value of values) {
          const changed = right.slice();
          changed[at] = value;
          const expected = careful(changed);
          assert.deepEqual(quick(changed), expected, `${value} at ${at}`);
          if (typeof expected === 'string') refused++;
        }
      assert.ok(refused > right.length, `${refused} refused`);
    });
  it('a length in a form that is none is refused, whatever follows', () => {
    for (let length = 0x80; length <= 0x8f; length++) {
      const serial = new Uint8Array(length - 17).fill(0x11);
      const content = concat(element(0x02, serial), date('261221112233Z'));
      const wrong = sequence(bytes(0x30, length), content);
      assert.equal(quick(wrong), careful(wrong));
      assert.equal(typeof quick(wrong), 'string');
    }
  });
  it('an entry that reaches beyond the list is refused, although its bytes are there', () => {
    const two = list(plain, { ...plain, serial: hex('05') });
    for (let less = 1; less < crlEntry({ ...plain, serial: hex('05') }).length; less++) {
      const cut = two.slice();
      cut[1] = (cut[1] ?? 0) - less;
      assert.equal(quick(cut), 'X509_DER_TRUNCATED');
    }
  });
});

describe('a date', () => {
  it('is not compared with the serial number beside it', () => {
    const entry = (serial: string, digits: string): EntrySpec => ({ serial: hex(serial), date: date(digits) });
    assert.equal(
      quick(list(entry('0139393939', '261221112233Z'), entry('02', '269999112233Z'))),
      'X509_DER_TIME_INVALID',
    );
    assert.equal(
      quick(list(entry('01', '261221112233Z'), entry('0231323231', '269999112233Z'))),
      'X509_DER_TIME_INVALID',
    );
  });
});

describe('an entry that needs a reader', () => {
  const generalized = element(0x18, ascii('20261221112233Z'));
  const versionOne = { versionTwo: false, indirect: false };
  const serials = ['00', '0100', '01ff', '7f', '33'.repeat(120), `${'33'.repeat(119)}00`, `${'33'.repeat(119)}ff`];
  for (const serial of serials)
    it(`is read in a CRL of version 1 where it has no extensions: serial number ${serial.slice(-6)} of ${serial.length / 2} octets`, () => {
      assert.equal(index(list({ serial: hex(serial), date: generalized }), versionOne).index.count, 1);
      assert.throws(
        () => index(list({ serial: hex(serial), date: generalized, extensions: [reasonCode(1)] }), versionOne),
        { code: 'X509_FIELD_NEEDS_LATER_VERSION' },
      );
    });
  it('begins no issuer and names no critical extension where it has none', () => {
    const encoded = list(plain, { ...plain, serial: hex('09'), extensions: [invalidityDate('2026-01-15T00:00:00Z')] });
    for (const indirect of [false, true]) {
      const read = index(encoded, { versionTwo: true, indirect });
      assert.deepEqual([read.unknownCritical, read.index.toParts().issuerStarts.length], [null, 0]);
    }
  });
});

describe('the table of the index', () => {
  it('is as large as the number of entries asks for, wherever the list stands', () => {
    const entries = Array.from({ length: 75 }, (_, at) => ({
      serial: bytes(1, 2, 3, 4, at),
      date: date('261221112233Z'),
    }));
    const encoded = list(...entries);
    assert.equal(index(encoded).index.toParts().slots.length, 128);
    const behind = concat(new Uint8Array(4000), encoded);
    const read = indexEntries(new DerReader(behind, 4000).enter(0x30), 7, versionTwo);
    assert.equal(read.index.toParts().slots.length, 128);
  });
});
