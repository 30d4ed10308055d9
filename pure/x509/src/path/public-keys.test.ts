import { authorityKeyIdentifier, keyNamed, keyWithSpki, rsaKey, rsaSha256 } from '../../vectors/certificate-author.ts';
import { bits, bytes, element, hex, integer, objectIdentifier, sequence } from '../../vectors/der-writer.ts';
import type { Bytes } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const modulus = (length: number): number[] => [0, 0x80, ...Array.from({ length: length - 2 }, () => 0x55), 0x55];
const rsaSpki = (modulusContent: readonly number[], exponent: readonly number[]): Uint8Array =>
  sequence(
    sequence(objectIdentifier('1.2.840.113549.1.1.1'), hex('0500')),
    bits(sequence(integer(...modulusContent), integer(...exponent))),
  );
const ecSpki = (curve: string, point: Uint8Array): Uint8Array =>
  sequence(sequence(objectIdentifier('1.2.840.10045.2.1'), objectIdentifier(curve)), bits(point));
const offCurve = Uint8Array.from([4, ...Array.from({ length: 64 }, (_, index) => index + 1)]);
const unnamed = sequence(sequence(objectIdentifier('1.2.840.10045.2.1'), sequence(integer(1))), bits(offCurve));
const endEntity = (spki: Uint8Array) => ({ key: keyWithSpki(spki) });

describeRule('key policy', [
  { sentence: 'accepts RSA of 2048 bits', endEntity: { key: rsaKey(2048) }, codes: [] },
  {
    sentence: 'refuses RSA of 2040 bits',
    endEntity: endEntity(rsaSpki(modulus(255), [1, 0, 1])),
    codes: ['X509_KEY_RSA_TOO_SMALL'],
  },
  { sentence: 'accepts RSA of 8192 bits', endEntity: endEntity(rsaSpki(modulus(1024), [1, 0, 1])), codes: [] },
  {
    sentence: 'refuses RSA of 8200 bits',
    endEntity: endEntity(rsaSpki(modulus(1025), [1, 0, 1])),
    codes: ['X509_KEY_RSA_TOO_LARGE'],
  },
  {
    sentence: 'refuses exponent 1',
    endEntity: endEntity(rsaSpki(modulus(256), [1])),
    profile: 'rfc5280',
    codes: ['X509_KEY_RSA_EXPONENT'],
  },
  {
    sentence: 'refuses an even exponent',
    endEntity: endEntity(rsaSpki(modulus(256), [1, 0, 0])),
    profile: 'rfc5280',
    codes: ['X509_KEY_RSA_EXPONENT'],
  },
  {
    sentence: 'refuses an exponent beyond 32 bits',
    endEntity: endEntity(rsaSpki(modulus(256), [1, 0, 0, 0, 1])),
    profile: 'rfc5280',
    codes: ['X509_KEY_RSA_EXPONENT'],
  },
  {
    sentence: 'refuses exponent 3 under webpki',
    endEntity: endEntity(rsaSpki(modulus(256), [3])),
    codes: ['X509_KEY_RSA_EXPONENT'],
  },
  {
    sentence: 'accepts exponent 3 under rfc5280',
    endEntity: endEntity(rsaSpki(modulus(256), [3])),
    profile: 'rfc5280',
    codes: [],
  },
  {
    sentence: 'refuses an even modulus',
    endEntity: endEntity(rsaSpki([...modulus(256).slice(0, -1), 0x54], [1, 0, 1])),
    codes: ['X509_KEY_RSA_MODULUS_EVEN'],
  },
  {
    sentence: 'refuses 2049 bits under webpki',
    endEntity: endEntity(rsaSpki([1, ...modulus(257).slice(2)], [1, 0, 1])),
    codes: ['X509_KEY_RSA_MODULUS_OCTETS'],
  },
  {
    sentence: 'accepts 2049 bits under rfc5280',
    endEntity: endEntity(rsaSpki([1, ...modulus(257).slice(2)], [1, 0, 1])),
    profile: 'rfc5280',
    codes: [],
  },
  {
    sentence: 'refuses a curve that is not named here',
    endEntity: endEntity(ecSpki('1.2.840.10045.3.1.1', offCurve)),
    codes: ['X509_KEY_CURVE'],
  },
  { sentence: 'refuses a curve that is written out', endEntity: endEntity(unnamed), codes: ['X509_KEY_CURVE'] },
  {
    sentence: 'refuses a point off its curve',
    endEntity: endEntity(ecSpki('1.2.840.10045.3.1.7', offCurve)),
    codes: ['X509_KEY_POINT'],
  },
  {
    sentence: 'refuses a compressed point',
    endEntity: endEntity(ecSpki('1.2.840.10045.3.1.7', keyNamed('end entity').spki.slice(26, 59))),
    codes: ['X509_KEY_POINT'],
  },
  {
    sentence: 'refuses the point at infinity',
    endEntity: endEntity(ecSpki('1.2.840.10045.3.1.7', bytes(0))),
    codes: ['X509_KEY_POINT'],
  },
  {
    sentence: 'refuses DSA',
    endEntity: endEntity(sequence(sequence(objectIdentifier('1.2.840.10040.4.1')), bits(integer(5)))),
    codes: ['X509_KEY_ALGORITHM'],
  },
  {
    sentence: 'refuses a small key of an issuer before it is used, and what it signed',
    intermediate: { key: keyWithSpki(rsaSpki(modulus(128), [1, 0, 1])) },
    endEntity: { set: [authorityKeyIdentifier(keyNamed('stand-in'))] },
    codes: ['X509_SIGNATURE_KEY_REFUSED', 'X509_KEY_RSA_TOO_SMALL'],
  },
]);

