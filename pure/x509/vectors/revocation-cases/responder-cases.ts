/** More cases of OCSP, in the world of `ocsp-cases.ts`: responders whose certificate is out of order, and answers whose window is. */
import { writeOcspResponse } from '../../generate/ocsp-author.ts';
import type { ResponseSpec, SingleSpec } from '../../generate/ocsp-author.ts';
import { commonName, extendedKeyUsage, keyNamed, keyUsage, writeCertificate } from '../certificate-author.ts';
import type { CertificateSpec, ExtensionSpec } from '../certificate-author.ts';
import { hex, integer, objectIdentifier, sequence, time } from '../der-writer.ts';
import type { Bytes } from '../der-writer.ts';
import { endEntitySerial } from './crl-cases.ts';
import type { OcspCase } from './ocsp-cases.ts';

const rootKey = keyNamed('root');
const responderKey = keyNamed('responder');
const root = commonName('Root');
const responderName = commonName('Responder');
const good = { status: 'good', code: 'X509_REVOCATION_GOOD' } as const;
const unknown = (code: string) => ({ status: 'unknown', code }) as const;
const noCheck: ExtensionSpec = { type: '1.3.6.1.5.5.7.48.1.5', value: hex('0500') };
const purpose = extendedKeyUsage('1.3.6.1.5.5.7.3.9');
const ecdsaSha1 = sequence(objectIdentifier('1.2.840.10045.4.1'));

const single = (change: Partial<SingleSpec> = {}): SingleSpec => ({
  issuer: root,
  issuerKey: rootKey,
  serial: endEntitySerial,
  ...change,
});
const responder = (change: Partial<CertificateSpec> = {}): Bytes =>
  writeCertificate({
    subject: responderName,
    issuer: root,
    key: responderKey,
    signer: rootKey,
    serial: integer(0x60),
    extensions: [keyUsage(0), purpose, noCheck],
    ...change,
  });
const by = (certificates: readonly Bytes[], change: Partial<ResponseSpec> = {}): readonly Bytes[] => [
  writeOcspResponse({
    signer: responderKey,
    responder: { name: responderName },
    singles: [single()],
    certificates,
    ...change,
  }),
];
const stranger = responder({ key: keyNamed('stranger') });
const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

export const responderCases: readonly OcspCase[] = [
  {
    sentence: 'an answer that ends before it begins',
    responses: [
      writeOcspResponse({
        signer: rootKey,
        responder: { name: root },
        singles: [single({ thisUpdate: '2026-06-10T00:00:00Z', nextUpdate: '2026-06-05T00:00:00Z' })],
      }),
    ],
    ...unknown('X509_OCSP_WINDOW_INVALID'),
  },
  {
    sentence: 'an answer that begins and ends at this instant',
    responses: [
      writeOcspResponse({
        signer: rootKey,
        responder: { name: root },
        singles: [single({ thisUpdate: '2026-06-15T12:00:00Z', nextUpdate: '2026-06-15T12:00:00Z' })],
      }),
    ],
    ...good,
  },
  {
    sentence: 'a delegated responder whose purposes cannot be read',
    responses: by([responder({ extensions: [keyUsage(0), noCheck, { type: '2.5.29.37', value: integer(1) }] })]),
    ...unknown('X509_OCSP_RESPONDER_MALFORMED'),
  },
  {
    sentence: 'a delegated responder certified with SHA-1',
    responses: by([responder({ algorithm: ecdsaSha1 })]),
    ...unknown('X509_OCSP_RESPONDER_OTHER_ISSUER'),
  },
  {
    sentence: 'a delegated responder that vouches for itself',
    responses: by([responder({ extensions: [keyUsage(0), purpose] })], {
      singles: [single(), single({ serial: Uint8Array.of(0x60) })],
    }),
    ...unknown('X509_OCSP_RESPONDER_UNDETERMINED'),
  },
  {
    sentence: 'a delegated responder without a key usage',
    responses: by([responder({ extensions: [purpose, noCheck] })]),
    ...good,
  },
  {
    sentence: 'a delegated responder whose key is for non-repudiation',
    responses: by([responder({ extensions: [keyUsage(1), purpose, noCheck] })]),
    ...good,
  },
  {
    sentence: 'a delegated responder at its first instant',
    responses: by([responder({ notBefore: time('2026-06-15T12:00:00Z') })]),
    ...good,
  },
  {
    sentence: 'a delegated responder at its last instant',
    responses: by([responder({ notAfter: time('2026-06-15T12:00:00Z') })]),
    ...good,
  },
  {
    sentence: 'the delegated responder is the fourth of its name',
    responses: by([...times(3, stranger), responder()]),
    ...good,
  },
  {
    sentence: 'the delegated responder is the fifth of its name',
    responses: by([...times(4, stranger), responder()]),
    ...unknown('X509_OCSP_SIGNATURE_INVALID'),
  },
  {
    sentence: 'the delegated responder is behind many of other names',
    responses: by([...times(6, responder({ subject: commonName('Else') })), responder()]),
    ...good,
  },
  {
    sentence: 'the issuer itself among the certificates, under the name of its certificate',
    responses: by([responder({ key: rootKey, extensions: [] })], { signer: rootKey }),
    ...good,
  },
  {
    sentence: 'the name of the issuer, and the key of one to whom it delegated',
    responses: by([responder({ subject: root })], { responder: { name: root } }),
    ...good,
  },
  {
    sentence: 'the name of the issuer, and no certificate of that name signed it',
    responses: by([responder()], { responder: { name: root }, signer: keyNamed('stranger') }),
    ...unknown('X509_OCSP_SIGNATURE_INVALID'),
  },
].map((one) => ({ crls: [], ...one }));
