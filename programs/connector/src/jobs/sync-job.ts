/**
 * The sync job: one sweep of one connection under a lease. It ends when the sweep is stored, when the lease is lost, or
 * when Jira gives a reason to stop; a connection whose account could be locked by a repetition is then left alone until
 * a person has acted.
 */
import { randomUUID } from 'node:crypto';
import type { JiraError } from '@sallyport/jira-client';
import {
  beginSweep,
  endSweep,
  findConnection,
  findSyncState,
  jobScope,
  LeaseLostError,
  releaseLease,
  renewLease,
  setSyncPhase,
  takeLease,
  type JobPayload,
  type Lease,
  type Scope,
} from '@sallyport/store';
import { resumeOrBegin, syncScope } from '@sallyport/work-sync';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection, type BoundConnection } from '../connections/bound-connection.ts';
import { refusesCertificate, takeBack } from '../connections/take-back.ts';
import type { Connector } from '../connector.ts';
import { shownError } from '../shown-error.ts';
import { settleConnectionState } from './connection-state.ts';
import { runSweep } from './sweep-run.ts';

/** Shorter than the time after which a silent connector's jobs are taken over, so that the lease is free by then. */
const leaseSeconds = 10;
const renewMilliseconds = 3_000;
/** So that an answer of `Retry-After: 0` does not make a storm. */
const shortestRestMilliseconds = 100;
/** Asked again at least so often, however long Jira says: its limits may have been lifted. */
const longestRestMilliseconds = 120_000;

/** Runs one sweep if the connection is to be served and no other process serves it. */
export async function syncConnection(connector: Connector, payload: JobPayload, stop: AbortSignal): Promise<void> {
  const { store, connectorId, log } = connector;
  const lease = await takeLease(store, {
    name: `sync:${payload.connectionId}`,
    // Unlike any other run's, of this process too: two runs of one connection must not share a lease.
    holder: `${connectorId}/${randomUUID()}`,
    seconds: leaseSeconds,
  });
  if (lease === null) return;
  connector.serving.add(payload.connectionId);
  const scope = jobScope(connectorId, payload.customerId);
  const held = holdLease(connector, lease, payload, stop);
  try {
    await syncUnderLease(connector, scope, lease, payload, held.signal);
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    log.warn({ event: 'sync.lease-lost', connectionId: payload.connectionId });
  } finally {
    held.end();
    connector.serving.delete(payload.connectionId);
    await releaseLease(store, lease).catch(() => undefined);
  }
}

/** A log line stays a line. */
const namedRefusals = 20;

async function syncUnderLease(
  connector: Connector,
  scope: Scope,
  lease: Lease,
  payload: JobPayload,
  signal: AbortSignal,
): Promise<void> {
  const { store, log } = connector;
  let bound: BoundConnection | null;
  try {
    bound = await bindConnection(connector, payload);
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    return await fail(connector, scope, lease, payload, error);
  }
  if (bound === null || !connector.mayServe(bound.connection)) return;
  const { connection } = bound;
  const client = await connector.clients.take(bound);
  const began = performance.now();
  let site = await client.site(signal);
  while (!site.ok && site.error.effect === 'wait' && !signal.aborted) {
    connector.counters.add('rateLimited');
    await restVisibly(connector, scope, lease, connection.id, site.error.waitMilliseconds ?? 1_000, signal);
    site = await client.site(signal);
  }
  if (signal.aborted) return;
  if (!site.ok) return await fail(connector, scope, lease, payload, site.error, client.bound);
  const state = await findSyncState(store, scope, connection.id);
  const begin = resumeOrBegin(state?.position ?? null, syncScope(connection.terms.projectKeys, site.value.fields.ids));
  const resumed = state?.position?.cursor !== null && state?.position?.cursor !== undefined;
  if (!resumed) await beginSweep(store, scope, lease, connection);
  const end = await runSweep(
    {
      store,
      scope,
      lease,
      connection,
      projectKeys: connection.terms.projectKeys,
      client: client.jira,
      fields: site.value.fields,
      clock: site.value.clock,
      counters: connector.counters,
      courtesy: connector.courtesy,
      signal,
      rest: (milliseconds) => restVisibly(connector, scope, lease, connection.id, milliseconds, signal),
    },
    begin,
  );
  if (end.outcome === 'failed') return await fail(connector, scope, lease, payload, end.error, client.bound);
  if (end.outcome === 'aborted') return log.info({ event: 'sync.aborted', connectionId: connection.id });
  const { position } = end;
  await endSweep(store, scope, lease, {
    connectionId: connection.id,
    position,
    watermarkMilliseconds: position.watermark,
  });
  connector.retries.succeeded(connection.id);
  // It may have failed before; what it was is over.
  if (connection.state === 'failing' || connection.lastError !== null)
    await settleConnectionState(connector, payload, 'active', null);
  log.info({
    event: 'sync.swept',
    connectionId: connection.id,
    pages: end.pages,
    issues: end.issues,
    refused: position.refused.length,
    // By name, so that nothing is left out in silence.
    refusedIssues: position.refused.slice(0, namedRefusals).map(({ issue, code, field }) => ({ issue, code, field })),
    milliseconds: Math.round(performance.now() - began),
  });
}

/** Tells why on the connection, and stops or plans the next attempt. */
async function fail(
  connector: Connector,
  scope: Scope,
  lease: Lease,
  payload: JobPayload,
  error: JiraError | BindingError,
  bound: BoundConnection | null = null,
): Promise<void> {
  const { connectionId } = payload;
  // Where a swap brought it, the pointer goes back, and the next sweep goes on from there; or nobody shows it again.
  if (bound !== null && !(error instanceof BindingError) && refusesCertificate(error))
    if ((await takeBack(connector, bound, error)) !== null) return connector.clients.drop(connectionId);
  const told = shownError(error);
  const stops = error instanceof BindingError || error.effect === 'stop';
  connector.retries.failed(connectionId, error instanceof BindingError ? null : error.waitMilliseconds);
  connector.log.warn({ event: 'sync.failed', connectionId, ...told, stops });
  // A socket or session that led to this is not used again.
  await connector.clients.drop(connectionId);
  await setSyncPhase(connector.store, scope, lease, connectionId, stops ? 'stopped' : 'waiting');
  await settleConnectionState(connector, payload, 'failing', told);
}

async function restVisibly(
  connector: Connector,
  scope: Scope,
  lease: Lease,
  connectionId: string,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  const rest = Math.min(Math.max(milliseconds, shortestRestMilliseconds), longestRestMilliseconds);
  if (rest > 1_000)
    await setSyncPhase(connector.store, scope, lease, connectionId, 'waiting', new Date(Date.now() + rest));
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, rest);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

/** Renews the lease until `end`; the signal aborts when it is lost, the program ends, or a person pauses the connection. */
function holdLease(
  connector: Connector,
  lease: Lease,
  payload: JobPayload,
  stop: AbortSignal,
): { signal: AbortSignal; end: () => void } {
  const { store, connectorId } = connector;
  const scope = jobScope(connectorId, payload.customerId);
  const over = new AbortController();
  const look = async (): Promise<void> => {
    const held = await renewLease(store, lease, leaseSeconds);
    const connection = held ? await findConnection(store, scope, payload.connectionId) : null;
    if (connection === null || !connector.mayServe(connection)) over.abort();
  };
  // The database may be away for a moment; whether the lease still holds, the fence of each write decides.
  const timer = setInterval(() => void look().catch(() => undefined), renewMilliseconds);
  return { signal: AbortSignal.any([stop, over.signal]), end: () => clearInterval(timer) };
}
