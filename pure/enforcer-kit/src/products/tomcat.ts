import { certificateHeaderSpellings } from '../certificate-headers.ts';
import { commentLines } from '../comment-text.ts';
import type { EnforcerFacts } from '../enforcer-facts.ts';
import { kitPaths, looksAtRevocation } from '../kit-files.ts';
import { headerComment } from '../kit-header.ts';
import { ianaSuites, versionsOf } from '../policy-words.ts';
import { refusedByName, type Product } from '../product.ts';
import { allowedRequests, literal } from '../request-pattern.ts';

/** Seconds between two looks of Tomcat at its files. */
const lookAgainSeconds = 900;

/** Tomcat 9.0.72, 10.1.6 or later with Java's own TLS: what Jira itself runs on. */
export const tomcat: Product = {
  id: 'tomcat',
  title: 'Apache Tomcat (Jira’s own)',
  testedWith: '10.1.60 on Java 17 (Debian 12, tomcat10)',
  abilities: {
    nameMatch: { can: 'yes', words: 'The dNSName of the subjectAltName, by a rewrite rule.' },
    revocation: {
      can: 'yes',
      words:
        'CRL file with a list of every CA below the trust store; taken up again by a listener, without a reload command.',
    },
    headerStrip: {
      can: 'partly',
      words: 'It cannot take a header away: a request that has one is refused. Sallyport never sends one.',
    },
    restPaths: { can: 'yes', words: 'By the URI as sent, before decoding, by a rewrite rule.' },
    tlsPolicy: {
      can: 'partly',
      words:
        'Suites here; groups, tickets, DH size and renegotiation are properties of the whole Java process. A session can be resumed for one second, since the cache cannot be turned off.',
    },
  },
  differences: [
    'The trust store is no PEM file: keytool makes it of the CA file.',
    'Every certificate of the trust store is an anchor, and no CRL is asked for an anchor: put only the root in.',
    'Each refusal is alert 46, whatever the fault; no certificate at all is alert 42 (Java 17) or 40 (Java 25).',
    'The rules stand in the host, which people’s connectors share: they apply only where a client certificate was shown.',
    'A pattern of RewriteCond has to match the whole value, unlike in Apache: . alone matches one character only.',
    'With TLS 1.3 it takes TLS_CHACHA20_POLY1305_SHA256 too, whatever the list of suites says.',
    'SERVER_PORT in a rewrite rule is what the Host header says: never decide by it.',
    'Tomcat has no reload command: the listener makes its TLS settings anew every 15 minutes and warns each time that the certificate was not renewed; connections stay.',
  ],
  reload: null,
  faces: {
    none: 'alert 42',
    expired: 'alert 46',
    serverAuthOnly: 'alert 46',
    revoked: 'alert 46',
    stranger: 'alert 46',
    ...refusedByName,
    nameless: 'HTTP 403',
    listEnded: 'alert 46',
    listMissing: 'alert 46',
  },
  refusal: 'alert 46 in the handshake, 42 or 40 without certificate (HTTP 403 for another name of the same CA)',
  configure: (facts) => ({
    files: [
      {
        path: `${facts.places.folder}/tomcat-listener.xml`,
        mode: '0644',
        purpose: 'goes into server.xml, inside <Server>, beside the other <Listener>s',
        text: listener(facts),
      },
      {
        path: `${facts.places.folder}/tomcat-connector.xml`,
        mode: '0644',
        purpose: 'goes into server.xml, inside <Service>, beside the other <Connector>s',
        text: connector(facts),
      },
      {
        path: `${facts.places.folder}/tomcat-valve.xml`,
        mode: '0644',
        purpose: 'goes into server.xml, inside <Host>, before any other <Valve>',
        text: '<Valve className="org.apache.catalina.valves.rewrite.RewriteValve"/>\n',
      },
      {
        path: `${facts.places.folder}/rewrite.config`,
        mode: '0644',
        purpose: 'goes to conf/Catalina/localhost/rewrite.config (the names of Engine and Host)',
        text: rewriteRules(facts),
      },
      {
        path: `${facts.places.folder}/tomcat-java-options`,
        mode: '0644',
        purpose: 'one option of the Java process a line; goes into CATALINA_OPTS (setenv.sh)',
        text: javaOptions(facts),
      },
    ],
    steps: [
      `Make the trust store of the root, the last certificate of ${kitPaths(facts).authorities}: keytool -importcert -noprompt -trustcacerts -alias sallyport-root -file ROOT.pem -keystore ${trustStore(facts)} -storetype PKCS12 -storepass changeit`,
      `Put the server's certificate with its chain to ${facts.places.serverCertificate} and its key to ${facts.places.serverKey}.`,
      ...(looksAtRevocation(facts)
        ? [`Run ${kitPaths(facts).refreshJob} once: the connector does not start without its CRL file.`]
        : []),
      'Put the files where their purpose says, add the options to CATALINA_OPTS, and restart Tomcat once.',
    ],
  }),
};

