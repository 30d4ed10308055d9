/**
 * Cases of OCSP responses: what is at hand, and what must be said about the end entity. The words of a case are its text twin. World: as for the
 * CRLs; the response is of the 1st of June 2026 and holds to the 20th.
 */
import { nonceExtension, ocspEnvelope, writeOcspResponse } from '../../generate/ocsp-author.ts';
import type { ResponseSpec, SingleSpec } from '../../generate/ocsp-author.ts';
import {
  crlNumber,
  distributionPoints,
  issuingDistributionPoint,
  unknownExtension,
} from '../../generate/crl-author.ts';
import { commonName, extendedKeyUsage, keyNamed, keyUsage, writeCertificate } from '../certificate-author.ts';
import type { CertificateSpec, ExtensionSpec } from '../certificate-author.ts';
import { hex, integer, objectIdentifier, sequence, time } from '../der-writer.ts';
import type { Bytes } from '../der-writer.ts';
import { endEntitySerial } from './crl-cases.ts';
import type { CrlCase } from './crl-cases.ts';

export interface OcspCase extends Pick<
  CrlCase,
  'sentence' | 'crls' | 'endEntity' | 'at' | 'graceMilliseconds' | 'status' | 'code'
> {
  readonly responses: readonly Bytes[];
  /** Null: the server stapled nothing. */
  readonly staple?: Bytes | null;
  readonly nonce?: Bytes;
  /** CRLs about responders alone. */
  readonly responderCrls?: CrlCase['crls'];
  readonly maximumAgeMilliseconds?: number;
}

const rootKey = keyNamed('root');
const responderKey = keyNamed('responder');
const root = commonName('Root');
const responderName = commonName('Responder');
const revoked = { status: 'revoked', code: 'X509_REVOCATION_REVOKED' } as const;
const good = { status: 'good', code: 'X509_REVOCATION_GOOD' } as const;
const unknown = (code: string) => ({ status: 'unknown', code }) as const;

const single = (change: Partial<SingleSpec> = {}): SingleSpec => ({
  issuer: root,
  issuerKey: rootKey,
  serial: endEntitySerial,
  ...change,
});
const response = (change: Partial<ResponseSpec> = {}): Bytes =>
  writeOcspResponse({ signer: rootKey, responder: { name: root }, singles: [single()], ...change });
const about = (...singles: readonly Partial<SingleSpec>[]): Bytes => response({ singles: singles.map(single) });

const noCheck: ExtensionSpec = { type: '1.3.6.1.5.5.7.48.1.5', value: hex('0500') };
const purpose = extendedKeyUsage('1.3.6.1.5.5.7.3.9');
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
const delegated = (change: Partial<CertificateSpec> = {}, by: Partial<ResponseSpec> = {}): Bytes =>
  response({ signer: responderKey, responder: { name: responderName }, certificates: [responder(change)], ...by });
const respondersUri = 'http://crl.example.com/responders.crl';
const respondersPoint = distributionPoints({ uri: respondersUri });
const respondersScope = [crlNumber(10), issuingDistributionPoint({ uri: respondersUri })];
const mustStaple: ExtensionSpec = { type: '1.3.6.1.5.5.7.1.24', value: sequence(integer(5)) };
const one = (
  sentence: string,
  der: Bytes,
  outcome: Pick<OcspCase, 'status' | 'code'>,
  more: Partial<OcspCase> = {},
): OcspCase => ({
  sentence,
  crls: [],
  responses: [der],
  ...outcome,
  ...more,
});

