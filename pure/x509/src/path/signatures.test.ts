import assert from 'node:assert/strict';
import { it } from 'node:test';
import { keyNamed, rsaKey, rsaSha1, rsaSha256 } from '../../vectors/certificate-author.ts';
import { failingCodes, reportOn, writeChain } from '../../vectors/chain-author.ts';
import { bytes, hex, objectIdentifier, sequence } from '../../vectors/der-writer.ts';
import { describeRule } from '../../vectors/rule-table.ts';

const parameters = sequence(objectIdentifier('1.2.840.10045.4.3.2'), hex('0500'));
const rsaWithoutNull = sequence(objectIdentifier('1.2.840.113549.1.1.11'));
const md5 = sequence(objectIdentifier('1.2.840.113549.1.1.4'), hex('0500'));
const oddSalt = hex(
  '304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020114',
);

describeRule('signatures (RFC 5280 §6.1.3 (a)(1))', [
  { sentence: 'accepts a chain whose signatures verify', codes: [] },
  {
    sentence: 'refuses an end entity that another key signed, and still trusts its issuer',
    endEntity: { signer: keyNamed('stranger'), set: [], drop: ['2.5.29.35'] },
    policy: { rules: { keyIdentifiers: false } },
    codes: ['X509_SIGNATURE_INVALID'],
  },
  {
    sentence: 'refuses an intermediate whose signature is junk',
    intermediate: { signature: bytes(1, 2, 3) },
    codes: ['X509_SIGNATURE_INVALID'],
  },
  { sentence: 'refuses SHA-1 by its own code', endEntity: { algorithm: rsaSha1 }, codes: ['X509_SIGNATURE_SHA1'] },
  { sentence: 'refuses MD5 by its own code', endEntity: { algorithm: md5 }, codes: ['X509_SIGNATURE_MD5'] },
  {
    sentence: 'refuses parameters where they must be absent',
    endEntity: { algorithm: parameters },
    codes: ['X509_SIGNATURE_PARAMETERS'],
  },
  {
    sentence: 'refuses absent parameters where NULL belongs',
    endEntity: { algorithm: rsaWithoutNull },
    codes: ['X509_SIGNATURE_PARAMETERS'],
  },
  { sentence: 'refuses PSS with an odd salt', endEntity: { algorithm: oddSalt }, codes: ['X509_SIGNATURE_PARAMETERS'] },
  {
    sentence: 'refuses an algorithm for another kind of key',
    endEntity: { algorithm: rsaSha256 },
    codes: ['X509_SIGNATURE_KEY_UNFIT'],
  },
  {
    sentence: 'refuses an unknown algorithm',
    endEntity: { algorithm: sequence(objectIdentifier('1.2.3.4')) },
    codes: ['X509_SIGNATURE_ALGORITHM_UNSUPPORTED'],
  },
  {
    sentence: 'does not look at what the anchor says about its own signature',
    root: { algorithm: rsaSha1 },
    codes: [],
  },
  {
    sentence: 'verifies RSA PKCS#1 v1.5',
    endEntity: { signer: rsaKey(2048), algorithm: rsaSha256 },
    intermediate: { key: rsaKey(2048) },
    codes: [],
  },
]);

it('a forged signature fails the signature, not the trust in the issuer that it names', () => {
  const chain = writeChain({ endEntity: { signature: bytes(0x30, 6, 2, 1, 1, 2, 1, 1) } });
  const report = reportOn(chain);
  assert.deepEqual(failingCodes(report), ['X509_SIGNATURE_INVALID']);
  assert.equal(report.entries.find((entry) => entry.code === 'X509_TRUST_ANCHOR')?.outcome, 'pass');
});
