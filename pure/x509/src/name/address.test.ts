import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatAddress, parseAddress } from './address.ts';

describe('IP addresses', () => {
  for (const [text, shown] of [
    ['192.0.2.1', '192.0.2.1'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1::', '1::'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['[fe80::1]', 'fe80::1'],
  ] as const)
    it(`reads ${text} and writes it as RFC 5952 says`, () => {
      const bytes = parseAddress(text);
      assert.ok(bytes);
      assert.equal(formatAddress(bytes), shown);
    });

  for (const text of [
    '',
    '1.2.3',
    '01.2.3.4',
    '256.1.1.1',
    '1.2.3.4.5',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    'g::',
    '12345::',
    '0x7f.1',
    '1.2.3.4 ',
  ])
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseAddress(text), null));
});
