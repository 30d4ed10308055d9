import { checklistProduct } from '../checklist.ts';

export const f5BigIp = checklistProduct(
  {
    id: 'f5-big-ip',
    title: 'F5 BIG-IP',
    abilities: {
      nameMatch: { can: 'yes', words: 'By an iRule or an access policy; the profile alone matches the CA only.' },
      revocation: { can: 'yes', words: 'CRL file or object, or OCSP by a profile.' },
      headerStrip: { can: 'yes', words: 'By an iRule or a local traffic policy.' },
      restPaths: { can: 'yes', words: 'By an iRule, a local traffic policy or the application firewall.' },
      tlsPolicy: { can: 'yes', words: 'Suites by a cipher group; options No Session Tickets, renegotiation disabled.' },
    },
    differences: ['Client certificate "request" lets in clients without one: it has to be "require".'],
    refusal: 'a TLS alert or a reset',
  },
  {
    tls: 'client SSL profile: cipher group, options, Renegotiation disabled, Session Ticket disabled, cache size 0',
    clientCertificate: 'client SSL profile, Client Authentication: Client Certificate "require", Frequency "always"',
    authority:
      'client SSL profile: Trusted Certificate Authorities, and the same as Advertised Certificate Authorities',
    name: 'iRule at CLIENTSSL_CLIENTCERT: compare the subjectAltName of SSL::cert 0 with each name; reject otherwise',
    revocation:
      'client SSL profile: Certificate Revocation List (CRL); put a scheduled fetch behind it, or use a CRL object with automatic update',
    headers: 'iRule at HTTP_REQUEST: HTTP::header remove, for each',
    paths: 'local traffic policy with the HTTP URI, or an iRule; compare before decoding',
  },
);
