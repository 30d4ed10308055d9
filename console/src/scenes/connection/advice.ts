/** What to do about a finding, in one sentence by its stable code; an unknown code has none and keeps its own message. */
const advice: Readonly<Record<string, string | undefined>> = {
  X509_EXPIRED: 'Install the renewed server certificate on the enforcer, then check again.',
  X509_NOT_YET_VALID: 'Install a certificate whose period has begun, and look at the clocks of both sides.',
  X509_NAME_MISMATCH: 'Install a certificate that names this host, or correct the base URL in the terms.',
  X509_NO_PATH: 'Send the intermediates with the certificate, or agree on the private authority as an anchor.',
  dns: 'See whether the host’s name is right and resolves where the connector runs.',
  'address-forbidden': 'Allow private addresses in the terms if this host is meant to be inside your network.',
  'connect-refused': 'See whether the far side runs and whether its firewall admits the connector’s address.',
  'connect-timeout': 'See whether the far side’s firewall admits the connector’s address.',
  'not-tls': 'The port answers without TLS: see whether it is the right one.',
  'protocol-version': 'The far side must offer TLS 1.2.',
  'no-common-suite': 'The far side must offer one of the suites of the agreed policy.',
  'weak-dh': 'The far side must use a Diffie-Hellman group of at least 2048 bits.',
  'client-certificate-refused': 'Add the authority of our client certificate to those that the enforcer accepts.',
  'client-certificate-by-renegotiation': 'The enforcer must ask for the certificate in the first handshake.',
};

/** The next step for a code, or an empty text. */
export function adviceFor(code: string): string {
  return advice[code] ?? '';
}
