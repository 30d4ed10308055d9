import { certificateHeaderSpellings } from '../certificate-headers.ts';
import { commentLines } from '../comment-text.ts';
import type { EnforcerFacts } from '../enforcer-facts.ts';
import { kitPaths, looksAtRevocation } from '../kit-files.ts';
import { headerComment } from '../kit-header.ts';
import { offersDhe, opensslGroups, opensslSuites, opensslTls13Suites, versionsOf } from '../policy-words.ts';
import { opensslFaces, refusedByName, type Product } from '../product.ts';
import { allowedRequests } from '../request-pattern.ts';

/** Apache HTTP Server 2.4 with mod_ssl, mod_headers, mod_proxy_http. */
export const apache: Product = {
  id: 'apache',
  title: 'Apache HTTP Server',
  testedWith: '2.4.71 (Debian 12, apache2)',
  abilities: {
    nameMatch: { can: 'yes', words: 'The dNSName of the subjectAltName, character by character.' },
    revocation: {
      can: 'yes',
      words:
        'CRL file with a list of every CA of the path (SSLCARevocationCheck chain); read at start and reload only.',
    },
    headerStrip: { can: 'yes', words: 'RequestHeader unset, by each name in both spellings.' },
    restPaths: { can: 'yes', words: 'By the request line as sent, before decoding.' },
    tlsPolicy: {
      can: 'yes',
      words: 'Suites, groups, own DH group; no tickets, no session cache (for the whole server), no renegotiation.',
    },
  },
  differences: [
    'SSLVerifyClient in a Location or Directory makes Apache ask only after the request, by a renegotiation that Sallyport refuses: the kit sets it for the whole virtual host.',
    'SSLSessionCache holds for the whole server, not for one virtual host.',
    'Unlike nginx it asks no CRL to exist unless SSLCARevocationCheck is set; with chain, a missing or outdated CRL of any CA of the path refuses every client, by alert 48 or 46, as if our CA were unknown.',
    'A path with an encoded slash gets HTTP 404 from Apache itself, any other path outside the list HTTP 403.',
    'A backslash at the end of a comment line goes on with the next line: free text never ends so in the kit.',
    'A client certificate whose ECDSA key is on another curve than the groups, such as P-521, is refused by alert 47.',
  ],
  reload: 'apachectl configtest && apachectl graceful',
  faces: { ...opensslFaces, ...refusedByName, nameless: 'HTTP 403', listEnded: 'alert 46', listMissing: 'alert 48' },
  refusal:
    'a TLS alert in the handshake: 40 without certificate, 42 to 48 by fault (HTTP 403 for another name of the same CA)',
  configure: (facts) => ({
    files: [
      {
        path: '/etc/apache2/sites-available/sallyport.conf',
        mode: '0644',
        purpose: 'the virtual host',
        text: configuration(facts),
      },
    ],
    steps: [
      `Put the server's certificate with its chain to ${facts.places.serverCertificate} and its key to ${facts.places.serverKey}.`,
      ...(looksAtRevocation(facts)
        ? [`Run ${kitPaths(facts).refreshJob} once: Apache does not start without its CRL file.`]
        : []),
      'a2enmod ssl headers proxy proxy_http && a2ensite sallyport',
      'apachectl configtest && apachectl graceful',
    ],
  }),
};

function configuration(facts: EnforcerFacts): string {
  const { places, policy } = facts;
  const paths = kitPaths(facts);
  const tls13 = opensslTls13Suites(policy);
  const names = facts.names.map(
    ({ role, dnsName, position }) => `                # ${role}
                Require expr "%{SSL_CLIENT_SAN_DNS_${position}} == '${dnsName}'"`,
  );
  const requests = allowedRequests(facts).map(
    ({ method, pattern }) =>
      `                Require expr "%{THE_REQUEST} =~ m#^${method} ${pattern}([?][^ ]*)? HTTP/1[.][01]$#"`,
  );
  return `${commentLines('#', headerComment(facts, 'Apache HTTP Server'))}

${listenLine(facts)}
# No resumed session: it would keep a client in whose certificate has been revoked since. Holds for the whole server.
SSLSessionCache none

<VirtualHost ${virtualHostAddress(places.listenAddress)}:${places.listenPort}>
    ServerName ${facts.host}

    SSLEngine on
    SSLCertificateFile ${places.serverCertificate}
    SSLCertificateKeyFile ${places.serverKey}
    SSLProtocol -all ${versionsOf(policy)
      .map((version) => `+${version}`)
      .join(' ')}
    SSLCipherSuite ${opensslSuites(policy)}
${tls13 === null ? '' : `    SSLCipherSuite TLSv1.3 ${tls13}\n`}    SSLHonorCipherOrder on
    SSLOpenSSLConfCmd Groups ${opensslGroups(policy)}
${offersDhe(policy) ? `    SSLOpenSSLConfCmd DHParameters ${paths.dhGroup}\n` : ''}    SSLCompression off
    SSLSessionTickets off
    SSLInsecureRenegotiation off
${isName(facts.host) ? '    SSLStrictSNIVHostCheck on\n' : ''}
    SSLCACertificateFile ${paths.authorities}
    SSLVerifyClient require
    SSLVerifyDepth 4
${
  looksAtRevocation(facts)
    ? `    SSLCARevocationCheck chain
    SSLCARevocationFile ${paths.revocationList}`
    : '    # No SSLCARevocationCheck: the client certificates name no CRL.'
}

    <Location "/">
        <RequireAll>
            # Who may come in.
            <RequireAny>
${names.join('\n')}
            </RequireAny>
            # What may be asked, by the request line as it was sent.
            <RequireAny>
${requests.join('\n')}
            </RequireAny>
        </RequireAll>
    </Location>

    # Headers by which a proxy hands a client certificate on: none that came from outside goes in.
${certificateHeaderSpellings.map((header) => `    RequestHeader unset ${header}`).join('\n')}
    RequestHeader set X-Forwarded-Proto https

    ProxyRequests Off
    ProxyPreserveHost On
    AllowEncodedSlashes Off
    ProxyPass "/" "http://${bracketed(places.jiraHost)}:${places.jiraPort}/" nocanon
</VirtualHost>
`;
}

/** To an address no client sends a server name. */
function isName(host: string): boolean {
  return !host.includes(':') && !/^[\d.]+$/.test(host);
}

/** Debian's ports.conf listens on 443 everywhere once mod_ssl is on, and on nothing else. */
function listenLine({ places }: EnforcerFacts): string {
  if (places.listenPort === 443) return '# Listen 443 stands in ports.conf on Debian.';
  const address = places.listenAddress === null ? '' : `${bracketed(places.listenAddress)}:`;
  return `# Remove this line where ports.conf has it already.\nListen ${address}${places.listenPort}`;
}

function virtualHostAddress(address: string | null): string {
  return address === null ? '*' : bracketed(address);
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
