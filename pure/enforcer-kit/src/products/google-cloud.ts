import { checklistProduct } from '../checklist.ts';

export const googleCloud = checklistProduct(
  {
    id: 'google-cloud',
    title: 'Google Cloud Application Load Balancer',
    abilities: {
      nameMatch: {
        can: 'partly',
        words: 'It hands the names of the certificate on in headers; what stands behind it has to compare them.',
      },
      revocation: {
        can: 'no',
        words: 'None that we know of: ask for a private CA, and take its root out when a key is lost.',
      },
      headerStrip: {
        can: 'partly',
        words: 'Headers that it sets itself are overwritten; others have to be removed behind it.',
      },
      restPaths: { can: 'yes', words: 'By the URL map.' },
      tlsPolicy: { can: 'partly', words: 'An SSL policy with profile CUSTOM; no finite-field suites.' },
    },
    differences: ['Mode ALLOW_INVALID_OR_MISSING_CLIENT_CERT enforces nothing.'],
    refusal: 'a TLS alert or a closed connection',
  },
  {
    tls: 'SSL policy: minimum TLS 1.2, profile CUSTOM, the ECDHE suites of the list',
    clientCertificate: 'server TLS policy: clientValidationMode REJECT_INVALID',
    authority: 'trust configuration: the root as trust anchor, the issuing CAs as intermediates',
    name: 'custom request headers from client_cert_dnsname_sans or client_cert_subject_dn, compared behind it',
    revocation: 'not there: rely on short lives and a private CA',
    headers: 'custom request headers of the same names, so that what came from outside is overwritten',
    paths: 'URL map with path matchers; the default goes to a backend that refuses',
  },
);
