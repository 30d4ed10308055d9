/** `lint` finds in a certificate by itself what `validate` would refuse it for, whoever issued it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyPurposes } from '@sallyport/x509';
import {
  alternativeNames,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  commonName,
  distinguishedName,
  extendedKeyUsage,
  generalName,
  keyNamed,
  keyUsage,
  policyMappings,
  rsaKey,
  rsaSha1,
  subjectKeyIdentifier,
  writeCertificate,
  type CertificateSpec,
  type ExtensionSpec,
} from '../../../../pure/x509/vectors/certificate-author.ts';
import { runX509 } from './run.ts';

const [key, signer] = [keyNamed('end entity'), keyNamed('authority')];
const server = [
  alternativeNames(generalName.dns('jira.customer.example')),
  extendedKeyUsage(keyPurposes.serverAuth),
  keyUsage(0),
];
const authority = [basicConstraints(true), keyUsage(5, 6), subjectKeyIdentifier(key)];
const certificate = (extensions: readonly ExtensionSpec[], more: Partial<CertificateSpec> = {}): Uint8Array =>
  writeCertificate({
    subject: commonName('jira.customer.example'),
    issuer: commonName('Some Authority'),
    key,
    signer,
    extensions: [authorityKeyIdentifier(signer), ...extensions],
    ...more,
  });

async function codesOf(der: Uint8Array, profile: string): Promise<string[]> {
  let out = '';
  await runX509(['lint', 'it', '--profile', profile, '--json'], {
    print: (text) => (out += text),
    complain: () => undefined,
    read: () => Buffer.from(der),
    now: () => Date.parse('2026-11-25T12:00:00Z'),
  });
  return (JSON.parse(out) as { errors: { code: string }[] }).errors.map(({ code }) => code);
}

describe('lint', () => {
  for (const [what, der] of [
    ['a server certificate', certificate(server)],
    [
      'one for a wildcard',
      certificate([alternativeNames(generalName.dns('*.customer.example')), ...server.slice(1)], {
        subject: commonName('*.customer.example'),
      }),
    ],
    [
      'one for an address',
      certificate([alternativeNames(generalName.ip(192, 0, 2, 1)), ...server.slice(1)], {
        subject: commonName('192.0.2.1'),
      }),
    ],
    [
      'a client certificate',
      certificate([...server.slice(0, 1), extendedKeyUsage(keyPurposes.clientAuth), keyUsage(0)]),
    ],
    ['an authority', certificate(authority, { subject: commonName('Issuing CA') })],
  ] as const)
    for (const profile of ['rfc5280', 'webpki', 'private'])
      it(`has nothing against ${what} under ${profile}`, async () => assert.deepEqual(await codesOf(der, profile), []));

  for (const [what, profile, code, der] of [
    [
      'a signature with SHA-1',
      'rfc5280',
      'X509_SIGNATURE_SHA1',
      certificate(server, { algorithm: rsaSha1, signer: rsaKey(2048) }),
    ],
    [
      'no alternative name',
      'webpki',
      'X509_NAME_NO_ALTERNATIVE_NAMES',
      certificate(server.slice(1), { subject: distinguishedName(['2.5.4.10', 'Customer']) }),
    ],
    ['no word on its usage', 'webpki', 'X509_EXTENDED_KEY_USAGE_MISSING', certificate([server[0] as ExtensionSpec])],
    [
      'a common name elsewhere',
      'webpki',
      'X509_COMMON_NAME_ELSEWHERE',
      certificate(server, { subject: commonName('other.example') }),
    ],
    [
      'a wildcard under a top-level domain',
      'rfc5280',
      'X509_NAME_MISMATCH',
      certificate([alternativeNames(generalName.dns('*.com')), ...server.slice(1)]),
    ],
    [
      'a key that may not do what it is for',
      'rfc5280',
      'X509_KEY_USAGE_UNFIT',
      certificate([...server.slice(0, 2), keyUsage(1)]),
    ],
    [
      'an authority whose key may not sign certificates',
      'rfc5280',
      'X509_KEY_USAGE_NO_CERT_SIGN',
      certificate([basicConstraints(true), keyUsage(0), subjectKeyIdentifier(key)]),
    ],
    [
      'an authority that maps anyPolicy',
      'rfc5280',
      'X509_POLICY_MAPPING_ANY',
      certificate([...authority, certificatePolicies('2.5.29.32.0'), policyMappings(['2.5.29.32.0', '1.2.3'])]),
    ],
  ] as const)
    it(`names ${what} under ${profile}: ${code}`, async () => assert.deepEqual(await codesOf(der, profile), [code]));
});
