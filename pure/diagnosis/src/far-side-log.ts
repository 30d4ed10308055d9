/**
 * What the far side's own log says of an event, for each product that customers run. Versions differ in punctuation: each text is the part
 * that stays, to be searched for.
 */

export type FarSideEvent =
  | 'nothing'
  | 'connection-only'
  | 'our-alert'
  | 'client-none'
  | 'client-unknown-authority'
  | 'client-expired'
  | 'client-not-yet-valid'
  | 'client-purpose'
  | 'client-revoked'
  | 'client-refused'
  | 'no-common-suite'
  | 'version'
  | 'plain-http'
  | 'renegotiation'
  | 'request';

export interface LogText {
  readonly product: string;
  readonly text: string;
}

const products = ['nginx', 'Apache', 'HAProxy', 'Tomcat (Java)', 'stunnel', 'F5 BIG-IP', 'IIS'] as const;

/** In the order of `products`; null where a product logs nothing of the kind. */
const texts: Readonly<Record<FarSideEvent, readonly (string | null)[]>> = {
  nothing: [],
  'connection-only': [
    'peer closed connection in SSL handshake',
    'SSL handshake interrupted by system',
    'Connection closed during SSL handshake',
    'Remote host terminated the handshake',
    'SSL_accept: Peer suddenly disconnected',
    'Connection error: ssl_hs_rxhello',
    'Schannel event 36887',
  ],
  'our-alert': [
    'SSL alert number {alert}',
    'SSL alert number {alert}',
    'SSL handshake failure',
    'Received fatal alert: {alertName}',
    'SSL alert number {alert}',
    'SSL Handshake failed for TCP',
    'Schannel event 36887, alert code {alert}',
  ],
  'client-none': [
    'client sent no required SSL certificate',
    'peer did not return a certificate',
    'peer did not return a certificate',
    'Empty client certificate chain',
    'peer did not return a certificate',
    'peer did not return a certificate',
    '403.7',
  ],
  'client-unknown-authority': [
    'client SSL certificate verify error',
    'unable to get local issuer certificate',
    'SSL client certificate not trusted',
    'PKIX path building failed: unable to find valid certification path to requested target',
    'unable to get local issuer certificate',
    'unable to get local issuer certificate',
    '403.16',
  ],
  'client-expired': [
    'client SSL certificate verify error: (10:certificate has expired)',
    'certificate has expired',
    'SSL client certificate not trusted',
    'NotAfter:',
    'certificate has expired',
    'certificate has expired',
    '403.17',
  ],
  'client-not-yet-valid': [
    'client SSL certificate verify error: (9:certificate is not yet valid)',
    'certificate is not yet valid',
    'SSL client certificate not trusted',
    'NotBefore:',
    'certificate is not yet valid',
    'certificate is not yet valid',
    '403.17',
  ],
  'client-purpose': [
    'client SSL certificate verify error: (26:',
    'unsuitable certificate purpose',
    'SSL client certificate not trusted',
    'Extended key usage does not permit use for TLS client authentication',
    'unsuitable certificate purpose',
    'unsupported certificate purpose',
    '403.16',
  ],
  'client-revoked': [
    'client SSL certificate verify error: (23:certificate revoked)',
    'certificate revoked',
    'SSL client certificate not trusted',
    'Certificate has been revoked',
    'certificate revoked',
    'certificate revoked',
    '403.13',
  ],
  'client-refused': [
    'client SSL certificate verify error',
    'Certificate Verification: Error',
    'SSL client certificate not trusted',
    'CertificateException',
    'CERT: Verification error',
    'SSL Handshake failed for TCP',
    '403.16',
  ],
  'no-common-suite': [
    'no shared cipher',
    'no shared cipher',
    'SSL handshake failure',
    'no cipher suites in common',
    'no shared cipher',
    'No shared ciphers between SSL peers',
    'Schannel event 36874',
  ],
  version: [
    'unsupported protocol',
    'unsupported protocol',
    'SSL handshake failure',
    'Client requested protocol TLSv1.2 is not enabled or supported in server context',
    'unsupported protocol',
    'Unsupported version',
    'Schannel event 36874',
  ],
  'plain-http': [
    'client sent invalid request while reading client request line',
    'Invalid method in request \\x16\\x03',
    '<BADREQ>',
    'Invalid character found in method name',
    'wrong version number',
    null,
    'HTTP 400 in HTTPERR',
  ],
  renegotiation: [null, 'Re-negotiation handshake failed', null, 'no_renegotiation', null, 'Renegotiation', '403.7'],
  request: ['"GET {path}', '"GET {path}', '"GET {path}', '"GET {path}', null, 'GET {path}', 'GET {path}'],
};

/** The texts of an event, their `{names}` filled. */
export function farSideTexts(event: FarSideEvent, fill: (text: string) => string): LogText[] {
  return products.flatMap((product, index) => {
    const text = texts[event][index];
    return text == null ? [] : [{ product, text: fill(text) }];
  });
}

/** AlertDescription as Java names it (RFC 5246 §7.2). */
export function alertName(alert: number | null): string {
  const names: Readonly<Record<number, string>> = {
    10: 'unexpected_message',
    40: 'handshake_failure',
    41: 'no_certificate',
    42: 'bad_certificate',
    43: 'unsupported_certificate',
    44: 'certificate_revoked',
    45: 'certificate_expired',
    46: 'certificate_unknown',
    48: 'unknown_ca',
    49: 'access_denied',
    70: 'protocol_version',
    71: 'insufficient_security',
    80: 'internal_error',
    112: 'unrecognized_name',
    116: 'certificate_required',
  };
  return alert === null ? '' : (names[alert] ?? `alert ${alert}`);
}
