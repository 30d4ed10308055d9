import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classifyAddress } from './address-class.ts';
import { guardAddress } from './address-guard.ts';
import { readIpAddress, showIpAddress } from './ip-address.ts';

const classes: readonly [string, string][] = [
  ['8.8.8.8', 'public'],
  ['172.32.0.1', 'public'],
  ['100.128.0.1', 'public'],
  ['2606:4700::1111', 'public'],
  ['10.1.2.3', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.0.1', 'private'],
  ['fd12:3456::1', 'private'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['169.254.1.1', 'link-local'],
  ['fe80::1', 'link-local'],
  ['100.64.0.1', 'shared'],
  ['100.127.255.255', 'shared'],
  ['169.254.169.254', 'metadata'],
  ['100.100.100.200', 'metadata'],
  ['168.63.129.16', 'metadata'],
  ['fd00:ec2::254', 'metadata'],
  ['224.0.0.1', 'multicast'],
  ['ff02::1', 'multicast'],
  ['0.0.0.0', 'unspecified'],
  ['::', 'unspecified'],
  ['0.1.2.3', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['240.0.0.1', 'reserved'],
  ['192.0.2.1', 'documentation'],
  ['2001:db8::1', 'documentation'],
  ['198.18.0.1', 'benchmarking'],
  ['::ffff:127.0.0.1', 'ipv4-mapped'],
  ['::ffff:7f00:1', 'ipv4-mapped'],
  ['::127.0.0.1', 'ipv4-compatible'],
  ['64:ff9b::7f00:1', 'nat64'],
  ['64:ff9b:1::10.0.0.1', 'nat64'],
  ['2002:7f00:1::1', 'six-to-four'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'teredo'],
  ['fec0::1', 'site-local'],
  ['100::1', 'discard'],
  ['4000::1', 'reserved'],
];

describe('the guard of addresses', () => {
  for (const [address, expected] of classes)
    it(`sees ${address} as ${expected}`, () => {
      const read = readIpAddress(address);
      assert.ok(read !== null);
      assert.equal(classifyAddress(read), expected);
      assert.equal(guardAddress(address, { allowPrivate: false }) === null, expected === 'public');
    });

  it('lets private and loopback through where the operator allowed it, and nothing that hides or harms', () => {
    for (const address of ['10.0.0.1', '127.0.0.1', '::1', 'fd12::1', '100.64.0.1', '::ffff:10.0.0.1'])
      assert.equal(guardAddress(address, { allowPrivate: true }), null, address);
    for (const address of [
      '169.254.169.254',
      '169.254.0.1',
      '::ffff:169.254.169.254',
      '64:ff9b::169.254.169.254',
      '2002:a9fe:a9fe::1',
      'fd00:ec2::254',
      '0.0.0.0',
      '::',
      '224.0.0.1',
      '255.255.255.255',
      'fe80::1',
    ])
      assert.equal(guardAddress(address, { allowPrivate: true })?.code, 'address-forbidden', address);
  });

  it('names the address that a form leads to', () => {
    assert.match(guardAddress('64:ff9b::a00:1', { allowPrivate: true })?.message ?? '', /10\.0\.0\.1/);
    assert.match(guardAddress('2002:7f00:1::', { allowPrivate: true })?.message ?? '', /127\.0\.0\.1/);
  });

  it('takes no lenient form of an address', () => {
    for (const text of [
      '0177.0.0.1',
      '2130706433',
      '127.1',
      '0x7f.0.0.1',
      '1.2.3.4.5',
      '1.2.3.256',
      '01.2.3.4',
      'fe80::1%eth0',
      '[::1]',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7:8:9',
      '12345::',
      '::ffff:1.2.3',
      '',
      'localhost',
      '1.2.3.4 ',
    ])
      assert.equal(guardAddress(text, { allowPrivate: true })?.addressClass, 'malformed', text);
  });

  it('shows addresses in their usual form', () => {
    for (const text of ['1.2.3.4', '::', '::1', '2001:db8::1', 'fe80::1:0:0:1', '1:2:3:4:5:6:7:8'])
      assert.equal(showIpAddress(readIpAddress(text) ?? { version: 4, bytes: new Uint8Array(4) }), text);
  });
});
