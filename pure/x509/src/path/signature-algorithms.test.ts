import assert from 'node:assert/strict';
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { authorKey, endEntitySignedWith } from '../../vectors/signed-certificate.ts';
import { failingCodes, reportOn, writeChain } from '../../vectors/chain-author.ts';
import { hex, objectIdentifier, sequence } from '../../vectors/der-writer.ts';

const pss = (hashArc: string, salt: string): Uint8Array =>
  hex(
    `304106092a864886f70d01010a3034a00f300d06096086480165030402${hashArc}0500a11c301a06092a864886f70d010108300d06096086480165030402${hashArc}0500a2030201${salt}`,
  );
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaAlgorithm = (arc: number): Uint8Array => sequence(objectIdentifier(`1.2.840.113549.1.1.${arc}`), hex('0500'));
const ecAlgorithm = (arc: number): Uint8Array => sequence(objectIdentifier(`1.2.840.10045.4.3.${arc}`));
const padding = constants.RSA_PKCS1_PSS_PADDING;

describe('signature algorithms that are accepted', () => {
  for (const { name, pair, algorithm, make } of [
    {
      name: 'RSA with SHA-256',
      pair: rsa,
      algorithm: rsaAlgorithm(11),
      make: (tbs: Uint8Array) => sign('sha256', tbs, rsa.privateKey),
    },
    {
      name: 'RSA with SHA-384',
      pair: rsa,
      algorithm: rsaAlgorithm(12),
      make: (tbs: Uint8Array) => sign('sha384', tbs, rsa.privateKey),
    },
    {
      name: 'RSA with SHA-512',
      pair: rsa,
      algorithm: rsaAlgorithm(13),
      make: (tbs: Uint8Array) => sign('sha512', tbs, rsa.privateKey),
    },
    {
      name: 'RSA-PSS with SHA-256',
      pair: rsa,
      algorithm: pss('01', '20'),
      make: (tbs: Uint8Array) => sign('sha256', tbs, { key: rsa.privateKey, padding, saltLength: 32 }),
    },
    {
      name: 'RSA-PSS with SHA-384',
      pair: rsa,
      algorithm: pss('02', '30'),
      make: (tbs: Uint8Array) => sign('sha384', tbs, { key: rsa.privateKey, padding, saltLength: 48 }),
    },
    {
      name: 'RSA-PSS with SHA-512',
      pair: rsa,
      algorithm: pss('03', '40'),
      make: (tbs: Uint8Array) => sign('sha512', tbs, { key: rsa.privateKey, padding, saltLength: 64 }),
    },
    ...(['prime256v1', 'secp384r1', 'secp521r1'] as const).map((namedCurve, index) => {
      const pair = generateKeyPairSync('ec', { namedCurve });
      const hash = ['sha256', 'sha384', 'sha512'][index] ?? '';
      return {
        name: `ECDSA on ${namedCurve}`,
        pair,
        algorithm: ecAlgorithm(index + 2),
        make: (tbs: Uint8Array) => sign(hash, tbs, pair.privateKey),
      };
    }),
    ...(['ed25519', 'ed448'] as const).map((kind, index) => {
      const pair = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ed448');
      return {
        name: kind,
        pair,
        algorithm: sequence(objectIdentifier(`1.3.101.${112 + index}`)),
        make: (tbs: Uint8Array) => sign(null, tbs, pair.privateKey),
      };
    }),
  ]) {
    it(`verifies ${name}, and refuses it with a byte changed`, () => {
      const key = authorKey(pair);
      const chain = { ...writeChain({ intermediate: { key } }), endEntity: endEntitySignedWith(key, algorithm, make) };
      assert.deepEqual(failingCodes(reportOn(chain)), []);
      const damaged = Uint8Array.from(chain.endEntity);
      const last = damaged.length - 1;
      damaged[last] = (damaged[last] ?? 0) ^ 1;
      assert.deepEqual(failingCodes(reportOn({ ...chain, endEntity: damaged })), ['X509_SIGNATURE_INVALID']);
    });
  }
});
