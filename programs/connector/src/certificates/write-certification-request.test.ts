import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { keyPurposes, provesPossession, readCertificationRequest, showGeneralName, writePem } from '@sallyport/x509';
import { writeCertificationRequest } from './write-certification-request.ts';

const keys = {
  p256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  p384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  rsa3072: () => generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey,
} as const;

describe('a request for a key that was made inside', () => {
  for (const keyType of ['p256', 'p384', 'rsa3072'] as const)
    it(`is read and verified by our own reader and by OpenSSL: ${keyType}`, (t) => {
      const wanted = { keyType, commonName: 'Jira Ångström', organization: 'Müller & Söhne', country: 'DE' };
      const der = writeCertificationRequest(
        { ...wanted, dnsNames: ['*.operator.example', 'a.operator.example'] },
        keys[keyType](),
      );
      const request = readCertificationRequest(new Uint8Array(der));
      assert.ok(provesPossession(request));
      assert.equal(request.subject.toString(), 'CN=Jira Ångström,O=Müller & Söhne,C=DE');
      assert.deepEqual(request.extensions.subjectAltName?.map(showGeneralName), [
        'dns:*.operator.example',
        'dns:a.operator.example',
      ]);
      assert.deepEqual(request.extensions.extendedKeyUsage, [keyPurposes.clientAuth]);
      try {
        execFileSync('openssl', ['req', '-verify', '-noout'], {
          input: writePem('CERTIFICATE REQUEST', der),
          stdio: ['pipe', 'ignore', 'ignore'],
        });
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOENT') throw error;
        t.diagnostic('openssl is not installed');
      }
    });
  it('without names, organisation and country has a subject all the same', () => {
    const der = writeCertificationRequest(
      { keyType: 'p256', commonName: 'x', dnsNames: [], organization: null, country: null },
      keys.p256(),
    );
    const request = readCertificationRequest(new Uint8Array(der));
    assert.equal(request.subject.toString(), 'CN=x');
    assert.equal(request.extensions.subjectAltName, null);
  });
});
