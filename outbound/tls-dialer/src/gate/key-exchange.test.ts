import assert from 'node:assert/strict';
import { createDiffieHellman, getDiffieHellman, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { tls12Six } from '@sallyport/tls-policy';
import { ffdhePrime, judgeKeyExchange, keyExchangeName } from './key-exchange.ts';

const groupOf = (prime: Uint8Array) => ({ kind: 'DHE', group: null, prime }) as const;

describe('groups of a key exchange', () => {
  it('computes the primes of RFC 7919, which are safe primes', () => {
    const prime = ffdhePrime(2048, 560_316n);
    assert.equal(prime.length, 256);
    // The beginning and the end that appendix A.1 prints.
    assert.match(Buffer.from(prime).toString('hex'), /^ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1/);
    assert.match(Buffer.from(prime).toString('hex'), /886b423861285c97ffffffffffffffff$/);
    assert.equal(createDiffieHellman(Buffer.from(prime), 2).verifyError & 3, 0);
  });

  it('takes named groups of at least 2048 bits, and none of its own making', () => {
    for (const name of ['modp14', 'modp15', 'modp18'])
      assert.doesNotThrow(() => judgeKeyExchange(groupOf(getDiffieHellman(name).getPrime()), tls12Six), name);
    const own = randomBytes(256);
    own[0] = 0xff;
    const weak: readonly (readonly [string, Uint8Array])[] = [
      ['1024 bits', getDiffieHellman('modp2').getPrime()],
      ['1536 bits', getDiffieHellman('modp5').getPrime()],
      ['an unnamed group', own],
      ['nothing', new Uint8Array()],
    ];
    for (const [name, prime] of weak)
      assert.throws(() => judgeKeyExchange(groupOf(prime), tls12Six), { code: 'weak-dh' }, name);
  });

  it('names them', () => {
    assert.equal(keyExchangeName({ kind: 'ECDHE', group: 29, prime: null }), 'X25519');
    assert.equal(keyExchangeName(groupOf(ffdhePrime(2048, 560_316n))), 'ffdhe2048');
    assert.equal(keyExchangeName(groupOf(getDiffieHellman('modp14').getPrime())), 'modp14');
  });
});
