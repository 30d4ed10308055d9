import { checklistProduct } from '../checklist.ts';

export const azureApplicationGateway = checklistProduct(
  {
    id: 'azure-application-gateway',
    title: 'Azure Application Gateway',
    abilities: {
      nameMatch: {
        can: 'partly',
        words: 'The issuer’s name can be verified; the subject has to be compared by a rewrite rule or behind it.',
      },
      revocation: {
        can: 'partly',
        words: 'By OCSP only, no CRL: a certificate without an OCSP address cannot be checked.',
      },
      headerStrip: { can: 'yes', words: 'By rewrite rules.' },
      restPaths: { can: 'yes', words: 'By path rules, or by the web application firewall.' },
      tlsPolicy: { can: 'partly', words: 'Suites by a custom policy; finite-field suites are not supported.' },
    },
    differences: [
      'Mode "passthrough" enforces nothing.',
      'At most five CA chains; each has to be complete to the root.',
      'Refusals, a revoked certificate too, are HTTP 400.',
    ],
    refusal: 'HTTP 400',
  },
  {
    tls: 'SSL profile: custom policy, minimum TLS 1.2, the ECDHE suites of the list',
    clientCertificate: 'SSL profile: client authentication in strict mode (never "passthrough")',
    authority: 'SSL profile: the trusted client CA chain, root included',
    name: 'SSL profile: verify client certificate issuer’s DN; compare server variable client_certificate_subject in a rewrite rule or behind it',
    revocation: 'SSL profile: verifyClientRevocation OCSP',
    headers: 'rewrite set: each header set to nothing',
    paths: 'path-based rules, the default refuses',
  },
);
