import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { readCertificate, readPem } from '@sallyport/x509';
import { issueCertificate, type Identity } from '../../../../sandbox/src/demo-pki/certificate.ts';
import { trustFile } from './trust-file.ts';

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const life = { notBefore: Date.parse('2026-01-01'), notAfter: Date.parse('2036-01-01') };
type Purpose = Parameters<typeof issueCertificate>[0]['purpose'];
const issue = (commonName: string, purpose: Purpose, issuer: (Identity & { readonly commonName: string }) | null) => ({
  commonName,
  ...issueCertificate(
    { commonName, ...life, purpose },
    newKey(),
    issuer === null ? null : { commonName: issuer.commonName, keyPem: issuer.keyPem, chainPem: '', pointers: null },
  ),
});
const root = issue('Agreed root', { kind: 'root' }, null);
const other = issue('Another root', { kind: 'root' }, null);
const intermediate = issue('Intermediate', { kind: 'issuing' }, root);
const ours = issue('ours', { kind: 'client', dnsNames: ['ours.example'] }, intermediate);
const chainPem = ours.certificatePem + intermediate.certificatePem;
const named = (subject: string): string => /CN=([^,]*)/.exec(subject)?.[1] ?? subject;
const subjects = (text: string): string[] =>
  readPem(text).map(({ label, der }) => {
    assert.equal(label, 'CERTIFICATE');
    return named(readCertificate(der).subject.toString());
  });

describe('the file for the far side', () => {
  it('has the certificate, its intermediates and the one agreed authority above, each with its fingerprint', () => {
    const text = trustFile({ name: 'Ours', chainPem, anchorsPem: other.certificatePem + root.certificatePem });
    assert.deepEqual(subjects(text), ['ours', 'Intermediate', 'Agreed root']);
    assert.match(
      text,
      /# Intermediate: CN=Intermediate,.*\n# SHA-256 [0-9a-f]{64}, valid until 2036-01-01T00:00:00\.000Z\n-----BEGIN/,
    );
    assert.doesNotMatch(text, /is not in this file/);
  });
  it('names a public authority that it does not have', () => {
    const text = trustFile({ name: 'Ours', chainPem, anchorsPem: null });
    assert.deepEqual(subjects(text), ['ours', 'Intermediate']);
    assert.match(text, /# The authority above is not in this file: CN=Agreed root,/);
  });
  it('has no key, even where one was stored among the roots', () => {
    const anchorsPem = root.certificatePem + root.keyPem;
    assert.doesNotMatch(trustFile({ name: 'Ours', chainPem, anchorsPem }), /PRIVATE/);
  });
  it('lets no name begin a line of its own', () => {
    const text = trustFile({ name: 'Ours\n-----BEGIN CERTIFICATE-----', chainPem, anchorsPem: null });
    assert.ok(text.startsWith('# Ours - - -BEGIN CERTIFICATE- - -\n'));
  });
});
