import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guardAddress, type AddressClass } from './index.ts';

const publicOnly = { allowPrivate: false };
const privateToo = { allowPrivate: true };

describe('the guard of addresses', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '2a00:1450:4001::1', '172.32.0.1', '100.128.0.1', '11.0.0.1']) {
    it(`lets ${address} be dialled`, () => assert.equal(guardAddress(address, publicOnly), null));
  }

  // A customer's Jira can be here, if the operator says so for that connection.
  for (const [address, addressClass] of [
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.255.255', 'private'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['100.64.0.1', 'shared'],
    ['198.18.0.1', 'benchmarking'],
    ['fd12:3456::1', 'private'],
    ['fec0::1', 'site-local'],
    ['::ffff:10.0.0.1', 'ipv4-mapped'],
    ['::ffff:8.8.8.8', 'ipv4-mapped'],
    ['64:ff9b::808:808', 'nat64'],
    ['2002:808:808::1', 'six-to-four'],
  ] as const satisfies readonly (readonly [string, AddressClass])[]) {
    it(`refuses ${address} (${addressClass}) until the operator allows it`, () => {
      const refusal = guardAddress(address, publicOnly);
      assert.deepEqual([refusal?.addressClass, refusal?.permissible], [addressClass, true]);
      assert.equal(guardAddress(address, privateToo), null);
    });
  }

  for (const [address, addressClass] of [
    ['169.254.169.254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['169.254.1.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'reserved'],
    ['::', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['240.0.0.1', 'reserved'],
    ['192.0.2.1', 'documentation'],
    ['2001:db8::1', 'documentation'],
    // Forms that hide another address, and lead to one that is guarded.
    ['::ffff:169.254.169.254', 'ipv4-mapped'],
    ['::7f00:1', 'ipv4-compatible'],
    ['64:ff9b::a00:1', 'nat64'],
    ['64:ff9b::a9fe:a9fe', 'nat64'],
    ['2002:a00:1::1', 'six-to-four'],
    ['2001::1', 'teredo'],
    ['4000::1', 'reserved'],
    // No addresses at all.
    ['localhost', 'malformed'],
    ['fe80::1%eth0', 'malformed'],
    ['127.1', 'malformed'],
    ['0x7f000001', 'malformed'],
    ['', 'malformed'],
    ['1'.repeat(10_000), 'malformed'],
  ] as const) {
    it(`refuses ${address.slice(0, 40) || 'nothing'} (${addressClass}) whatever is allowed`, () => {
      for (const permission of [publicOnly, privateToo]) {
        const refusal = guardAddress(address, permission);
        assert.equal(refusal?.addressClass, addressClass);
        assert.equal(refusal.permissible, false);
      }
    });
  }
});
