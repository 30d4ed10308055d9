/**
 * Cases of CRLs: what is at hand, and what must be said about the end entity. The words of a case are its text twin; its bytes are made from them
 * when it runs. World: Root (trust anchor) issued the end entity with serial number 0x42 directly, unless the case says otherwise; it is the
 * 15th of June 2026; the CRL is of the 1st of June and holds to the 1st of July.
 */
import {
  certificateIssuer,
  crlNumber,
  deltaOf,
  distributionPoints,
  generalizedTime,
  invalidityDate,
  issuingDistributionPoint,
  reasonCode,
  unknownExtension,
} from '../../generate/crl-author.ts';
import type { CrlSpec } from '../../generate/crl-author.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  distinguishedName,
  keyNamed,
  keyUsage,
  subjectKeyIdentifier,
} from '../certificate-author.ts';
import type { CertificateSpec, ExtensionSpec } from '../certificate-author.ts';
import { ascii, element, hex, integer, none, objectIdentifier, sequence, time, utf8 } from '../der-writer.ts';
import type { Bytes } from '../der-writer.ts';

export interface CrlCase {
  readonly sentence: string;
  readonly crls: readonly Partial<CrlSpec>[];
  /** Extensions of the end entity, besides those it always has. */
  readonly endEntity?: readonly ExtensionSpec[];
  readonly others?: readonly CertificateSpec[];
  readonly at?: string;
  readonly graceMilliseconds?: number;
  readonly profile?: 'webpki';
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly code: string;
}

export const endEntitySerial = Uint8Array.of(0x42);
const listed = { serial: endEntitySerial };
const other = { serial: Uint8Array.of(0x43) };
const revoked = { status: 'revoked', code: 'X509_REVOCATION_REVOKED' } as const;
const good = { status: 'good', code: 'X509_REVOCATION_GOOD' } as const;
const unknown = (code: string) => ({ status: 'unknown', code }) as const;
const number = crlNumber(10);
const uri = 'http://crl.example.com/a.crl';
const indirectName = commonName('CRL issuer');
const point = (spec: Parameters<typeof issuingDistributionPoint>[0]) => [number, issuingDistributionPoint(spec)];
const relative = sequence(objectIdentifier('2.5.4.3'), utf8('part 1'));
const delta = (spec: Partial<CrlSpec> = {}): Partial<CrlSpec> => ({
  extensions: [crlNumber(11), deltaOf(10)],
  ...spec,
});

/** A certificate of the root for a signer of CRLs. */
function signer(subject: Bytes, change: Partial<CertificateSpec> = {}): CertificateSpec {
  const key = keyNamed('crl signer');
  return {
    subject,
    issuer: commonName('Root'),
    key,
    signer: keyNamed('root'),
    serial: integer(0x50),
    extensions: [keyUsage(6), subjectKeyIdentifier(key), authorityKeyIdentifier(keyNamed('root'))],
    ...change,
  };
}

/** The root's own CRL that lists nothing: the status of a CRL signer must be known as well. */
const rootSaysNothing: Partial<CrlSpec> = {
  extensions: [number, issuingDistributionPoint({ uri: 'http://crl.example.com/signers.crl' })],
};
const signerPoint = distributionPoints({ uri: 'http://crl.example.com/signers.crl' });
const trackedSigner = (subject: Bytes, change: Partial<CertificateSpec> = {}): CertificateSpec => {
  const base = signer(subject, change);
  return { ...base, extensions: [...(base.extensions ?? []), signerPoint] };
};
const indirectPoint = distributionPoints({ uri, crlIssuer: indirectName });
const indirect = (spec: Partial<CrlSpec> = {}): Partial<CrlSpec> => ({
  issuer: indirectName,
  signer: keyNamed('crl signer'),
  extensions: point({ uri, indirect: true }),
  ...spec,
});

