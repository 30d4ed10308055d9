/** More cases of CRLs, in the world of `crl-cases.ts`: certificates that are authorities, signers that hang on what they speak about, malformed extensions. */
import {
  certificateIssuer,
  crlNumber,
  distributionPoints,
  issuingDistributionPoint,
} from '../../generate/crl-author.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  commonName,
  keyNamed,
  keyUsage,
  subjectKeyIdentifier,
} from '../certificate-author.ts';
import type { ExtensionSpec } from '../certificate-author.ts';
import { endEntitySpec, hostName } from '../chain-author.ts';
import { integer, sequence } from '../der-writer.ts';
import { endEntitySerial } from './crl-cases.ts';
import type { CrlCase } from './crl-cases.ts';

const good = { status: 'good', code: 'X509_REVOCATION_GOOD' } as const;
const unknown = (code: string) => ({ status: 'unknown', code }) as const;
const number = crlNumber(10);
const uri = 'http://crl.example.com/a.crl';
const only = (kind: 'user' | 'ca') => [{ extensions: [number, issuingDistributionPoint({ only: kind })] }];
/** What makes the end entity an authority, which `rfc5280` lets it be. */
const authority: readonly ExtensionSpec[] = [basicConstraints(true), subjectKeyIdentifier(keyNamed('end entity'))];
const indirectName = commonName('CRL issuer');
/** An authority that names an issuer of its CRLs. */
const vouching = [...authority, keyUsage(0, 5), distributionPoints({ uri, crlIssuer: indirectName })];

export const scopeCases: readonly CrlCase[] = [
  {
    sentence: 'for end entities only, and it is an authority',
    crls: only('user'),
    endEntity: authority,
    ...unknown('X509_CRL_ONLY_USER_CERTIFICATES'),
  },
  { sentence: 'for authorities only, and it is one', crls: only('ca'), endEntity: authority, ...good },
  {
    sentence: 'for end entities only, and nobody can read whether it is an authority',
    crls: only('user'),
    endEntity: [{ type: '2.5.29.19', value: integer(1) }],
    ...unknown('X509_REVOCATION_MALFORMED'),
  },
  {
    sentence: 'the distribution points of the certificate cannot be read',
    crls: [{}],
    endEntity: [{ type: '2.5.29.31', value: sequence() }],
    ...unknown('X509_CRL_DISTRIBUTION_POINTS_MALFORMED'),
  },
  {
    sentence: 'an indirect CRL whose signer the certificate itself vouches for',
    crls: [
      {
        issuer: indirectName,
        signer: keyNamed('crl signer'),
        extensions: [number, issuingDistributionPoint({ uri, indirect: true })],
      },
    ],
    endEntity: vouching,
    others: [
      endEntitySpec({
        issuer: commonName('Root'),
        signer: keyNamed('root'),
        serial: integer(0x42),
        set: vouching,
      }),
      {
        subject: indirectName,
        issuer: commonName(hostName),
        key: keyNamed('crl signer'),
        signer: keyNamed('end entity'),
        serial: integer(0x50),
        extensions: [
          keyUsage(6),
          subjectKeyIdentifier(keyNamed('crl signer')),
          authorityKeyIdentifier(keyNamed('end entity')),
        ],
      },
    ],
    ...unknown('X509_CRL_SIGNER_UNTRUSTED'),
  },
  {
    sentence: 'an indirect CRL that lists it under a second name of the same issuer',
    crls: [
      {
        extensions: [number, issuingDistributionPoint({ uri, indirect: true })],
        entries: [{ serial: endEntitySerial, extensions: [certificateIssuer(commonName('Else'))] }],
      },
    ],
    endEntity: [distributionPoints({ uri })],
    ...good,
  },
];
