import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCertificate } from '@sallyport/x509';
import { distributionPoints } from '../../../pure/x509/generate/crl-author.ts';
import { commonName, generalName, keyNamed, writeCertificate } from '../../../pure/x509/vectors/certificate-author.ts';
import type { ExtensionSpec } from '../../../pure/x509/vectors/certificate-author.ts';
import { ascii, element, objectIdentifier, sequence } from '../../../pure/x509/vectors/der-writer.ts';
import { namedSources } from './named-sources.ts';

const naming = (...extensions: readonly ExtensionSpec[]) =>
  readCertificate(
    writeCertificate({
      subject: commonName('Server'),
      issuer: commonName('Root'),
      key: keyNamed('server'),
      signer: keyNamed('root'),
      extensions,
    }),
  );
const access = (...entries: readonly (readonly [string, string])[]): ExtensionSpec => ({
  type: '1.3.6.1.5.5.7.1.1',
  value: sequence(...entries.map(([method, uri]) => sequence(objectIdentifier(method), generalName.uri(uri)))),
});
const ocsp = '1.3.6.1.5.5.7.48.1';
const caIssuers = '1.3.6.1.5.5.7.48.2';

describe('what a certificate names for its revocation', () => {
  it('is each of its distribution points, and its responders but not where its issuer lies', () => {
    const certificate = naming(
      distributionPoints({ uri: 'http://a.test/1' }, { uri: 'http://b.test/2' }),
      access([ocsp, 'http://ocsp.test/'], [caIssuers, 'http://ca.test/ca.crt'], [ocsp, 'http://ocsp2.test/']),
    );
    assert.deepEqual(namedSources(certificate), {
      crls: [['http://a.test/1'], ['http://b.test/2']],
      responders: ['http://ocsp.test/', 'http://ocsp2.test/'],
    });
  });
  it('is nothing where it names none, or names them in a way that cannot be read', () => {
    const nothing = { crls: [], responders: [] };
    assert.deepEqual(namedSources(naming()), nothing);
    const broken = { value: ascii('no points') };
    assert.deepEqual(
      namedSources(naming({ type: '2.5.29.31', ...broken }, { type: '1.3.6.1.5.5.7.1.1', ...broken })),
      nothing,
    );
    assert.deepEqual(namedSources(naming(distributionPoints({ directory: commonName('CRL') }))), nothing);
  });
  it('is asked by http before ldap, whichever stands first', () => {
    const both = element(0xa0, element(0xa0, generalName.uri('ldap://d.test/crl'), generalName.uri('http://a.test/1')));
    const point = { type: '2.5.29.31', value: sequence(sequence(both)) };
    assert.deepEqual(namedSources(naming(point)).crls, [['http://a.test/1', 'ldap://d.test/crl']]);
  });
  it('is bounded, whoever made the certificate', () => {
    const many = Array.from({ length: 50 }, (_, at) => ({ uri: `http://a.test/${at}` }));
    assert.equal(namedSources(naming(distributionPoints(...many))).crls.length, 8);
  });
  it('gives way to the address that the terms name for its authority, and to no other', () => {
    const certificate = naming(distributionPoints({ uri: 'ldap://inside.corp/crl' }));
    const given = { issuer: 'CN=Root', url: 'https://pki.customer.example/root.crl' };
    assert.deepEqual(namedSources(certificate, [given]).crls, [[given.url]]);
    assert.deepEqual(namedSources(certificate, [{ ...given, issuer: 'CN=Other' }]).crls, [['ldap://inside.corp/crl']]);
  });
});
