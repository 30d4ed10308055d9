import type { ConnectionDetail, Handshake } from '@sallyport/console-api';
import { commonName } from '../../words/distinguished-name.ts';
import { proxyLinks, proxyOutcome, proxyPlaces } from './proxy-travel.ts';
import type { Link, LinkOutcome, TravelledPath } from './travelled-path.ts';

/** The path as the last handshake travelled it; without one, as the terms say it will be. */
export function travelledPath(connection: ConnectionDetail, person: string | null): TravelledPath {
  const { handshake, web } = connection;
  const connector = handshake?.connectorId ?? connection.connectors[0]?.id ?? 'none running';
  return {
    title: `The path from people to ${connection.customer.name}’s Jira`,
    places: [
      { id: 'people', title: 'People', detail: person === null ? 'signed in' : shorten(person, 14) },
      { id: 'web', title: 'Web tier', detail: 'only listens' },
      { id: 'database', title: 'Database', detail: 'PostgreSQL' },
      { id: 'connector', title: 'Connector', detail: shorten(connector, 17) },
      ...proxyPlaces(connection),
      { id: 'enforcer', title: 'Enforcer', detail: enforcerWords(connection, handshake) },
      { id: 'jira', title: 'Jira', detail: jiraWords(handshake) },
    ],
    links: [
      {
        from: 'people',
        to: 'web',
        opensAt: 'people',
        protocol: protocolWords(web.protocol),
        lines: [`policy ${web.policy}`],
        outcome: 'resting',
      },
      { from: 'web', to: 'database', opensAt: 'web', protocol: 'SQL', lines: ['web’s role'], outcome: 'resting' },
      {
        from: 'database',
        to: 'connector',
        opensAt: 'connector',
        protocol: 'SQL',
        lines: ['connector’s role'],
        outcome: 'resting',
      },
      ...proxyLinks(connection, handshake),
      outboundLink(connection, handshake),
      {
        from: 'enforcer',
        to: 'jira',
        opensAt: 'enforcer',
        protocol: '',
        lines: [],
        outcome: 'inside',
      },
    ],
  };
}

function outboundLink(connection: ConnectionDetail, handshake: Handshake | null): Link {
  const from = connection.terms.document.proxy === undefined ? 'connector' : 'proxy';
  const ends = { from, to: 'enforcer', opensAt: from } as const;
  const mutual = connection.terms.document.clientCertificate.required ? 'mutual TLS' : 'TLS';
  if (handshake === null) {
    return {
      ...ends,
      protocol: `${mutual} 1.2`,
      lines: [`policy ${connection.terms.document.tlsPolicy}`, 'not dialled yet'],
      outcome: 'resting',
    };
  }
  if (connection.terms.document.proxy !== undefined && proxyOutcome(handshake) === 'broken') {
    return { ...ends, protocol: mutual, lines: ['not reached: the proxy stands before it'], outcome: 'resting' };
  }
  const { tls } = handshake;
  const server = handshake.report?.path[0];
  const lines = [
    tls === null ? stoppedWords(handshake) : tls.suite,
    handshake.clientCertificate.sent
      ? `ours: ${shorten(handshake.clientCertificateName ?? 'sent', 34)}`
      : 'ours: not sent',
    ...(server === undefined ? [] : [`theirs: ${shorten(commonName(server.subject), 32)}`]),
    from === 'proxy'
      ? 'end to end, through the proxy’s tunnel'
      : `${handshake.sourceAddress ?? 'our side'} → ${handshake.address ?? handshake.host}:${handshake.port}`,
  ];
  const outcome = outcomeOf(handshake);
  const protocol =
    outcome === 'broken'
      ? brokenWords(handshake)
      : `${mutual} ${(tls?.protocol ?? 'TLS 1.2').replace(/^TLSv?\s*/u, '')}`;
  return { ...ends, protocol, lines, outcome };
}

/** Proven only where the checks accepted and the far side did not turn our certificate away. */
function outcomeOf(handshake: Handshake): LinkOutcome {
  const refusedUs = handshake.clientCertificateOutcome === 'refused';
  return handshake.verdict === 'accepted' && handshake.error === null && !refusedUs ? 'proven' : 'broken';
}

/** Who ended it: the checks before anything of ours left, the far side, or neither. */
function brokenWords(handshake: Handshake): string {
  if (handshake.verdict === 'refused') return 'refused by us';
  return handshake.clientCertificateOutcome === 'refused' ? 'refused by them' : 'stopped here';
}

function stoppedWords(handshake: Handshake): string {
  return handshake.verdict === 'refused' ? 'judged, then refused by us' : (handshake.error?.code ?? 'no handshake');
}

function enforcerWords(connection: ConnectionDetail, handshake: Handshake | null): string {
  if (handshake === null)
    return connection.terms.document.clientCertificate.required ? 'should ask for ours' : 'not asked';
  const showed = (handshake.report?.path.length ?? 0) > 0 || handshake.tls !== null;
  if (!showed && !handshake.clientCertificate.requested) return 'showed nothing';
  return handshake.clientCertificate.requested ? 'asks for ours' : 'does not ask';
}

function jiraWords(handshake: Handshake | null): string {
  // A refused certificate is answered by the enforcer in Jira's place.
  if (handshake === null || handshake.httpStatus === null || handshake.clientCertificateOutcome === 'refused') {
    return 'not reached';
  }
  return `HTTP ${handshake.httpStatus}`;
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** `TLSv1.2`, as Node calls it, for people. */
function protocolWords(protocol: string): string {
  return protocol.replace(/^TLSv?\s*/u, 'TLS ');
}
