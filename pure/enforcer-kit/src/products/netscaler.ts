import { checklistProduct } from '../checklist.ts';

export const netscaler = checklistProduct(
  {
    id: 'netscaler',
    title: 'NetScaler ADC',
    abilities: {
      nameMatch: {
        can: 'yes',
        words: 'By a responder policy over CLIENT.SSL.CLIENT_CERT; the virtual server alone matches the CA only.',
      },
      revocation: { can: 'yes', words: 'CRL with automatic refresh, or an OCSP responder, bound to the CA.' },
      headerStrip: { can: 'yes', words: 'By rewrite policies.' },
      restPaths: { can: 'yes', words: 'By a responder policy.' },
      tlsPolicy: {
        can: 'yes',
        words: 'Suites by a cipher group in an SSL profile; session reuse off, renegotiation denied.',
      },
    },
    differences: ['A CRL bound as optional lets in clients when it is missing or outdated: bind it as mandatory.'],
    refusal: 'a TLS alert or a reset',
  },
  {
    tls: 'SSL profile: cipher group, -sessReuse DISABLED, -sessionTicket DISABLED, -denySSLReneg ALL',
    clientCertificate: 'SSL profile or virtual server: -clientAuth ENABLED -clientCert Mandatory',
    authority: 'bind ssl vserver … -certkeyName … -CA, for each CA of the path',
    name: 'responder policy: RESET or 403 unless CLIENT.SSL.CLIENT_CERT.SUBJECT (or the subjectAltName) is one of the names',
    revocation: 'add ssl crl … -refresh ENABLED -url …; bind the CA with -crlCheck Mandatory',
    headers: 'rewrite policy with delete_http_header, for each',
    paths: 'responder policy over HTTP.REQ.METHOD and HTTP.REQ.URL.PATH; anything else 403',
  },
);
