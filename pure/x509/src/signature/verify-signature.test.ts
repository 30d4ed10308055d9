/** The seam to node:crypto: a key answers the same at its first use, of which no handle is made, and later. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { verifySignature } from '../index.ts';
import { readSubjectPublicKey } from '../subject-public-key.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

const message = new TextEncoder().encode('what is signed');
const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }));
const read = (spki: Uint8Array): SubjectPublicKey => readSubjectPublicKey(spki, 0, spki.length);

const kinds = [
  ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }), 'ec', 'sha256'],
  ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' }), 'ec', 'sha384'],
  ['P-521', () => generateKeyPairSync('ec', { namedCurve: 'secp521r1' }), 'ec', 'sha512'],
  ['RSA 2048', () => generateKeyPairSync('rsa', { modulusLength: 2048 }), 'rsa', 'sha256'],
  [
    'RSA 2048 with exponent 3',
    () => generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }),
    'rsa',
    'sha256',
  ],
  ['Ed25519', () => generateKeyPairSync('ed25519'), 'ed25519', null],
  ['Ed448', () => generateKeyPairSync('ed448'), 'ed448', null],
] as const;

describe('signatures by node:crypto', () => {
  for (const [name, generate, keyKind, hash] of kinds)
    it(`tells right from wrong with ${name}, the first time and every other`, () => {
      const { publicKey, privateKey } = generate();
      const stranger = generate().privateKey;
      const algorithm: SignatureAlgorithm = { name, keyKind, hash, pss: false };
      const spki = spkiOf(publicKey);
      const good = sign(hash, message, privateKey);
      const wrong = sign(hash, message, stranger);
      for (const first of [good, wrong, good.subarray(1), new Uint8Array()]) {
        const key = read(spki);
        for (const signature of [first, good, wrong])
          assert.equal(verifySignature(algorithm, key, message, signature), signature === good ? 'valid' : 'invalid');
        assert.equal(key.onCurve, keyKind === 'ec' ? true : null);
      }
      assert.equal(verifySignature(algorithm, read(spki), new Uint8Array(3), good), 'invalid');
    });

  for (const [curve, namedCurve] of [
    ['P-256', 'prime256v1'],
    ['P-384', 'secp384r1'],
    ['P-521', 'secp521r1'],
  ] as const)
    it(`uses no point off ${curve}, neither the first time nor later, and calls it off the curve`, () => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
      const algorithm: SignatureAlgorithm = { name: 'ECDSA', keyKind: 'ec', hash: 'sha256', pss: false };
      const spki = spkiOf(publicKey);
      const last = spki.length - 1;
      const key = read(spki.with(last, (spki[last] ?? 0) ^ 1));
      const signature = sign('sha256', message, privateKey);
      for (let time = 0; time < 3; time++)
        assert.equal(verifySignature(algorithm, key, message, signature), 'key-unusable');
      assert.notEqual(key.onCurve, true);
    });
});
