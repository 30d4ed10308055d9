/**
 * Which sources are due on this host, and the asking: each once, in the way of one of the connections that share it. One
 * connector of a host plans at a time; that two ask is kept apart by the lock of each source.
 */
import {
  dueSources,
  housekeepingScope,
  jobScope,
  lastAcceptedChains,
  type DueSource,
  type Scope,
} from '@sallyport/store';
import { askSources } from '@sallyport/revocation-fetch';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection } from '../connections/bound-connection.ts';
import { dialTarget } from '../connections/dial-target.ts';
import type { Connector } from '../connector.ts';
import { errorFields } from '../log.ts';
import { fetchForOwnCertificate } from './own-certificates.ts';
import { readableChain } from './named-uses.ts';
import type { SourceMirror } from './source-mirror.ts';

/** Sources of one turn; the next turn takes the next. */
const mostDue = 200;
/** Connections asked for at once. */
const atOnce = 4;
/** A source has ten seconds; a chain of several certificates asks them at the same time. */
const askMilliseconds = 30_000;

/** What of a connector the planning needs. */
export type PlanningConnector = Pick<
  Connector,
  'store' | 'connectorId' | 'egressGroup' | 'sealKey' | 'revocation' | 'counters' | 'log'
>;

/** Asks for everything that is due now. */
export async function askDueSources(connector: PlanningConnector, mirror: SourceMirror): Promise<void> {
  const { store, connectorId, egressGroup, revocation } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  await mirror.write();
  const due = await dueSources(store, scope, {
    host: revocation.host,
    egressGroup,
    at: new Date(),
    limit: mostDue,
  });
  const byAsker = Map.groupBy(
    due,
    ({ connectionId, clientCertificateId }) => connectionId ?? clientCertificateId ?? '',
  );
  const waiting = [...byAsker.values()];
  const work = async (): Promise<void> => {
    for (let sources = waiting.shift(); sources !== undefined; sources = waiting.shift())
      await askFor(connector, scope, mirror, sources);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function askFor(
  connector: PlanningConnector,
  scope: Scope,
  mirror: SourceMirror,
  sources: readonly DueSource[],
): Promise<void> {
  const [first] = sources;
  if (first === undefined) return;
  const now = Date.now();
  const refresh = sources.some((source) => mirror.isFresh(source, now)) ? 'all' : 'due';
  try {
    const signal = AbortSignal.timeout(askMilliseconds);
    if (first.connectionId === null)
      await fetchForOwnCertificate(connector, scope, first.clientCertificateId ?? '', refresh, signal);
    else await fetchForConnection(connector, { ...first, connectionId: first.connectionId }, refresh, signal);
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    // Another connection that shares the source may ask it; this one is told of where it is used.
    connector.log.warn({ event: 'revocation.not-asked', connectionId: first.connectionId, ...errorFields(error) });
  }
  await mirror.write();
  await mirror.putOff(sources, Date.now());
}

async function fetchForConnection(
  connector: PlanningConnector,
  { connectionId, customerId }: { readonly connectionId: string; readonly customerId: string },
  refresh: 'due' | 'all',
  signal: AbortSignal,
): Promise<void> {
  const { store, connectorId, counters, log } = connector;
  const bound = await bindConnection(connector, { connectionId, customerId }, 'current', 'judging');
  if (bound === null) return;
  const shown = await lastAcceptedChains(store, jobScope(connectorId, customerId), [connectionId]);
  const chain = readableChain(shown.get(connectionId)?.chain ?? []);
  const target = dialTarget(bound);
  if (chain.length === 0 || target.revocationData === undefined) return;
  const asked = chain.filter((certificate) => !certificate.issuer.equals(certificate.subject));
  const question = { certificates: asked, issuers: [...chain, ...target.anchors] };
  const { sources } = await askSources(target.revocationData, question, signal, { refresh });
  for (const { kind, url, code, bytes, milliseconds } of sources) {
    counters.add('revocationSourcesAsked');
    log.info({ event: 'revocation.asked', kind, url, code, bytes, milliseconds: Math.round(milliseconds) });
  }
}
