import { commentLines } from '../comment-text.ts';
import type { EnforcerFacts } from '../enforcer-facts.ts';
import { kitPaths, looksAtRevocation } from '../kit-files.ts';
import { headerComment } from '../kit-header.ts';
import { offersDhe, opensslGroups, opensslSuites, opensslTls13Suites, versionsOf } from '../policy-words.ts';
import { opensslFaces, type Product } from '../product.ts';

/** stunnel 5.64 or later. */
export const stunnel: Product = {
  id: 'stunnel',
  title: 'stunnel',
  testedWith: '5.68 (Debian 12, stunnel4)',
  abilities: {
    nameMatch: {
      can: 'partly',
      words:
        'checkHost compares as a client compares a server: a wildcard certificate of the same CA that covers the name comes in too, and a commonName counts where there is no dNSName. Only a private CA makes it exact.',
    },
    revocation: {
      can: 'partly',
      words:
        'CRL file, looked at for the client certificate only: an issuing CA that its root has revoked is not noticed. Read at start and SIGHUP only.',
    },
    headerStrip: {
      can: 'no',
      words: 'It passes bytes on and knows no HTTP: what stands behind it must not believe any certificate header.',
    },
    restPaths: { can: 'no', words: 'It knows no HTTP: the list has to be kept by what stands behind it.' },
    tlsPolicy: { can: 'yes', words: 'Suites, groups, own DH group; no tickets, no resumption, no renegotiation.' },
  },
  differences: [
    'checkHost is off unless it is set: verifyChain alone lets in every certificate of the CA.',
    'A certificate with another name is refused in the handshake by alert 80 (internal error), which looks like a fault of the server.',
    'checkHost compares without case; a certificate without subjectAltName is matched by its commonName.',
    'An outdated CRL refuses every client by alert 45, as if our certificate had expired.',
    'Requests reach Jira from the address of stunnel itself.',
    'stunnel reads its CRL file again only on SIGHUP.',
    'A client certificate whose ECDSA key is on another curve than the groups, such as P-521, is refused by alert 47.',
  ],
  reload: 'pkill -HUP -F /run/stunnel-sallyport.pid',
  faces: {
    ...opensslFaces,
    otherName: 'alert 80',
    otherCase: 'HTTP 200',
    coveringWildcard: 'HTTP 200',
    nameless: 'HTTP 200',
    listEnded: 'alert 45',
    listMissing: 'alert 48',
  },
  refusal: 'a TLS alert in the handshake, then the end of the connection',
  configure: (facts) => ({
    files: [
      {
        path: '/etc/stunnel/sallyport.conf',
        mode: '0644',
        purpose: 'the service; Debian starts each *.conf of that folder',
        text: configuration(facts),
      },
    ],
    steps: [
      `cat CERTIFICATE-WITH-CHAIN${offersDhe(facts.policy) ? ` ${kitPaths(facts).dhGroup}` : ''} > ${facts.places.serverCertificate}; the key goes to ${facts.places.serverKey}.`,
      ...(looksAtRevocation(facts)
        ? [`Run ${kitPaths(facts).refreshJob} once: stunnel does not start without its CRL file.`]
        : []),
      'Put REST paths and certificate headers under the care of a proxy behind stunnel, or of Jira’s Tomcat (sallyport enforcer tomcat has the rules).',
      'systemctl restart stunnel4',
    ],
  }),
};

function configuration(facts: EnforcerFacts): string {
  const { places, policy } = facts;
  const paths = kitPaths(facts);
  const supported = versionsOf(policy);
  const tls13 = opensslTls13Suites(policy);
  return `${commentLines(';', headerComment(facts, 'stunnel'))}

pid = /run/stunnel-sallyport.pid
syslog = yes

[sallyport-jira]
client = no
accept = ${places.listenAddress === null ? '' : `${places.listenAddress}:`}${places.listenPort}
connect = ${places.jiraHost}:${places.jiraPort}

cert = ${places.serverCertificate}
key = ${places.serverKey}
sslVersionMin = ${supported[0]}
sslVersionMax = ${supported.at(-1)}
ciphers = ${opensslSuites(policy)}
${tls13 === null ? '' : `ciphersuites = ${tls13}\n`}curves = ${opensslGroups(policy)}
options = CIPHER_SERVER_PREFERENCE
options = NO_TICKET
; No resumed session: it would keep a client in whose certificate has been revoked since.
sessionResume = no
renegotiation = no

CAfile = ${paths.authorities}
requireCert = yes
verifyChain = yes
${looksAtRevocation(facts) ? `CRLfile = ${paths.revocationList}` : '; No CRLfile: the client certificates name no CRL.'}
; Who may come in. A wildcard certificate of the same CA that covers a name comes in too.
${facts.names.map(({ role, dnsName }) => `; ${role}\ncheckHost = ${dnsName}`).join('\n')}

; stunnel knows no HTTP: REST paths and certificate headers are for what stands behind it.
`;
}
