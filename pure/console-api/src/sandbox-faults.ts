/**
 * Every fault that the sandbox's far side can show, in one table: the sandbox switches by it, the command line and the API
 * list it, the console shows its words.
 */

export type SandboxFaultGroup = 'server' | 'client-certificate' | 'revocation-source' | 'jira';

export interface SandboxFaultRow {
  readonly name: string;
  readonly group: SandboxFaultGroup;
  readonly label: string;
  /** What is seen, one sentence. */
  readonly shows: string;
}

export const sandboxFaults = [
  // The server's certificate and the server's TLS.
  row(
    'expired',
    'server',
    'Expired server certificate',
    'The certificate has ended two days ago: the check Validity fails.',
  ),
  row(
    'not-yet-valid',
    'server',
    'Server certificate of tomorrow',
    'The certificate begins tomorrow: the check Validity fails.',
  ),
  row(
    'wrong-name',
    'server',
    'Certificate of another host',
    'The certificate names another host: the check Name fails.',
  ),
  row(
    'common-name-only',
    'server',
    'Name in the common name only',
    'The certificate has no subjectAltName: the check Name fails.',
  ),
  row(
    'wildcard-too-deep',
    'server',
    'Wildcard one label too high',
    'The wildcard stands for one label, and the host has more, or none: the check Name fails.',
  ),
  row(
    'incomplete-chain',
    'server',
    'Intermediate certificate not sent',
    'The server sends its own certificate only: the check Trust fails.',
  ),
  row(
    'self-signed',
    'server',
    'Self-signed certificate',
    'The server made its certificate itself: the check Trust fails.',
  ),
  row(
    'private-authority',
    'server',
    'Authority that was not agreed',
    'The chain leads to an authority that the terms do not name: the check Trust fails.',
  ),
  row(
    'sha1',
    'server',
    'Signature with SHA-1',
    'An outdated algorithm signed the certificate: the check Signature fails.',
  ),
  row('rsa-1024', 'server', 'RSA key of 1024 bits', 'The key is too short: the check Signature fails.'),
  row(
    'no-server-auth',
    'server',
    'Not a certificate for servers',
    'The certificate is for clients only: the check Trust fails.',
  ),
  row(
    'revoked-by-crl',
    'server',
    'Revoked, as a CRL says',
    'The certificate is on the list of revoked ones: the check Revocation fails.',
  ),
  row(
    'revoked-by-ocsp',
    'server',
    'Revoked, as OCSP says',
    'The responder says that the certificate is revoked: the check Revocation fails.',
  ),
  row(
    'dh-1024',
    'server',
    'Diffie-Hellman of 1024 bits',
    'The server offers finite-field key exchange only, with a group that is too small.',
  ),
  row('tls13-only', 'server', 'TLS 1.3 only', 'The server does not speak TLS 1.2.'),
  row('tls11-only', 'server', 'TLS 1.1 only', 'The server speaks an outdated version only.'),
  row('no-common-suite', 'server', 'No common cipher suite', 'The server offers none of the suites of the policy.'),
  row(
    'renegotiation',
    'server',
    'Asks for the certificate by renegotiation',
    'The server asks for our certificate after the request only, in a second handshake.',
  ),

  // What the enforcer thinks of our certificate.
  row(
    'refuses-us',
    'client-certificate',
    'Refuses our client certificate',
    "The enforcer trusts a stranger's authority instead of ours.",
  ),
  row(
    'client-none',
    'client-certificate',
    'Sees no client certificate',
    'The proxy asks for no certificate in the handshake, and refuses the request for want of one.',
  ),
  row(
    'client-expired',
    'client-certificate',
    'Takes our certificate for expired',
    "The enforcer's clock is a year ahead.",
  ),
  row(
    'client-not-yet-valid',
    'client-certificate',
    'Takes our certificate for one of the future',
    "The enforcer's clock is a year behind.",
  ),
  row(
    'client-missing-intermediate',
    'client-certificate',
    'Ignores our intermediate certificate',
    'The enforcer allows no intermediate between our certificate and its authority.',
  ),
  row(
    'client-server-auth-only',
    'client-certificate',
    'Wants another purpose',
    'The enforcer takes certificates only that are for servers too.',
  ),
  row(
    'client-revoked',
    'client-certificate',
    'Our client certificates are revoked',
    'The authority has revoked all our client certificates, and the enforcer knows it.',
  ),
  row(
    'client-key-refused',
    'client-certificate',
    'Refuses our type of key',
    'The enforcer takes ECDSA keys only: a certificate with an RSA key is not sent.',
  ),
  row(
    'client-renewed-refused',
    'client-certificate',
    'Refuses renewed certificates',
    'The enforcer lists our first certificates one by one: a renewed one is refused, and so is the swap’s canary.',
  ),

  // Where CRLs and OCSP responses come from.
  row('source-down', 'revocation-source', 'Source is down', 'CRL and OCSP addresses close every connection.'),
  row('source-slow', 'revocation-source', 'Source does not answer', 'The question is taken, and no answer comes.'),
  row('source-dripping', 'revocation-source', 'Source drips', 'The answer comes a byte at a time.'),
  row('source-404', 'revocation-source', 'Source answers 404', 'Nothing is at the address.'),
  row(
    'source-html',
    'revocation-source',
    'Source answers with a page',
    'A page for people comes with 200, as of a portal.',
  ),
  row(
    'source-wrong-signer',
    'revocation-source',
    'Signed by a stranger',
    "The answer is signed with a key that is not the authority's.",
  ),
  row(
    'source-unauthorised-responder',
    'revocation-source',
    'Responder without authority',
    'OCSP is answered by a certificate that is not for OCSP, and the CRL is away.',
  ),
  row('source-bad-signature', 'revocation-source', 'Altered answer', 'A bit of the signature is wrong.'),
  row('source-stale', 'revocation-source', 'Stale answer', 'The answer should have been replaced a day ago.'),
  row('source-future', 'revocation-source', 'Answer of the future', 'The answer begins to hold tomorrow.'),
  row(
    'source-unknown',
    'revocation-source',
    'Responder does not know the certificate',
    'OCSP says unknown, and the CRL is away.',
  ),
  row(
    'source-other-certificate',
    'revocation-source',
    'Answer about another certificate',
    'The OCSP response, or the scope of the CRL, is about something else.',
  ),
  row('source-malformed', 'revocation-source', 'Malformed answer', 'The bytes are no CRL and no OCSP response.'),
  row('source-empty', 'revocation-source', 'Empty answer', '200 without a byte.'),
  row(
    'source-truncated',
    'revocation-source',
    'Truncated answer',
    'Half of the answer comes, then the connection ends.',
  ),
  row('source-endless', 'revocation-source', 'Endless answer', 'The bytes never end.'),
  row('source-redirect-loop', 'revocation-source', 'Loop of redirects', 'Each address leads to the next one.'),
  row(
    'source-redirect-private',
    'revocation-source',
    'Redirect to a metadata address',
    'The address leads to where clouds keep their secrets.',
  ),
  row(
    'source-redirect-file',
    'revocation-source',
    'Redirect to a file',
    'The address leads to a file of this machine.',
  ),
  row(
    'source-nonce-mismatch',
    'revocation-source',
    'Answer to another question',
    'OCSP comes with a nonce that was not sent, and the CRL is away.',
  ),
  row(
    'source-try-later',
    'revocation-source',
    'Source wants to be asked later',
    "OCSP says tryLater; the CRL's address answers 503.",
  ),

  // Jira behind the enforcer.
  row('html-200', 'jira', 'Sign-in page with 200', 'HTML comes where JSON was asked for.'),
  row('login-302', 'jira', 'Redirect to a sign-in page', 'Every question is led to a sign-in page.'),
  row('truncated-json', 'jira', 'JSON that ends early', 'Half of the answer, with the full length promised or not.'),
  row('gzip-bomb', 'jira', 'Answer that grows to 1 GiB', 'A few kilobytes of gzip that unpack without end.'),
  row('503-html', 'jira', 'Maintenance page', '503 with a page of the proxy.'),
  row('429', 'jira', 'Rate limit reached', '429 for every question.'),
  row('odd-issues', 'jira', 'Odd issues', 'Search also holds issues with missing and odd fields.'),
  row('unauthorized', 'jira', 'Credential no longer valid', '401 for every question.'),
  row('anonymous', 'jira', 'Credential ignored', 'Every question is answered as to a stranger, with 200.'),
  row('stall', 'jira', 'Answers that stop', 'The headers come, the body stops half-way.'),
  row('reset', 'jira', 'Answers that are cut', 'The connection is reset in the middle of the body.'),
] as const;

export type SandboxFaultName = (typeof sandboxFaults)[number]['name'];

export function isSandboxFault(text: string): text is SandboxFaultName {
  return sandboxFaults.some(({ name }) => name === text);
}

function row<const Name extends string, const Group extends SandboxFaultGroup>(
  name: Name,
  group: Group,
  label: string,
  shows: string,
): { readonly name: Name; readonly group: Group; readonly label: string; readonly shows: string } {
  return { name, group, label, shows };
}
