/**
 * Request headers by which proxies hand a client certificate on. One that arrives from outside is a claim without a
 * proof: whoever stands behind the enforcer may believe it.
 */
export const certificateHeaders: readonly string[] = [
  // RFC 9440.
  'Client-Cert',
  'Client-Cert-Chain',
  'SSL-Client-Cert',
  // The names that Tomcat's SSLValve reads.
  'ssl_client_cert',
  'ssl_client_escaped_cert',
  'ssl_cipher',
  'ssl_session_id',
  'ssl_cipher_usekeysize',
  'X-SSL-Cert',
  'X-SSL-Client-Cert',
  'X-SSL-Client-Certificate',
  'X-SSL-Client-Verify',
  'X-SSL-Client-DN',
  'X-SSL-Client-S-DN',
  'X-SSL-Client-I-DN',
  'X-SSL-Client-CN',
  'X-SSL-Client-Serial',
  'X-SSL-Client-Fingerprint',
  'X-SSL-Client-SHA1',
  'X-SSL-Issuer',
  'X-SSL-Subject',
  'X-Client-Cert',
  'X-Client-Certificate',
  'X-Client-DN',
  'X-Client-Verify',
  'X-ClientCert',
  'X-TLS-Client-Cert',
  'X-Forwarded-Client-Cert',
  'X-Forwarded-Tls-Client-Cert',
  'X-ARR-ClientCert',
  'X-Amzn-Mtls-Clientcert',
  'X-Amzn-Mtls-Clientcert-Leaf',
  'X-Amzn-Mtls-Clientcert-Subject',
  'X-Amzn-Mtls-Clientcert-Serial-Number',
];

/** Both spellings, in lower case, each once: some servers behind take `_` and `-` as the same. */
export const certificateHeaderSpellings: readonly string[] = [
  ...new Set(
    certificateHeaders
      .map((name) => name.toLowerCase())
      .flatMap((name) => [name.replaceAll('_', '-'), name.replaceAll('-', '_')]),
  ),
];