function trustStore(facts: EnforcerFacts): string {
  return `${facts.places.folder}/client-ca.p12`;
}

function xmlComment(facts: EnforcerFacts): string {
  return `<!--\n${headerComment(facts, 'Apache Tomcat')
    .map((line) => `  ${line}`)
    .join('\n')}\n-->\n`;
}

function listener(facts: EnforcerFacts): string {
  return `${xmlComment(facts)}<!-- Looks at the files again every ${lookAgainSeconds} seconds: a new CRL is in force then. The days only say "always". -->
<Listener className="org.apache.catalina.security.TLSCertificateReloadListener" checkPeriod="${lookAgainSeconds}" daysBefore="36500"/>
`;
}

function connector(facts: EnforcerFacts): string {
  const { places, policy } = facts;
  const suites = ianaSuites(policy).join(',');
  return `${xmlComment(facts)}<Connector ${places.listenAddress === null ? '' : `address="${places.listenAddress}" `}port="${places.listenPort}"
           protocol="org.apache.coyote.http11.Http11NioProtocol"
           SSLEnabled="true" scheme="https" secure="true" maxThreads="50"
           connectionTimeout="15000" relaxedPathChars="" relaxedQueryChars="">
  <SSLHostConfig protocols="${versionsOf(policy).join('+')}"
                 ciphers="${suites}"
                 honorCipherOrder="true"
                 sessionCacheSize="1" sessionTimeout="1"
                 certificateVerification="required"
                 truststoreFile="${trustStore(facts)}" truststoreType="PKCS12" truststorePassword="changeit"${
                   looksAtRevocation(facts)
                     ? `\n                 certificateRevocationListFile="${kitPaths(facts).revocationList}"`
                     : ''
                 }>
    <Certificate certificateFile="${places.serverCertificate}"
                 certificateKeyFile="${places.serverKey}"/>
  </SSLHostConfig>
</Connector>
`;
}

/** Conditions of one rule are joined by "and"; `[OR]` joins a condition with the next. */
function rewriteRules(facts: EnforcerFacts): string {
  // People come by another connector of the same host; there no certificate is shown.
  const withCertificate = 'RewriteCond %{SSL:SSL_CLIENT_M_SERIAL} .+';
  const refuse = 'RewriteRule .* - [F]';
  return `${commentLines('#', headerComment(facts, 'Apache Tomcat'))}

# Who may come in.
${withCertificate}
${facts.names
  .map(({ dnsName, position }) => `RewriteCond %{SSL:SSL_CLIENT_SAN_DNS_${position}} !^${literal(dnsName)}$`)
  .join('\n')}
${refuse}

# What may be asked, by the URI as it was sent.
${withCertificate}
${allowedRequests(facts)
  .map(({ method, pattern }) => `RewriteCond %{REQUEST_METHOD}:%{REQUEST_URI} !^${method}:${pattern}$`)
  .join('\n')}
${refuse}

# Headers by which a proxy hands a client certificate on: a request that has one is refused.
${certificateHeaderSpellings.map((header) => `${withCertificate}\nRewriteCond %{HTTP:${header}} .+\n${refuse}`).join('\n')}
`;
}

function javaOptions({ policy }: EnforcerFacts): string {
  const javaGroups: Readonly<Record<string, string>> = { X25519: 'x25519', 'P-256': 'secp256r1', 'P-384': 'secp384r1' };
  const groups = policy.groups.flatMap((group) => javaGroups[group] ?? []);
  return [
    '-Djdk.tls.rejectClientInitiatedRenegotiation=true',
    '-Djdk.tls.server.enableSessionTicketExtension=false',
    '-Djdk.tls.ephemeralDHKeySize=2048',
    `-Djdk.tls.namedGroups=${[...groups, 'ffdhe2048', 'ffdhe3072'].join(',')}`,
    '',
  ].join('\n');
}
