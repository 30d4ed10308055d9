/** What to do about a finding, in one sentence by its stable code; a code without one lets its own message speak. */
const advice: Readonly<Record<string, string | undefined>> = {
  X509_EXPIRED: 'Install the renewed server certificate on the enforcer, then check again.',
  X509_NOT_YET_VALID: 'Install a certificate whose period has begun, and look at the clocks of both sides.',
  X509_ISSUER_NOT_FOUND: 'Send the intermediates with the certificate, or agree on its authority as an anchor.',
  X509_SELF_ISSUED_NOT_TRUSTED: 'Use a certificate of a public authority, or agree on this one as an anchor.',
  X509_SIGNATURE_INVALID: 'Find out who answers at this address: the certificate was not made by the issuer it names.',
  X509_KEY_RSA_TOO_SMALL: 'Have the certificate made anew with a key of at least 2048 bits.',
  X509_EXTENDED_KEY_USAGE_UNFIT: 'Install a certificate that was made for servers.',
  X509_REVOCATION_UNDETERMINED: 'An OCSP response that the enforcer staples would answer it.',
  X509_NAME_MISMATCH: 'Install a certificate that names this host, or correct the base URL in the terms.',
  X509_NAME_KIND_MISSING: 'Install a certificate that names this host, or correct the base URL in the terms.',
  X509_NAME_NO_ALTERNATIVE_NAMES: 'Install a certificate that names this host as a subjectAltName.',
  dns: 'See whether the host’s name is right and resolves where the connector runs.',
  'address-forbidden': 'Allow private addresses in the terms if this host is meant to be inside your network.',
  'connect-refused': 'See whether the far side runs and whether its firewall admits the connector’s address.',
  'connect-timeout': 'See whether the far side’s firewall admits the connector’s address.',
  'not-tls': 'The port answers without TLS: see whether it is the right one.',
  'protocol-version': 'Let the far side offer TLS 1.2.',
  'no-common-suite': 'Let the far side offer one of the suites of the agreed policy.',
  'weak-dh': 'Let the far side use a Diffie-Hellman group of at least 2048 bits, or ECDHE.',
  'handshake-timeout': 'See what slows or holds the handshake on the far side.',
  'peer-closed': 'See in the far side’s log why it closed.',
  'server-key-not-proven': 'Find out who answers at this address: it showed a certificate and could not prove its key.',
  'client-certificate-missing':
    'Add one: ./sallyport db add-client-certificate --certificate FILE --key FILE --kind operator-named --default',
  'client-certificate-refused': 'Add the authority of our client certificate to those that the enforcer accepts.',
  'client-certificate-by-renegotiation': 'Let the enforcer ask for the certificate in the first handshake.',
  'client-certificate-malformed': 'Replace our client certificate: it cannot be used.',
  'client-key-mismatch': 'Replace our client certificate: its key does not belong to it.',
  'evidence-unavailable': 'Nothing is dialled while evidence cannot be kept: look at the database.',
  JIRA_CERTIFICATE_REFUSED: 'Add the authority of our client certificate to those that the enforcer accepts.',
  JIRA_UNAUTHORIZED: 'See whether the token or password is still valid; nothing is tried again until then.',
  JIRA_ANONYMOUS: 'See whether the token still belongs to the service account.',
  JIRA_OTHER_ACCOUNT: 'Use the token of the account that the terms name.',
  JIRA_CAPTCHA: 'Sign the service account in once in a browser, so that Jira’s CAPTCHA is solved.',
  JIRA_FORBIDDEN: 'Give the service account the right to browse the agreed projects.',
  JIRA_NOT_FOUND: 'See whether the base URL has the right context path.',
  JIRA_HTML_ANSWER: 'See what answers in Jira’s place: a login page or a proxy’s error page.',
  JIRA_LOGIN_REDIRECT: 'Let the enforcer pass the REST paths of the terms without a login page.',
  JIRA_QUERY_REFUSED: 'See whether the project keys of the terms exist and the account may browse them.',
  JIRA_RATE_LIMITED: 'Reading goes on by itself when Jira allows it.',
  JIRA_UNAVAILABLE: 'Reading goes on by itself when Jira is back.',
};

/** The next step for a code, or an empty text. */
export function adviceFor(code: string): string {
  return advice[code] ?? '';
}