export const ocspCases: readonly OcspCase[] = [
  // Status and identity.
  one('good', response(), good),
  one('good, with SHA-256 in the CertID', about({ hash: 'sha256' }), good),
  one('good, the responder named by its key', response({ responder: { key: rootKey } }), good),
  one('revoked', about({ status: 'revoked' }), revoked),
  one('revoked, with a reason', about({ status: 'revoked', reason: 1 }), revoked),
  one(
    'revoked, with a reason that does not exist',
    about({ status: 'revoked', reason: 7 }),
    unknown('X509_OCSP_UNREADABLE'),
  ),
  one('unknown is not good', about({ status: 'unknown' }), unknown('X509_OCSP_UNKNOWN')),
  one('about another serial number', about({ serial: Uint8Array.of(0x43) }), unknown('X509_REVOCATION_NO_SOURCE')),
  one('about another issuer name', about({ issuer: commonName('Else') }), unknown('X509_REVOCATION_NO_SOURCE')),
  one('about another issuer key', about({ issuerKey: keyNamed('stranger') }), unknown('X509_REVOCATION_NO_SOURCE')),
  one('the second of two answers is about it', about({ serial: Uint8Array.of(0x43), status: 'revoked' }, {}), good),
  one('the second of two answers revokes it', about({ serial: Uint8Array.of(0x43) }, { status: 'revoked' }), revoked),
  one('two answers about it, the worst wins', about({}, { status: 'revoked' }), revoked),
  one('no answer at all', about(), unknown('X509_REVOCATION_NO_SOURCE')),
  ...['malformedRequest', 'internalError', 'tryLater', '', 'sigRequired', 'unauthorized'].flatMap((name, index) =>
    name === ''
      ? []
      : [one(`the responder answers ${name}`, ocspEnvelope(index + 1), unknown('X509_OCSP_NOT_SUCCESSFUL'))],
  ),
  one('a response status that does not exist', ocspEnvelope(4), unknown('X509_OCSP_UNREADABLE')),

  // Window.
  one('at the first instant', response(), good, { at: '2026-06-01T00:00:00Z' }),
  one('a second too early', response(), unknown('X509_OCSP_NOT_YET_VALID'), { at: '2026-05-31T23:59:59Z' }),
  one('at the last instant', response(), good, { at: '2026-06-20T00:00:00Z' }),
  one('a second too late', response(), unknown('X509_OCSP_EXPIRED'), { at: '2026-06-20T00:00:01Z' }),
  one('a second too late, within the grace', response(), good, { at: '2026-06-20T00:00:01Z', graceMilliseconds: 1000 }),
  one('an old answer does not even revoke', about({ status: 'revoked' }), unknown('X509_OCSP_EXPIRED'), {
    at: '2026-07-20T00:00:00Z',
  }),
  one('without nextUpdate, a day old', about({ nextUpdate: null }), good, { at: '2026-06-02T00:00:00Z' }),
  one('without nextUpdate, a day and a second old', about({ nextUpdate: null }), unknown('X509_OCSP_TOO_OLD'), {
    at: '2026-06-02T00:00:01Z',
  }),
  one('older than was asked for', response(), unknown('X509_OCSP_TOO_OLD'), { maximumAgeMilliseconds: 3600_000 }),
  one('not older than was asked for', response(), good, { maximumAgeMilliseconds: 30 * 86_400_000 }),

  // Signature and responder.
  one('signed with another key', response({ signer: keyNamed('stranger') }), unknown('X509_OCSP_SIGNATURE_INVALID')),
  one(
    'signed with another key, revoking',
    response({ signer: keyNamed('stranger'), singles: [single({ status: 'revoked' })] }),
    unknown('X509_OCSP_SIGNATURE_INVALID'),
  ),
  one(
    'SHA-1',
    response({ algorithm: sequence(objectIdentifier('1.2.840.10045.4.1')) }),
    unknown('X509_OCSP_SIGNATURE_REFUSED'),
  ),
  one('a delegated responder', delegated(), good),
  one('a delegated responder named by its key', delegated({}, { responder: { key: responderKey } }), good),
  one('a delegated responder, revoking', delegated({}, { singles: [single({ status: 'revoked' })] }), revoked),
  one(
    'a delegated responder that sends no certificate',
    delegated({}, { certificates: [] }),
    unknown('X509_OCSP_RESPONDER_NOT_FOUND'),
  ),
  one(
    'a delegated responder under another name than its certificate',
    delegated({}, { responder: { name: commonName('Else') } }),
    unknown('X509_OCSP_RESPONDER_NOT_FOUND'),
  ),
  one(
    'a delegated responder without the purpose',
    delegated({ extensions: [keyUsage(0), noCheck] }),
    unknown('X509_OCSP_RESPONDER_PURPOSE'),
  ),
  one(
    'a delegated responder for any purpose',
    delegated({ extensions: [keyUsage(0), extendedKeyUsage('2.5.29.37.0'), noCheck] }),
    unknown('X509_OCSP_RESPONDER_PURPOSE'),
  ),
  one(
    'a delegated responder whose key is not for signatures',
    delegated({ extensions: [keyUsage(2), purpose, noCheck] }),
    unknown('X509_OCSP_RESPONDER_KEY_USAGE'),
  ),
  one(
    'a delegated responder of another issuer',
    delegated({ issuer: commonName('Else') }),
    unknown('X509_OCSP_RESPONDER_OTHER_ISSUER'),
  ),
  one(
    'a delegated responder certified with another key',
    delegated({ signer: keyNamed('stranger') }),
    unknown('X509_OCSP_RESPONDER_OTHER_ISSUER'),
  ),
  one(
    'a delegated responder that has expired',
    delegated({ notAfter: time('2026-06-10T00:00:00Z') }),
    unknown('X509_OCSP_RESPONDER_NOT_VALID'),
  ),
  one(
    'a delegated responder that is not valid yet',
    delegated({ notBefore: time('2026-06-16T00:00:00Z') }),
    unknown('X509_OCSP_RESPONDER_NOT_VALID'),
  ),
  one(
    'a delegated responder with an unknown critical extension',
    delegated({ extensions: [keyUsage(0), purpose, noCheck, unknownExtension(true)] }),
    unknown('X509_OCSP_RESPONDER_CRITICAL_EXTENSION'),
  ),
  one(
    'a delegated responder without nocheck whose status nobody knows',
    delegated({ extensions: [keyUsage(0), purpose] }),
    unknown('X509_OCSP_RESPONDER_UNDETERMINED'),
  ),
  one(
    'a delegated responder without nocheck that its CRL lists',
    delegated({ extensions: [keyUsage(0), purpose, respondersPoint] }),
    unknown('X509_OCSP_RESPONDER_REVOKED'),
    {
      crls: [{ extensions: respondersScope, entries: [{ serial: Uint8Array.of(0x60) }] }],
    },
  ),
  one(
    'a delegated responder without nocheck that its CRL does not list',
    delegated({ extensions: [keyUsage(0), purpose, respondersPoint] }),
    good,
    { crls: [{ extensions: respondersScope }] },
  ),

  one(
    'a delegated responder without nocheck that a CRL for responders alone does not list',
    delegated({ extensions: [keyUsage(0), purpose] }),
    good,
    { responderCrls: [{}] },
  ),
  one(
    'a delegated responder without nocheck that a CRL for responders alone lists',
    delegated({ extensions: [keyUsage(0), purpose] }),
    unknown('X509_OCSP_RESPONDER_REVOKED'),
    { responderCrls: [{ entries: [{ serial: Uint8Array.of(0x60) }] }] },
  ),
  one(
    'a delegated responder without nocheck whose CRL for responders alone is over',
    delegated({ extensions: [keyUsage(0), purpose] }),
    unknown('X509_OCSP_RESPONDER_UNDETERMINED'),
    { responderCrls: [{ nextUpdate: time('2026-06-10T00:00:00Z') }] },
  ),
  one(
    'what a CRL for responders alone says about the certificate itself is not looked at',
    delegated({ extensions: [keyUsage(0), purpose] }),
    good,
    { responderCrls: [{ entries: [{ serial: endEntitySerial }] }] },
  ),
  one('a CRL for responders alone is no source for the certificate', about(), unknown('X509_REVOCATION_NO_SOURCE'), {
    responderCrls: [{}],
  }),

  // Extensions, nonce.
  one('an unknown extension that is not critical', response({ extensions: [unknownExtension(false)] }), good),
  one(
    'an unknown critical extension',
    response({ extensions: [unknownExtension(true)] }),
    unknown('X509_OCSP_CRITICAL_EXTENSION_UNKNOWN'),
  ),
  one(
    'an unknown critical extension of the answer',
    about({ extensions: [unknownExtension(true)] }),
    unknown('X509_OCSP_CRITICAL_EXTENSION_UNKNOWN'),
  ),
  one(
    'an unknown critical extension of an answer about another',
    about({ serial: Uint8Array.of(0x43), extensions: [unknownExtension(true)] }, {}),
    good,
  ),
  one('the nonce that was sent', response({ extensions: [nonceExtension(hex('0102'))] }), good, { nonce: hex('0102') }),
  one(
    'another nonce than was sent',
    response({ extensions: [nonceExtension(hex('0103'))] }),
    unknown('X509_OCSP_NONCE_MISMATCH'),
    { nonce: hex('0102') },
  ),
  one('no nonce, though one was sent', response(), good, { nonce: hex('0102') }),
  one('a nonce, though none was sent', response({ extensions: [nonceExtension(hex('0102'))] }), good),

  // Several sources, staples.
  one('good, and a CRL that lists it', response(), revoked, { crls: [{ entries: [{ serial: endEntitySerial }] }] }),
  one('revoked, and a CRL that does not list it', about({ status: 'revoked' }), revoked, { crls: [{}] }),
  one('unknown, and a CRL that does not list it', about({ status: 'unknown' }), good, { crls: [{}] }),
  {
    sentence: 'two responses, the worst wins',
    crls: [],
    responses: [response(), about({ status: 'revoked' })],
    ...revoked,
  },
  {
    sentence: 'two responses, one unknown',
    crls: [],
    responses: [response(), about({ status: 'unknown' })],
    ...unknown('X509_OCSP_UNKNOWN'),
  },
  {
    sentence: 'two responses, one of them old',
    crls: [],
    responses: [response(), about({ nextUpdate: '2026-06-02T00:00:00Z' })],
    ...good,
  },
  { sentence: 'a staple', crls: [], responses: [], staple: response(), ...good },
  { sentence: 'a staple that revokes', crls: [], responses: [], staple: about({ status: 'revoked' }), ...revoked },
  {
    sentence: 'a staple that is good, and a CRL that lists it',
    crls: [{ entries: [{ serial: endEntitySerial }] }],
    responses: [],
    staple: response(),
    ...revoked,
  },
  {
    sentence: 'must-staple with a staple',
    crls: [],
    responses: [],
    staple: response(),
    endEntity: [mustStaple],
    ...good,
  },
  {
    sentence: 'must-staple, and nothing was stapled',
    crls: [{}],
    responses: [],
    staple: null,
    endEntity: [mustStaple],
    status: 'revoked',
    code: 'X509_OCSP_STAPLE_MISSING',
  },
  {
    sentence: 'must-staple, and the staple is old',
    crls: [{}],
    responses: [],
    staple: about({ nextUpdate: '2026-06-02T00:00:00Z' }),
    endEntity: [mustStaple],
    status: 'revoked',
    code: 'X509_OCSP_STAPLE_UNUSABLE',
  },
  { sentence: 'must-staple outside a handshake', crls: [{}], responses: [], endEntity: [mustStaple], ...good },
  { sentence: 'nothing was stapled, and nothing demands it', crls: [{}], responses: [], staple: null, ...good },
];
