import { checklistProduct } from '../checklist.ts';

export const cloudflare = checklistProduct(
  {
    id: 'cloudflare',
    title: 'Cloudflare (API Shield, Access)',
    abilities: {
      nameMatch: {
        can: 'yes',
        words: 'By a rule over the subject or the fingerprint; without one every certificate of the CA comes in.',
      },
      revocation: {
        can: 'partly',
        words:
          'A revoked certificate still counts as verified: only a rule that also asks for the flag "revoked" refuses it.',
      },
      headerStrip: { can: 'yes', words: 'By a request header transform rule.' },
      restPaths: { can: 'yes', words: 'By a rule over method and path.' },
      tlsPolicy: { can: 'partly', words: 'Minimum version and suites of the zone; no finite-field suites.' },
    },
    differences: [
      'Mutual TLS at the edge proves nothing about the way from the edge to Jira: that needs authenticated origin pulls.',
      'cf.tls_client_auth.cert_verified stays true for a revoked certificate.',
    ],
    refusal: 'HTTP 403 by a rule',
  },
  {
    tls: 'zone: minimum TLS version 1.2, custom cipher suites',
    clientCertificate:
      'host in the list of mutual TLS hosts, and a rule that blocks unless cf.tls_client_auth.cert_verified',
    authority: 'the certificates below, uploaded as CA for mutual TLS (bring your own CA)',
    name: 'the same rule: cf.tls_client_auth.cert_subject_dn is one of the names',
    revocation: 'the same rule: and not cf.tls_client_auth.cert_revoked',
    headers: 'request header transform rule: remove, for each',
    paths: 'the same rule: http.request.method and http.request.uri.path',
  },
);
