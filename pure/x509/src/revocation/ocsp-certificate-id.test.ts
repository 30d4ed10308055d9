import assert from 'node:assert/strict';
import { it } from 'node:test';
import { commonName, keyNamed, writeCertificate } from '../../vectors/certificate-author.ts';
import { endEntitySpec, rootSpec } from '../../vectors/chain-author.ts';
import { readCertificate } from '../certificate.ts';
import { certificateIdOf, identifies } from './ocsp-certificate-id.ts';

const issuer = () => readCertificate(writeCertificate(rootSpec()));
/** The name of its issuer in other letters: the same name, encoded otherwise than in the issuer. */
const certificate = () =>
  readCertificate(writeCertificate(endEntitySpec({ issuer: commonName('ROOT'), signer: keyNamed('root') })));

it('a certificate is identified by the name of its issuer as either of the two encodes it', () => {
  const id = certificateIdOf(certificate(), issuer(), 'sha1');
  assert.equal(identifies(id, certificate(), issuer()), true);
  const byIssuer = certificateIdOf(
    readCertificate(writeCertificate(endEntitySpec({ issuer: commonName('Root'), signer: keyNamed('root') }))),
    issuer(),
    'sha1',
  );
  assert.equal(identifies(byIssuer, certificate(), issuer()), true);
  const byAnother = { ...id, issuerNameHash: id.issuerKeyHash };
  assert.equal(identifies(byAnother, certificate(), issuer()), false);
});

it('a certificate is not identified by a hash that nobody here knows, by another number or by another key', () => {
  const id = certificateIdOf(certificate(), issuer(), 'sha256');
  assert.equal(identifies({ ...id, hash: null }, certificate(), issuer()), false);
  assert.equal(identifies({ ...id, hash: 'sha1' }, certificate(), issuer()), false);
  assert.equal(identifies({ ...id, serialNumber: Uint8Array.of(1) }, certificate(), issuer()), false);
  assert.equal(identifies({ ...id, issuerKeyHash: id.issuerNameHash }, certificate(), issuer()), false);
});
