import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeChain } from '../../vectors/chain-author.ts';
import { readCertificate } from '../certificate.ts';
import { hexadecimal } from '../hexadecimal.ts';
import { X509Error } from '../x509-error.ts';
import { certificateIdOf } from './ocsp-certificate-id.ts';
import type { CertificateId } from './ocsp-certificate-id.ts';
import { buildOcspRequest, readOcspRequest } from './ocsp-request.ts';

const chain = writeChain();
const certificate = readCertificate(chain.endEntity);
const issuer = readCertificate(chain.intermediate);

const shown = ({ hash, issuerNameHash, issuerKeyHash, serialNumber }: CertificateId) => [
  hash,
  ...[issuerNameHash, issuerKeyHash, serialNumber].map(hexadecimal),
];

describe('an OCSP request', () => {
  for (const hash of ['sha1', 'sha256', 'sha384', 'sha512'] as const)
    it(`names the certificate by ${hash}`, () => {
      const { ids, nonce, signed } = readOcspRequest(buildOcspRequest([{ certificate, issuer }], { hash }));
      assert.deepEqual(ids.map(shown), [shown(certificateIdOf(certificate, issuer, hash))]);
      assert.deepEqual([nonce, signed], [null, false]);
    });
  it('carries the nonce it was given', () => {
    const nonce = Uint8Array.of(1, 2, 3);
    assert.deepEqual(readOcspRequest(buildOcspRequest([{ certificate, issuer }], { nonce })).nonce, nonce);
  });
  it('asks about many certificates', () => {
    const questions = Array.from({ length: 200 }, () => ({ certificate, issuer }));
    assert.equal(readOcspRequest(buildOcspRequest(questions)).ids.length, 200);
  });
  it('with bytes behind it is refused', () => {
    const bytes = Uint8Array.from([...buildOcspRequest([{ certificate, issuer }]), 0]);
    assert.throws(() => readOcspRequest(bytes), X509Error);
  });
});