const rsaWithExponent = (...exponent: readonly number[]): Bytes => {
  const modulus = new Uint8Array(257).fill(0xff);
  modulus[0] = 0;
  const algorithm = sequence(objectIdentifier('1.2.840.113549.1.1.1'), hex('0500'));
  return sequence(algorithm, bits(sequence(element(0x02, modulus), integer(...exponent))));
};
const rsa = (...exponent: readonly number[]) => ({ key: keyWithSpki(rsaWithExponent(...exponent)) });
const weakRoot = { root: { key: rsaKey(1024) }, intermediate: { signer: rsaKey(1024), algorithm: rsaSha256 } };

describeRule('an exponent of an RSA key', [
  { sentence: 'of four octets is accepted', endEntity: rsa(0, 0xff, 0xff, 0xff, 0xff), codes: [] },
  { sentence: 'of four octets, the lowest, is accepted', endEntity: rsa(1, 0, 0, 1), codes: [] },
  { sentence: 'of five octets is refused', endEntity: rsa(1, 0, 0, 0, 1), codes: ['X509_KEY_RSA_EXPONENT'] },
  { sentence: 'that is even is refused', endEntity: rsa(1, 0, 0), codes: ['X509_KEY_RSA_EXPONENT'] },
  { sentence: 'of 65537 is accepted', endEntity: rsa(1, 0, 1), codes: [] },
  { sentence: 'below 65537 is refused', endEntity: rsa(0, 0xff, 0xff), codes: ['X509_KEY_RSA_EXPONENT'] },
  { sentence: 'of 3 is accepted by the RFC', endEntity: rsa(3), profile: 'rfc5280', codes: [] },
  { sentence: 'of 1 is refused by the RFC', endEntity: rsa(1), profile: 'rfc5280', codes: ['X509_KEY_RSA_EXPONENT'] },
]);

describeRule('a key of the anchor that is refused', [
  {
    sentence: 'is told, and counts for nothing',
    ...weakRoot,
    codes: ['X509_SIGNATURE_KEY_REFUSED', 'X509_KEY_RSA_TOO_SMALL'],
  },
]);
