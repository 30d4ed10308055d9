import { dial, good, intermediate, leaf, refused } from './observed.ts';
import type { RuleCase } from './observed.ts';

const of = (change: Partial<typeof leaf>) => [{ ...leaf, ...change }, intermediate];
const root = {
  ...intermediate,
  subject: 'CN=Corp Root',
  issuer: 'CN=Corp Root',
  subjectNames: ['Corp Root'],
  issuerNames: ['Corp Root'],
  selfIssued: true,
  sha256: '44',
};
const corporate = { ...leaf, issuer: 'CN=Corp Root', issuerNames: ['Corp Root'] };
const agreed = {
  target: { ...good.target, anchors: 'private' as const, anchorNames: ['Example Root', 'Example Trust'] },
};
const unknown = 'X509_ISSUER_NOT_FOUND';
const from = (code: string) => ({ code, kind: 'crl', url: 'http://crl.example.com/a.crl' });

/** What the server shows, and what is wrong with it. */
export const serverChainCases: readonly RuleCase[] = [
  {
    rule: 'server-certificate-revoked',
    actor: 'customer',
    fires: refused('revocation', 'X509_REVOCATION_REVOKED'),
    nearMiss: refused('revocation', 'X509_REVOCATION_UNDETERMINED', undefined, {}, 'operator'),
  },
  {
    rule: 'inspected-on-the-way',
    actor: 'network-team',
    fires: refused('trust', unknown, [
      {
        ...leaf,
        issuer: 'CN=Zscaler Intermediate Root CA',
        issuerNames: ['Zscaler Inc.', 'Zscaler Intermediate Root CA'],
      },
    ]),
    nearMiss: refused('trust', unknown, [corporate]),
  },
  {
    rule: 'self-signed-default',
    actor: 'customer',
    fires: refused('trust', 'X509_SELF_ISSUED_NOT_TRUSTED', [
      { ...leaf, issuer: leaf.subject, issuerNames: leaf.subjectNames, selfIssued: true },
    ]),
    nearMiss: refused('trust', unknown, [corporate]),
  },
  {
    rule: 'distrusted-authority',
    actor: 'customer',
    fires: refused('trust', 'X509_DISTRUSTED_AFTER'),
    nearMiss: refused('trust', unknown, [corporate]),
  },
  {
    rule: 'root-not-in-our-list',
    actor: 'operator',
    fires: refused('trust', unknown, of({ looksPublic: true })),
    nearMiss: refused('trust', unknown, of({ looksPublic: false })),
  },
  {
    rule: 'intermediate-not-sent',
    actor: 'customer',
    fires: refused('trust', unknown, [leaf], agreed),
    nearMiss: refused('trust', unknown, [corporate], agreed),
  },
  {
    rule: 'private-authority',
    actor: 'customer',
    fires: refused('trust', unknown, [corporate, root]),
    nearMiss: refused('trust', 'X509_SELF_ISSUED_NOT_TRUSTED', [{ ...leaf, issuer: leaf.subject, selfIssued: true }]),
  },
  {
    rule: 'weak-signature',
    actor: 'customer',
    fires: refused('signature', 'X509_SIGNATURE_SHA1'),
    nearMiss: refused('signature', 'X509_SIGNATURE_INVALID', undefined, {}, 'network-team'),
  },
  {
    rule: 'weak-server-key',
    actor: 'customer',
    fires: refused('signature', 'X509_KEY_RSA_TOO_SMALL'),
    nearMiss: refused('signature', 'X509_SIGNATURE_SHA1'),
  },
  {
    rule: 'altered-chain',
    actor: 'network-team',
    fires: refused('signature', 'X509_SIGNATURE_INVALID', undefined, {}, 'network-team'),
    nearMiss: refused('signature', 'X509_SIGNATURE_SHA1'),
  },
  {
    rule: 'signature-refused',
    actor: 'certificate-authority',
    fires: refused('signature', 'X509_SIGNATURE_PARAMETERS', undefined, {}, 'certificate-authority'),
    nearMiss: refused('signature', 'X509_SIGNATURE_SHA1'),
  },
  {
    rule: 'server-key-not-proven',
    actor: 'network-team',
    fires: {
      ...refused('trust', unknown),
      dials: [
        {
          ...dial,
          verdict: 'none',
          error: { code: 'server-key-not-proven', message: 'Not proven.', actor: 'network-team' },
        },
      ],
    },
    nearMiss: refused('trust', unknown, [corporate]),
  },
  {
    rule: 'server-certificate-not-made-for-servers',
    actor: 'customer',
    fires: refused('trust', 'X509_EXTENDED_KEY_USAGE_UNFIT'),
    nearMiss: refused('trust', 'X509_PATH_LENGTH_EXCEEDED', undefined, {}, 'certificate-authority'),
  },
  {
    rule: 'chain-breaks-a-rule',
    actor: 'certificate-authority',
    fires: refused('trust', 'X509_PATH_LENGTH_EXCEEDED', undefined, {}, 'certificate-authority'),
    nearMiss: refused('trust', unknown, [corporate]),
  },
  {
    rule: 'server-certificate-expired',
    actor: 'customer',
    fires: refused('validity', 'X509_EXPIRED', of({ notAfter: '2026-05-01T00:00:00Z' })),
    nearMiss: refused('validity', 'X509_NOT_YET_VALID', of({ notBefore: '2026-06-10T00:00:00Z' })),
  },
  {
    rule: 'server-certificate-not-yet-valid',
    actor: 'customer',
    fires: refused('validity', 'X509_NOT_YET_VALID', of({ notBefore: '2026-06-10T00:00:00Z' })),
    nearMiss: refused('validity', 'X509_EXPIRED', of({ notAfter: '2026-05-01T00:00:00Z' })),
  },
  {
    rule: 'common-name-only',
    actor: 'customer',
    fires: refused('name', 'X509_NAME_MISMATCH', of({ alternativeNames: null })),
    nearMiss: refused('name', 'X509_NAME_MISMATCH', of({ alternativeNames: ['other.example.com'] })),
  },
  {
    rule: 'wildcard-too-deep',
    actor: 'customer',
    fires: refused('name', 'X509_NAME_MISMATCH', of({ alternativeNames: ['*.com'] })),
    nearMiss: refused('name', 'X509_NAME_MISMATCH', of({ alternativeNames: ['*.example.org'] })),
  },
  {
    rule: 'address-not-in-certificate',
    actor: 'customer',
    fires: refused('name', 'X509_NAME_MISMATCH', undefined, { target: { ...good.target, host: '192.0.2.1' } }),
    nearMiss: refused('name', 'X509_NAME_MISMATCH'),
  },
  {
    rule: 'wrong-virtual-host',
    actor: 'customer',
    fires: refused('name', 'X509_NAME_MISMATCH', of({ alternativeNames: ['other.example.net'] })),
    nearMiss: refused('name', 'X509_NAME_MISMATCH', of({ alternativeNames: null })),
  },
  {
    rule: 'staple-unusable',
    actor: 'customer',
    fires: refused('revocation', 'X509_OCSP_EXPIRED', undefined, {}, 'certificate-authority', null, true),
    nearMiss: refused('revocation', 'X509_OCSP_EXPIRED', undefined, {}, 'certificate-authority', null, false),
  },
  {
    rule: 'crl-outdated',
    actor: 'certificate-authority',
    fires: refused('revocation', 'X509_REVOCATION_UNDETERMINED', undefined, {}, 'operator', from('crl-stale')),
    nearMiss: refused('revocation', 'X509_REVOCATION_UNDETERMINED', undefined, {}, 'operator', from('source-down')),
  },
  {
    rule: 'revocation-answer-unusable',
    actor: 'certificate-authority',
    fires: refused(
      'revocation',
      'X509_REVOCATION_UNDETERMINED',
      undefined,
      {},
      'network-team',
      from('crl-wrong-signer'),
    ),
    nearMiss: refused('revocation', 'X509_REVOCATION_UNDETERMINED', undefined, {}, 'operator', from('source-timeout')),
  },
  {
    rule: 'revocation-not-to-be-had',
    actor: 'operator',
    fires: refused('revocation', 'X509_REVOCATION_UNDETERMINED', undefined, {}, 'operator', from('source-down')),
    nearMiss: refused('revocation', 'X509_REVOCATION_REVOKED'),
  },
];
