import { certificateHeaderSpellings } from '../certificate-headers.ts';
import { commentLines } from '../comment-text.ts';
import type { EnforcerFacts } from '../enforcer-facts.ts';
import { kitPaths, looksAtRevocation } from '../kit-files.ts';
import { headerComment } from '../kit-header.ts';
import { offersDhe, opensslGroups, opensslSuites, opensslTls13Suites, versionsOf } from '../policy-words.ts';
import { refusedByName, type Product } from '../product.ts';
import { allowedRequests } from '../request-pattern.ts';
import { subjectPattern } from '../subject-pattern.ts';

/** nginx 1.19.4 or later: every directive here is in 1.22. */
export const nginx: Product = {
  id: 'nginx',
  title: 'nginx',
  testedWith: '1.22.1 (Debian 12, nginx-light)',
  abilities: {
    nameMatch: {
      can: 'yes',
      words: 'The whole subject, case and order included. It sees no subjectAltName: the name must be a commonName.',
    },
    revocation: { can: 'yes', words: 'CRL file with a list of every CA of the path; read at start and reload only.' },
    headerStrip: { can: 'yes', words: 'Each header is set to nothing; names with underscores are dropped by default.' },
    restPaths: { can: 'yes', words: 'By the request line as sent, before decoding.' },
    tlsPolicy: {
      can: 'yes',
      words: 'Suites, groups, own DH group; no tickets, no session cache, no renegotiation ever.',
    },
  },
  differences: [
    'A client without, or with a refused, certificate completes the handshake; the refusal is HTTP 400 with a page of nginx (error 495 or 496), so only an HTTP answer proves anything.',
    'A certificate of the right CA with another name gets HTTP 403.',
    'ssl_verify_depth is 1 by default, too little for a CA with an intermediate below it: the kit sets 4.',
    'Plain strings in map compare without case; the kit uses a regular expression, which compares with it.',
    'With ssl_crl set, a missing or outdated CRL of any CA of the path refuses every client, by the same HTTP 400.',
    'A client certificate whose ECDSA key is on another curve than the groups, such as P-521, is refused by alert 47.',
  ],
  reload: 'nginx -t && nginx -s reload',
  faces: {
    none: 'HTTP 400',
    expired: 'HTTP 400',
    serverAuthOnly: 'HTTP 400',
    revoked: 'HTTP 400',
    stranger: 'HTTP 400',
    ...refusedByName,
    nameless: 'HTTP 200',
    listEnded: 'HTTP 400',
    listMissing: 'HTTP 400',
  },
  refusal: 'HTTP 400 by nginx itself (HTTP 403 for another name of the same CA)',
  configure: (facts) => ({
    files: [
      {
        path: '/etc/nginx/conf.d/sallyport.conf',
        mode: '0644',
        purpose: 'the server, included inside http { } as Debian and nginx.org do with conf.d',
        text: configuration(facts),
      },
    ],
    steps: [
      `Put the server's certificate with its chain to ${facts.places.serverCertificate} and its key to ${facts.places.serverKey}.`,
      ...(looksAtRevocation(facts)
        ? [`Run ${kitPaths(facts).refreshJob} once: nginx does not start without its CRL file.`]
        : []),
      'nginx -t && nginx -s reload',
    ],
  }),
};

function configuration(facts: EnforcerFacts): string {
  const { places, policy } = facts;
  const paths = kitPaths(facts);
  const tls13 = opensslTls13Suites(policy);
  const address = places.listenAddress === null ? '' : `${bracketed(places.listenAddress)}:`;
  const names = facts.names.map((name) => `    "~${subjectPattern(name)}" 1;  # ${name.role}: ${name.dnsName}`);
  const requests = allowedRequests(facts).map(({ method, pattern }) => `    "~^${method} ${pattern}(\\?|$)" 1;`);
  return `${commentLines('#', headerComment(facts, 'nginx'))}

# Who may come in: the subject of the certificate, from its first character to its last.
map $ssl_client_s_dn $sallyport_name {
    default 0;
${names.join('\n')}
}

# What may be asked, by the request as it was sent: nothing encoded, no dot segments.
map "$request_method $request_uri" $sallyport_request {
    default 0;
${requests.join('\n')}
}

server {
    listen ${address}${places.listenPort} ssl;
    server_name ${facts.host};
    server_tokens off;

    ssl_certificate ${places.serverCertificate};
    ssl_certificate_key ${places.serverKey};
    ssl_protocols ${versionsOf(policy).join(' ')};
    ssl_ciphers ${opensslSuites(policy)};
${tls13 === null ? '' : `    ssl_conf_command Ciphersuites ${tls13};\n`}    ssl_prefer_server_ciphers on;
    ssl_ecdh_curve ${opensslGroups(policy)};
${offersDhe(policy) ? `    ssl_dhparam ${paths.dhGroup};\n` : ''}    ssl_session_tickets off;
    ssl_session_cache off;

    ssl_client_certificate ${paths.authorities};
    ssl_verify_client on;
    ssl_verify_depth 4;
${looksAtRevocation(facts) ? `    ssl_crl ${paths.revocationList};` : '    # No ssl_crl: the client certificates name no CRL.'}

    underscores_in_headers off;
    if ($sallyport_name = 0) { return 403; }
    if ($sallyport_request = 0) { return 403; }

    # So many headers are more than nginx plans for.
    proxy_headers_hash_max_size 4096;
    proxy_headers_hash_bucket_size 128;
    location / {
        proxy_pass http://${bracketed(places.jiraHost)}:${places.jiraPort};
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header Connection "";
        proxy_set_header X-Forwarded-Proto https;
        proxy_set_header X-Forwarded-For $remote_addr;
        # Headers by which a proxy hands a client certificate on: none that came from outside goes in.
${certificateHeaderSpellings.map((header) => `        proxy_set_header ${header} "";`).join('\n')}
    }
}
`;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