export const crlCases: readonly CrlCase[] = [
  // Entries.
  { sentence: 'an empty CRL does not list it', crls: [{}], ...good },
  { sentence: 'a CRL that lists another does not list it', crls: [{ entries: [other] }], ...good },
  { sentence: 'a CRL that lists it', crls: [{ entries: [listed] }], ...revoked },
  { sentence: 'a CRL that lists it among others', crls: [{ entries: [other, listed] }], ...revoked },
  {
    sentence: 'listed for key compromise',
    crls: [{ entries: [{ ...listed, extensions: [reasonCode(1)] }] }],
    ...revoked,
  },
  { sentence: 'on hold is revoked', crls: [{ entries: [{ ...listed, extensions: [reasonCode(6)] }] }], ...revoked },
  {
    sentence: 'with an invalidity date',
    crls: [{ entries: [{ ...listed, extensions: [reasonCode(1), invalidityDate('2026-01-15T00:00:00Z')] }] }],
    ...revoked,
  },
  {
    sentence: 'a revocation date in the future still revokes',
    crls: [{ entries: [{ ...listed, date: time('2026-12-01T00:00:00Z') }] }],
    ...revoked,
  },
  {
    sentence: 'removeFromCRL in a complete CRL does not take back',
    crls: [{ entries: [{ ...listed, extensions: [reasonCode(8)] }] }],
    ...revoked,
  },
  {
    sentence: 'the same number with a leading zero octet is another number',
    crls: [{ entries: [{ serial: hex('00c2') }] }],
    ...good,
  },
  {
    sentence: 'listed twice, once as another reason',
    crls: [{ entries: [listed, { ...listed, extensions: [reasonCode(4)] }] }],
    ...revoked,
  },
  {
    sentence: 'an unknown extension of an entry that is not critical',
    crls: [{ entries: [{ ...other, extensions: [unknownExtension(false)] }] }],
    ...good,
  },
  {
    sentence: 'an unknown critical extension of another entry voids the CRL',
    crls: [{ entries: [{ ...other, extensions: [unknownExtension(true)] }] }],
    ...unknown('X509_CRL_CRITICAL_EXTENSION_UNKNOWN'),
  },
  {
    sentence: 'certificateIssuer in a CRL that is not indirect',
    crls: [{ entries: [{ ...other, extensions: [certificateIssuer(indirectName)] }] }],
    ...unknown('X509_CRL_CRITICAL_EXTENSION_UNKNOWN'),
  },
  {
    sentence: 'an entry with a reason that does not exist',
    crls: [{ entries: [{ ...other, extensions: [reasonCode(7)] }] }],
    ...unknown('X509_CRL_UNREADABLE'),
  },
  { sentence: 'an empty list of entries', crls: [{ entryBytes: sequence() }], ...unknown('X509_CRL_UNREADABLE') },
  {
    sentence: 'an entry with a date of no calendar',
    crls: [{ entries: [{ ...other, date: element(0x17, ascii('260230000000Z')) }] }],
    ...unknown('X509_CRL_UNREADABLE'),
  },
  {
    sentence: 'entry extensions in a CRL of version 1',
    crls: [{ version: none, extensions: [], entries: [{ ...other, extensions: [reasonCode(1)] }] }],
    ...unknown('X509_CRL_UNREADABLE'),
  },

  // Window.
  { sentence: 'at the first instant of the window', crls: [{}], at: '2026-06-01T00:00:00Z', ...good },
  {
    sentence: 'a second before the window',
    crls: [{}],
    at: '2026-05-31T23:59:59Z',
    ...unknown('X509_CRL_NOT_YET_VALID'),
  },
  { sentence: 'at the last instant of the window', crls: [{}], at: '2026-07-01T00:00:00Z', ...good },
  { sentence: 'a second after the window', crls: [{}], at: '2026-07-01T00:00:01Z', ...unknown('X509_CRL_EXPIRED') },
  {
    sentence: 'a second after the window, within the grace',
    crls: [{}],
    at: '2026-07-01T00:00:01Z',
    graceMilliseconds: 1000,
    ...good,
  },
  {
    sentence: 'a second after the grace',
    crls: [{}],
    at: '2026-07-01T00:00:02Z',
    graceMilliseconds: 1000,
    ...unknown('X509_CRL_EXPIRED'),
  },
  {
    sentence: 'an old CRL does not even revoke',
    crls: [{ entries: [listed] }],
    at: '2026-08-01T00:00:00Z',
    ...unknown('X509_CRL_EXPIRED'),
  },
  {
    sentence: 'without nextUpdate under the RFC, for a day',
    crls: [{ nextUpdate: none }],
    at: '2026-06-02T00:00:00Z',
    ...good,
  },
  {
    sentence: 'without nextUpdate under the RFC, a second later',
    crls: [{ nextUpdate: none }],
    at: '2026-06-02T00:00:01Z',
    ...unknown('X509_CRL_EXPIRED'),
  },
  {
    sentence: 'without nextUpdate under the rules of public authorities',
    crls: [{ nextUpdate: none }],
    profile: 'webpki',
    ...unknown('X509_CRL_NO_NEXT_UPDATE'),
  },
  {
    sentence: 'times as GeneralizedTime',
    crls: [
      { thisUpdate: generalizedTime('2026-06-01T00:00:00Z'), nextUpdate: generalizedTime('2026-07-01T00:00:00Z') },
    ],
    ...good,
  },
  { sentence: 'an old CRL beside a current one', crls: [{ nextUpdate: time('2026-06-02T00:00:00Z') }, {}], ...good },

  // Extensions of the CRL.
  {
    sentence: 'an unknown extension that is not critical',
    crls: [{ extensions: [number, unknownExtension(false)] }],
    ...good,
  },
  {
    sentence: 'an unknown critical extension',
    crls: [{ extensions: [number, unknownExtension(true)] }],
    ...unknown('X509_CRL_CRITICAL_EXTENSION_UNKNOWN'),
  },
  {
    sentence: 'without a CRL number',
    crls: [{ extensions: [authorityKeyIdentifier(keyNamed('root'))] }],
    ...unknown('X509_CRL_NUMBER_INVALID'),
  },
  {
    sentence: 'with a critical CRL number',
    crls: [{ extensions: [crlNumber(10, true)] }],
    ...unknown('X509_CRL_NUMBER_INVALID'),
  },
  {
    sentence: 'a negative CRL number',
    crls: [{ extensions: [{ type: '2.5.29.20', value: integer(0x80) }] }],
    ...unknown('X509_CRL_UNREADABLE'),
  },
  { sentence: 'two CRL numbers', crls: [{ extensions: [number, number] }], ...unknown('X509_CRL_UNREADABLE') },
  {
    sentence: 'an authority key identifier of its key',
    crls: [{ extensions: [authorityKeyIdentifier(keyNamed('root')), number] }],
    ...good,
  },
  { sentence: 'a version that does not exist', crls: [{ version: integer(2) }], ...unknown('X509_CRL_UNREADABLE') },

  // Signature and signer.
  {
    sentence: 'signed with another key',
    crls: [{ signer: keyNamed('stranger') }],
    ...unknown('X509_CRL_SIGNATURE_INVALID'),
  },
  {
    sentence: 'signed with another key and listing it',
    crls: [{ signer: keyNamed('stranger'), entries: [listed] }],
    ...unknown('X509_CRL_SIGNATURE_INVALID'),
  },
  {
    sentence: 'an algorithm outside that is not the one inside',
    crls: [{ outerAlgorithm: sequence(objectIdentifier('1.2.840.10045.4.3.3')) }],
    ...unknown('X509_CRL_UNREADABLE'),
  },
  {
    sentence: 'SHA-1',
    crls: [{ algorithm: sequence(objectIdentifier('1.2.840.10045.4.1')) }],
    ...unknown('X509_CRL_SIGNATURE_REFUSED'),
  },
  {
    sentence: 'of another issuer',
    crls: [{ issuer: commonName('Somebody') }],
    ...unknown('X509_REVOCATION_NO_SOURCE'),
  },
  {
    sentence: 'the name of the issuer in other letters and spaces',
    crls: [{ issuer: distinguishedName(['2.5.4.3', ' ROOT ']) }],
    ...good,
  },
  {
    sentence: 'signed by another key of the issuer that the root certified for CRLs',
    crls: [{ signer: keyNamed('crl signer') }, rootSaysNothing],
    others: [trackedSigner(commonName('Root'))],
    ...good,
  },
  {
    sentence: 'the same, listing it',
    crls: [{ signer: keyNamed('crl signer'), entries: [listed] }, rootSaysNothing],
    others: [trackedSigner(commonName('Root'))],
    ...revoked,
  },
  {
    sentence: 'the same, but the signer is revoked',
    crls: [{ signer: keyNamed('crl signer') }, { ...rootSaysNothing, entries: [{ serial: Uint8Array.of(0x50) }] }],
    others: [trackedSigner(commonName('Root'))],
    ...unknown('X509_CRL_SIGNER_REVOKED'),
  },
  {
    sentence: 'the same, but the signer may not sign CRLs',
    crls: [{ signer: keyNamed('crl signer') }],
    others: [signer(commonName('Root'), { extensions: [keyUsage(0)] })],
    ...unknown('X509_CRL_SIGNER_KEY_USAGE'),
  },
  {
    sentence: 'the same, but the signer has expired',
    crls: [{ signer: keyNamed('crl signer') }],
    others: [signer(commonName('Root'), { notAfter: time('2026-06-10T00:00:00Z') })],
    ...unknown('X509_CRL_SIGNER_UNTRUSTED'),
  },
  {
    sentence: 'the same, but a stranger certified the signer',
    crls: [{ signer: keyNamed('crl signer') }],
    others: [signer(commonName('Root'), { signer: keyNamed('stranger') })],
    ...unknown('X509_CRL_SIGNER_UNTRUSTED'),
  },
  {
    sentence: 'a signer with the name of the issuer that a lower authority certified',
    crls: [{ signer: keyNamed('crl signer') }],
    others: [
      signer(commonName('Root'), { issuer: commonName('Lower'), signer: keyNamed('lower') }),
      signer(commonName('Lower'), {
        key: keyNamed('lower'),
        extensions: [
          basicConstraints(true),
          keyUsage(5, 6),
          subjectKeyIdentifier(keyNamed('lower')),
          authorityKeyIdentifier(keyNamed('root')),
        ],
      }),
    ],
    ...unknown('X509_CRL_SIGNER_UNTRUSTED'),
  },

  // Scope.
  { sentence: 'for end entities only', crls: [{ extensions: point({ only: 'user' }) }], ...good },
  {
    sentence: 'for authorities only',
    crls: [{ extensions: point({ only: 'ca' }) }],
    ...unknown('X509_CRL_ONLY_CA_CERTIFICATES'),
  },
  {
    sentence: 'for authorities only, listing it',
    crls: [{ extensions: point({ only: 'ca' }), entries: [listed] }],
    ...unknown('X509_CRL_ONLY_CA_CERTIFICATES'),
  },
  {
    sentence: 'for attribute certificates only',
    crls: [{ extensions: point({ only: 'attribute' }) }],
    ...unknown('X509_CRL_ONLY_ATTRIBUTE_CERTIFICATES'),
  },
  {
    sentence: 'for two kinds only at once',
    crls: [{ extensions: point({ only: 'user', alsoOnly: 'ca' }) }],
    ...unknown('X509_CRL_UNREADABLE'),
  },
  {
    sentence: 'an issuing distribution point that says nothing',
    crls: [{ extensions: point({}) }],
    ...unknown('X509_CRL_UNREADABLE'),
  },
  {
    sentence: 'an issuing distribution point that is not critical',
    crls: [{ extensions: point({ only: 'user', critical: false }) }],
    ...unknown('X509_CRL_DISTRIBUTION_POINT_NOT_CRITICAL'),
  },
  {
    sentence: 'the partition that the certificate names',
    crls: [{ extensions: point({ uri }) }],
    endEntity: [distributionPoints({ uri })],
    ...good,
  },
  {
    sentence: 'the partition that the certificate names, listing it',
    crls: [{ extensions: point({ uri }), entries: [listed] }],
    endEntity: [distributionPoints({ uri })],
    ...revoked,
  },
  {
    sentence: 'another partition',
    crls: [{ extensions: point({ uri: 'http://crl.example.com/b.crl' }) }],
    endEntity: [distributionPoints({ uri })],
    ...unknown('X509_CRL_DISTRIBUTION_POINT_MISMATCH'),
  },
  {
    sentence: 'another partition, listing it',
    crls: [{ extensions: point({ uri: 'http://crl.example.com/b.crl' }), entries: [listed] }],
    endEntity: [distributionPoints({ uri })],
    ...unknown('X509_CRL_DISTRIBUTION_POINT_MISMATCH'),
  },
  {
    sentence: 'a partition, and the certificate names none',
    crls: [{ extensions: point({ uri }) }],
    ...unknown('X509_CRL_DISTRIBUTION_POINT_MISMATCH'),
  },
  {
    sentence: 'the whole CRL, and the certificate names a partition',
    crls: [{}],
    endEntity: [distributionPoints({ uri })],
    ...good,
  },
  {
    sentence: 'the second of two partitions that the certificate names',
    crls: [{ extensions: point({ uri }) }],
    endEntity: [distributionPoints({ uri: 'http://crl.example.com/x.crl' }, { uri })],
    ...good,
  },
  {
    sentence: 'a relative name on both sides',
    crls: [{ extensions: point({ relative }) }],
    endEntity: [distributionPoints({ relative })],
    ...good,
  },
  {
    sentence: 'a relative name against the full one',
    crls: [{ extensions: point({ relative }) }],
    endEntity: [distributionPoints({ directory: distinguishedName(['2.5.4.3', 'Root'], ['2.5.4.3', 'part 1']) })],
    ...good,
  },
  {
    sentence: 'the name of the issuer as the partition',
    crls: [{ extensions: point({ directory: commonName('Root') }) }],
    ...good,
  },

  // Reasons.
  {
    sentence: 'for some reasons only',
    crls: [{ extensions: point({ reasons: [1, 2] }) }],
    ...unknown('X509_CRL_REASONS_INCOMPLETE'),
  },
  {
    sentence: 'for some reasons only, listing it',
    crls: [{ extensions: point({ reasons: [1, 2] }), entries: [listed] }],
    ...revoked,
  },
  {
    sentence: 'two CRLs whose reasons add up to all',
    crls: [{ extensions: point({ reasons: [1, 2] }) }, { extensions: point({ reasons: [3, 4, 5, 6, 7, 8] }) }],
    ...good,
  },
  {
    sentence: 'two CRLs whose reasons add up, and the second lists it',
    crls: [
      { extensions: point({ reasons: [1, 2] }) },
      { extensions: point({ reasons: [3, 4, 5, 6, 7, 8] }), entries: [listed] },
    ],
    ...revoked,
  },
  {
    sentence: 'two CRLs whose reasons lack one',
    crls: [{ extensions: point({ reasons: [1, 2] }) }, { extensions: point({ reasons: [3, 4, 5, 6, 7] }) }],
    ...unknown('X509_CRL_REASONS_INCOMPLETE'),
  },
  {
    sentence: 'the certificate names the partition for some reasons only',
    crls: [{ extensions: point({ uri }) }],
    endEntity: [distributionPoints({ uri, reasons: [1] })],
    ...unknown('X509_CRL_REASONS_INCOMPLETE'),
  },

  // Indirect CRLs.
  {
    sentence: 'an indirect CRL that lists nothing',
    crls: [indirect(), rootSaysNothing],
    endEntity: [indirectPoint],
    others: [trackedSigner(indirectName)],
    ...good,
  },
  {
    sentence: 'an indirect CRL that lists it',
    crls: [
      indirect({ entries: [{ ...listed, extensions: [certificateIssuer(commonName('Root'))] }] }),
      rootSaysNothing,
    ],
    endEntity: [indirectPoint],
    others: [trackedSigner(indirectName)],
    ...revoked,
  },
  {
    sentence: 'an indirect CRL that lists the number of its own issuer',
    crls: [indirect({ entries: [listed] }), rootSaysNothing],
    endEntity: [indirectPoint],
    others: [trackedSigner(indirectName)],
    ...good,
  },
  {
    sentence: 'an indirect CRL: the issuer holds for the entries that follow',
    crls: [
      indirect({ entries: [{ ...other, extensions: [certificateIssuer(commonName('Root'))] }, listed] }),
      rootSaysNothing,
    ],
    endEntity: [indirectPoint],
    others: [trackedSigner(indirectName)],
    ...revoked,
  },
  {
    sentence: 'an indirect CRL: until another issuer is named',
    crls: [
      indirect({
        entries: [
          { ...other, extensions: [certificateIssuer(commonName('Root'))] },
          { ...listed, extensions: [certificateIssuer(commonName('Else'))] },
        ],
      }),
      rootSaysNothing,
    ],
    endEntity: [indirectPoint],
    others: [trackedSigner(indirectName)],
    ...good,
  },
  {
    sentence: 'a CRL of the named issuer that does not call itself indirect',
    crls: [indirect({ extensions: point({ uri }) })],
    endEntity: [indirectPoint],
    others: [trackedSigner(indirectName)],
    ...unknown('X509_CRL_NOT_INDIRECT'),
  },
  {
    sentence: 'an indirect CRL of an issuer that the certificate does not name',
    crls: [indirect()],
    endEntity: [distributionPoints({ uri })],
    others: [trackedSigner(indirectName)],
    ...unknown('X509_REVOCATION_UNDETERMINED'),
  },
  {
    sentence: 'an indirect CRL whose signer nobody knows',
    crls: [indirect()],
    endEntity: [indirectPoint],
    ...unknown('X509_CRL_SIGNER_NOT_FOUND'),
  },
  {
    sentence: 'an indirect CRL whose signer is of unknown status',
    crls: [indirect()],
    endEntity: [indirectPoint],
    others: [trackedSigner(indirectName)],
    ...unknown('X509_CRL_SIGNER_UNDETERMINED'),
  },

  // Delta CRLs.
  {
    sentence: 'a delta CRL without its base',
    crls: [delta({ entries: [listed] })],
    ...unknown('X509_CRL_DELTA_WITHOUT_BASE'),
  },
  { sentence: 'a delta CRL adds it', crls: [{}, delta({ entries: [listed] })], ...revoked },
  { sentence: 'a delta CRL that adds nothing', crls: [{}, delta()], ...good },
  {
    sentence: 'a delta CRL takes it back',
    crls: [
      { entries: [{ ...listed, extensions: [reasonCode(6)] }] },
      delta({ entries: [{ ...listed, extensions: [reasonCode(8)] }] }),
    ],
    ...good,
  },
  {
    sentence: 'a delta CRL for a later base',
    crls: [{}, delta({ extensions: [crlNumber(12), deltaOf(11)], entries: [listed] })],
    ...good,
  },
  {
    sentence: 'a delta CRL for an earlier base',
    crls: [{}, delta({ extensions: [crlNumber(12), deltaOf(9)], entries: [listed] })],
    ...revoked,
  },
  {
    sentence: 'a delta CRL older than the complete one',
    crls: [{ extensions: [crlNumber(20)] }, delta({ entries: [listed] })],
    ...good,
  },
  {
    sentence: 'a delta CRL signed with another key',
    crls: [{}, delta({ signer: keyNamed('stranger'), entries: [listed] })],
    ...good,
  },
  {
    sentence: 'a delta CRL of another scope',
    crls: [
      {},
      delta({
        extensions: [crlNumber(11), deltaOf(10), issuingDistributionPoint({ only: 'user' })],
        entries: [listed],
      }),
    ],
    ...good,
  },
  {
    sentence: 'a delta CRL that is over',
    crls: [{}, delta({ nextUpdate: time('2026-06-10T00:00:00Z'), entries: [listed] })],
    ...good,
  },
  {
    sentence: 'of two delta CRLs the newer decides',
    crls: [
      {},
      delta({ entries: [listed] }),
      delta({ extensions: [crlNumber(12), deltaOf(10)], entries: [{ ...listed, extensions: [reasonCode(8)] }] }),
    ],
    ...good,
  },
];
