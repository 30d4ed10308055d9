import { checklistProduct } from '../checklist.ts';

export const iis = checklistProduct(
  {
    id: 'iis',
    title: 'Microsoft IIS (with Application Request Routing)',
    abilities: {
      nameMatch: {
        can: 'partly',
        words: 'By certificate mapping to an account, one certificate each: it changes with every swap.',
      },
      revocation: { can: 'yes', words: 'By Windows itself, CRL and OCSP fetched live; an unreachable source refuses.' },
      headerStrip: { can: 'yes', words: 'By URL Rewrite: server variables set to nothing.' },
      restPaths: { can: 'yes', words: 'By URL Rewrite or request filtering.' },
      tlsPolicy: { can: 'partly', words: 'Suites and protocols are settings of the whole machine (Schannel).' },
    },
    differences: [
      'It asks for the certificate after the request by a renegotiation, which Sallyport refuses, unless the binding says to negotiate it at once.',
      'Refusals are HTTP 403.7 (none), 403.13 (revoked or unknown), 403.16 (untrusted), 403.17 (expired).',
    ],
    refusal: 'HTTP 403.7, 403.13, 403.16 or 403.17',
  },
  {
    tls: 'Schannel: protocols and cipher suite order by group policy',
    clientCertificate:
      'SSL settings of the site: Require SSL, client certificates Require; and netsh http … clientcertnegotiation=enable on the binding, so that it is asked for in the first handshake',
    authority:
      'a certificate trust list for the binding (sslctlstorename), or only this CA in the machine’s Client Authentication Issuers; and SendTrustedIssuerList if names are to be sent',
    name: 'iisClientCertificateMappingAuthentication, one-to-one, for each certificate',
    revocation: 'netsh http … verifyclientcertrevocation=enable, and a way out to the addresses below',
    headers: 'URL Rewrite, serverVariables HTTP_… set to an empty value, for each',
    paths: 'URL Rewrite rules, the last one refuses with 403',
  },
);
