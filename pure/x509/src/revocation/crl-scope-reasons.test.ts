/** For which reasons and which kind of certificates a CRL speaks (RFC 5280 §6.3.3 (b)(2), (d)). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crlNumber, distributionPoints, issuingDistributionPoint, writeCrl } from '../../generate/crl-author.ts';
import type { IssuingPointSpec } from '../../generate/crl-author.ts';
import {
  basicConstraints,
  commonName,
  generalName,
  keyNamed,
  writeCertificate,
} from '../../vectors/certificate-author.ts';
import type { ExtensionSpec } from '../../vectors/certificate-author.ts';
import { endEntitySpec } from '../../vectors/chain-author.ts';
import { element, sequence } from '../../vectors/der-writer.ts';
import { readCertificate } from '../certificate.ts';
import { assumedDistributionPoint, crlScope } from './crl-scope.ts';
import { readCrl } from './crl.ts';
import { allReasons } from './reason.ts';

const uri = 'http://crl.example.com/1';
const issuer = commonName('Root');

function scopeOf(
  issuing: IssuingPointSpec | null,
  reasons?: readonly number[],
  extensions: readonly ExtensionSpec[] = [],
): ReturnType<typeof crlScope> {
  const points = reasons === undefined ? [] : [distributionPoints({ uri, reasons })];
  const certificate = readCertificate(writeCertificate(endEntitySpec({ issuer, set: [...points, ...extensions] })));
  const crl = readCrl(
    writeCrl({
      issuer,
      signer: keyNamed('root'),
      extensions: issuing === null ? [crlNumber(1)] : [crlNumber(1), issuingDistributionPoint(issuing)],
    }),
  );
  const [point = assumedDistributionPoint(certificate)] = certificate.extensions.crlDistributionPoints ?? [];
  return crlScope(crl, certificate, point);
}

describe('the reasons for which a CRL speaks', () => {
  for (const { sentence, issuing, reasons, bits } of [
    { sentence: 'are all where nobody names any', issuing: null, reasons: undefined, bits: allReasons },
    { sentence: 'are those of the certificate', issuing: null, reasons: [1, 2], bits: 0b110 },
    {
      sentence: 'are those of the certificate, though the CRL has a name',
      issuing: { uri },
      reasons: [1, 8],
      bits: 0x102,
    },
    { sentence: 'are those of the CRL', issuing: { reasons: [2, 3] }, reasons: undefined, bits: 0b1100 },
    { sentence: 'are those that both name', issuing: { uri, reasons: [2, 3] }, reasons: [1, 2], bits: 0b100 },
    { sentence: 'are none where the two have none in common', issuing: { uri, reasons: [3] }, reasons: [1], bits: 0 },
    { sentence: 'do not count the unused bit of the certificate', issuing: null, reasons: [0, 1], bits: 0b10 },
    {
      sentence: 'do not count the unused bit of the CRL',
      issuing: { reasons: [0, 4] },
      reasons: undefined,
      bits: 0x10,
    },
    { sentence: 'do not count the unused bit of both', issuing: { uri, reasons: [0, 4] }, reasons: [0, 4], bits: 0x10 },
  ])
    it(sentence, () => assert.equal(scopeOf(issuing, reasons), bits));
});

describe('the kind of certificates for which a CRL speaks', () => {
  const authority = [basicConstraints(true)];
  for (const [only, ofUser, ofAuthority] of [
    ['user', allReasons, 'X509_CRL_ONLY_USER_CERTIFICATES'],
    ['ca', 'X509_CRL_ONLY_CA_CERTIFICATES', allReasons],
    ['attribute', 'X509_CRL_ONLY_ATTRIBUTE_CERTIFICATES', 'X509_CRL_ONLY_ATTRIBUTE_CERTIFICATES'],
  ] as const)
    it(`is asked where it is ${only} only`, () => {
      assert.equal(scopeOf({ only }), ofUser);
      assert.equal(scopeOf({ only }, undefined, [basicConstraints(false)]), ofUser);
      assert.equal(scopeOf({ only }, undefined, authority), ofAuthority);
    });
  it('is any where the CRL names none', () => {
    assert.equal(scopeOf({ reasons: [1, 2] }, undefined, authority), 0b110);
    assert.equal(scopeOf({ reasons: [1, 2] }), 0b110);
  });
});

describe('the names of a CRL', () => {
  const elsewhere = 'http://crl.example.com/2';
  const named = (...uris: readonly string[]): ExtensionSpec => ({
    type: '2.5.29.28',
    critical: true,
    value: sequence(element(0xa0, element(0xa0, ...uris.map((one) => generalName.uri(one))))),
  });
  const scopeUnder = (...uris: readonly string[]) => {
    const certificate = readCertificate(
      writeCertificate(endEntitySpec({ issuer, set: [distributionPoints({ uri })] })),
    );
    const crl = readCrl(writeCrl({ issuer, signer: keyNamed('root'), extensions: [crlNumber(1), named(...uris)] }));
    const [point] = certificate.extensions.crlDistributionPoints ?? [];
    return crlScope(crl, certificate, point ?? assert.fail('no point'));
  };
  it('may be several, of which one is that of the certificate', () => {
    for (const uris of [[uri], [elsewhere, uri], [uri, elsewhere]]) assert.equal(scopeUnder(...uris), allReasons);
    assert.equal(scopeUnder(elsewhere), 'X509_CRL_DISTRIBUTION_POINT_MISMATCH');
  });
});
