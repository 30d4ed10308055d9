import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { element, integer, objectIdentifier, readElements, sequence, time } from './der.ts';

describe('DER writing (X.690)', () => {
  for (const { what, bytes, expected } of [
    { what: 'a small integer', bytes: integer(5), expected: '020105' },
    { what: 'an integer whose first bit is set, with a leading zero', bytes: integer(0x80), expected: '02020080' },
    { what: 'zero', bytes: integer(0), expected: '020100' },
    {
      what: 'an object identifier with a large arc',
      bytes: objectIdentifier('1.2.840.113549'),
      expected: '06062a864886f70d',
    },
    {
      what: 'an object identifier below joint-iso-itu-t',
      bytes: objectIdentifier('2.5.29.14'),
      expected: '0603551d0e',
    },
    {
      what: 'UTCTime through 2049',
      bytes: time(Date.UTC(2049, 11, 31, 23, 59, 59)),
      expected: '170d3439313233313233353935395a',
    },
    {
      what: 'GeneralizedTime from 2050',
      bytes: time(Date.UTC(2050, 0, 1)),
      expected: '180f32303530303130313030303030305a',
    },
  ]) {
    it(`writes ${what}`, () => assert.equal(bytes.toString('hex'), expected));
  }

  it('writes the long form of a length, and reads it back', () => {
    const bytes = sequence(element(0x04, Buffer.alloc(300, 7)));
    assert.equal(bytes.subarray(0, 4).toString('hex'), '30820130');
    const [outer] = readElements(bytes);
    assert.equal(readElements(outer?.contents ?? new Uint8Array())[0]?.contents.length, 300);
  });

  it('refuses contents that end too early', () => {
    for (const hexadecimal of ['3005', '0402ff', '30', '04820000ff04']) {
      assert.throws(() => readElements(Buffer.from(hexadecimal, 'hex')), RangeError, hexadecimal);
    }
  });
});
