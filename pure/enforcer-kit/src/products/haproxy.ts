import { certificateHeaderSpellings } from '../certificate-headers.ts';
import { commentLines } from '../comment-text.ts';
import type { EnforcerFacts } from '../enforcer-facts.ts';
import { kitPaths, looksAtRevocation } from '../kit-files.ts';
import { headerComment } from '../kit-header.ts';
import { offersDhe, opensslGroups, opensslSuites, opensslTls13Suites, versionsOf } from '../policy-words.ts';
import { opensslFaces, refusedByName, type Product } from '../product.ts';
import { allowedRequests } from '../request-pattern.ts';
import { subjectPattern } from '../subject-pattern.ts';

/** HAProxy 2.4 or later. */
export const haproxy: Product = {
  id: 'haproxy',
  title: 'HAProxy',
  testedWith: '2.6.12 (Debian 12, haproxy)',
  abilities: {
    nameMatch: {
      can: 'yes',
      words: 'The whole subject, case and order included. It sees no subjectAltName: the name must be a commonName.',
    },
    revocation: {
      can: 'yes',
      words:
        'CRL file with a list of every CA of the path; read at start and reload (or set ssl crl-file at run time).',
    },
    headerStrip: { can: 'yes', words: 'http-request del-header, by each name in both spellings.' },
    restPaths: { can: 'yes', words: 'By the path as sent, before decoding.' },
    tlsPolicy: {
      can: 'yes',
      words: 'Suites, groups, own DH group; no tickets, no session cache (for the whole process), no renegotiation.',
    },
  },
  differences: [
    'Certificate, key and DH group stand in one file.',
    'tune.ssl.cachesize 0 holds for the whole process, not for one frontend.',
    'A missing or outdated CRL of any CA of the path refuses every client, an outdated one by alert 45, as if our certificate had expired, a missing one by alert 48.',
    'Words in double quotes expand variables and backslashes: the kit writes names and paths in single quotes.',
    'A client certificate whose ECDSA key is on another curve than the groups, such as P-521, is refused by alert 47.',
  ],
  reload: 'haproxy -c -q -f /etc/haproxy/haproxy.cfg -f /etc/haproxy/sallyport.cfg && systemctl reload haproxy',
  faces: { ...opensslFaces, ...refusedByName, nameless: 'HTTP 200', listEnded: 'alert 45', listMissing: 'alert 48' },
  refusal:
    'a TLS alert in the handshake: 40 without certificate, 42 to 48 by fault (HTTP 403 for another name of the same CA)',
  configure: (facts) => ({
    files: [
      {
        path: '/etc/haproxy/sallyport.cfg',
        mode: '0644',
        purpose:
          'frontend and backend, given with a further -f beside haproxy.cfg (Debian: EXTRAOPTS in /etc/default/haproxy)',
        text: configuration(facts),
      },
    ],
    steps: [
      `cat CERTIFICATE-WITH-CHAIN KEY${offersDhe(facts.policy) ? ` ${kitPaths(facts).dhGroup}` : ''} > ${facts.places.serverCertificate} && chmod 0600 ${facts.places.serverCertificate}`,
      ...(looksAtRevocation(facts)
        ? [`Run ${kitPaths(facts).refreshJob} once: HAProxy does not start without its CRL file.`]
        : []),
      "Add EXTRAOPTS='-f /etc/haproxy/sallyport.cfg' to /etc/default/haproxy.",
      'haproxy -c -q -f /etc/haproxy/haproxy.cfg -f /etc/haproxy/sallyport.cfg && systemctl restart haproxy',
    ],
  }),
};

function configuration(facts: EnforcerFacts): string {
  const { places, policy } = facts;
  const paths = kitPaths(facts);
  const supported = versionsOf(policy);
  const tls13 = opensslTls13Suites(policy);
  const bind = [
    `bind ${places.listenAddress ?? ''}:${places.listenPort}`,
    `ssl crt ${places.serverCertificate}`,
    `ssl-min-ver ${supported[0]}`,
    `ssl-max-ver ${supported.at(-1)}`,
    `ciphers ${opensslSuites(policy)}`,
    ...(tls13 === null ? [] : [`ciphersuites ${tls13}`]),
    `curves ${opensslGroups(policy)}`,
    'no-tls-tickets',
    'alpn http/1.1',
    `ca-file ${paths.authorities}`,
    'verify required',
    ...(looksAtRevocation(facts) ? [`crl-file ${paths.revocationList}`] : []),
  ];
  const names = facts.names.map(
    (name) => `    # ${name.role}: ${name.dnsName}
    acl sallyport_name ssl_c_s_dn(,0,rfc2253) -m reg -- '${subjectPattern(name)}'`,
  );
  const requests = allowedRequests(facts);
  return `${commentLines('#', headerComment(facts, 'HAProxy'))}

global
    # No resumed session: it would keep a client in whose certificate has been revoked since.
    tune.ssl.cachesize 0

frontend sallyport
    mode http
    timeout client 60s
    timeout http-request 15s
    timeout http-keep-alive 60s
    # The same order of suites as ours wins by default; certificate, key and DH group stand in the crt file.
    ${bind.join(' ')}

    # Who may come in: the subject of the certificate, from its first character to its last.
${names.join('\n')}
    http-request deny deny_status 403 unless sallyport_name

    # What may be asked, by the path as it was sent.
${requests
  .map(
    ({ method, pattern }) => `    acl sallyport_${method.toLowerCase()} method ${method}
    acl sallyport_${method.toLowerCase()}_path path -m reg -- '^${pattern}$'`,
  )
  .join('\n')}
    http-request deny deny_status 403 unless ${requests
      .map(({ method }) => `sallyport_${method.toLowerCase()} sallyport_${method.toLowerCase()}_path`)
      .join(' or ')}

    # Headers by which a proxy hands a client certificate on: none that came from outside goes in.
${certificateHeaderSpellings.map((header) => `    http-request del-header ${header}`).join('\n')}
    http-request set-header X-Forwarded-Proto https
    option forwardfor
    default_backend sallyport_jira

backend sallyport_jira
    mode http
    timeout connect 5s
    timeout server 300s
    server jira ${places.jiraHost}:${places.jiraPort}
`;
}
