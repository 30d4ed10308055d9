/** GET /metrics: Prometheus text, from the database; with a Bearer token. */
import { statfs } from 'node:fs/promises';
import {
  housekeepingScope,
  listConnections,
  metricsSnapshot,
  type MetricsSnapshot,
  type Store,
} from '@sallyport/store';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Routes } from '../api-context.ts';
import { lastHandshakesOf } from '../connections/shown-connection.ts';
import { pathEnd } from '../handshakes/shown-handshake.ts';
import { callerOf } from '../session/caller.ts';

const scope = housekeepingScope('metrics');

/** What the web tier knows of itself. */
export interface WebFacts {
  /** End of its own certificate, epoch milliseconds; the metric is left out when null. */
  readonly certificateNotAfter: number | null;
  readonly overCap: number;
  readonly slowHandshakes: number;
}

export function metricsRoutes(facts: () => WebFacts): Routes {
  const own = new Registry();
  collectDefaultMetrics({ register: own, prefix: 'sallyport_web_' });
  return (api, { store, dataDirectory }) => {
    api.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      callerOf(request);
      const registry = new Registry();
      const snapshot = await metricsSnapshot(store, scope);
      fillDatabase(registry, snapshot);
      fillRevocation(registry, snapshot.revocation);
      await fillFarSides(registry, store);
      await fillDisk(registry, dataDirectory);
      fillWeb(registry, facts());
      reply.header('content-type', registry.contentType).header('cache-control', 'no-store');
      return `${await registry.metrics()}\n${await own.metrics()}`;
    });
  };
}

function gauge(registry: Registry, name: string, help: string, value: number): void {
  new Gauge({ name: `sallyport_${name}`, help, registers: [registry] }).set(value);
}

function labelled(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly string[],
  rows: readonly (readonly [Readonly<Record<string, string>>, number])[],
): void {
  const one = new Gauge({ name: `sallyport_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  for (const [labels, value] of rows) one.set({ ...labels }, value);
}

const states = ['draft', 'checking', 'active', 'paused', 'failing', 'retired'];

function fillDatabase(registry: Registry, snapshot: MetricsSnapshot): void {
  const { connectionsByState, connectors, nextClientCertificateExpiry } = snapshot;
  const inState = (state: string): number => connectionsByState[state] ?? 0;
  labelled(
    registry,
    'connections',
    'Connections by state.',
    ['state'],
    states.map((state) => [{ state }, inState(state)]),
  );
  const inUse = inState('active') + inState('failing');
  gauge(
    registry,
    'connections_failing_share',
    'Share of the connections in use that fail, 0 to 1.',
    inUse === 0 ? 0 : inState('failing') / inUse,
  );
  const heartbeats = connectors.map(
    ({ id, egressGroup, heartbeatAgeSeconds }) =>
      [{ connector: id, egress_group: egressGroup }, heartbeatAgeSeconds] as const,
  );
  labelled(
    registry,
    'connector_heartbeat_age_seconds',
    'Seconds since a connector said that it lives.',
    ['connector', 'egress_group'],
    heartbeats,
  );
  gauge(
    registry,
    'connectors_alive',
    'Connectors that spoke within 15 s.',
    connectors.filter(({ heartbeatAgeSeconds }) => heartbeatAgeSeconds <= 15).length,
  );
  const counters = connectors.flatMap(({ id, counters: counted }) =>
    Object.entries(counted).map(([counter, value]) => [{ connector: id, counter }, value] as const),
  );
  labelled(
    registry,
    'connector_counter',
    'What connectors counted since their start.',
    ['connector', 'counter'],
    counters,
  );
  gauge(registry, 'queue_age_seconds', 'How long the oldest job that could run has waited.', snapshot.queueAgeSeconds);
  gauge(registry, 'queue_jobs', 'Jobs that could run and wait.', snapshot.queueLength);
  gauge(registry, 'interactive_calls_waiting', 'Calls that no connector has taken yet.', snapshot.callsWaiting);
  if (nextClientCertificateExpiry !== null)
    gauge(
      registry,
      'client_certificate_next_expiry_timestamp_seconds',
      'When the first of our client certificates ends.',
      nextClientCertificateExpiry.getTime() / 1000,
    );
  gauge(registry, 'issues_stored', 'Issues in the database.', snapshot.issues);
  gauge(registry, 'database_bytes', 'Size of the database on its disk.', snapshot.databaseBytes);
}

/** Revocation data is an outage of its own when it gets old: connections that look hard at it stop. */
function fillRevocation(registry: Registry, held: MetricsSnapshot['revocation']): void {
  labelled(
    registry,
    'revocation_sources',
    'CRLs and OCSP answers that connectors keep, by kind.',
    ['kind'],
    ['crl', 'ocsp'].map((kind) => [{ kind }, held.sourcesByKind[kind] ?? 0]),
  );
  gauge(
    registry,
    'revocation_sources_stale',
    'Sources that a connection in use needs and whose answer must not be used any more.',
    held.stale,
  );
  gauge(
    registry,
    'revocation_sources_failing',
    'Sources that a connection in use needs and whose last fetch failed.',
    held.failing,
  );
  if (held.oldestAgeSeconds !== null)
    gauge(registry, 'revocation_oldest_age_seconds', 'Age of the oldest answer that is held.', held.oldestAgeSeconds);
  gauge(registry, 'revocation_softenings', 'Emergency softenings in force.', held.softeningsInForce);
  gauge(
    registry,
    'revoked_client_certificates',
    'Client certificates of ours that are revoked.',
    held.revokedClientCertificates,
  );
}

/** The far sides' own certificates: their end stops a connection just as ours does. */
async function fillFarSides(registry: Registry, store: Store): Promise<void> {
  const connections = (await listConnections(store, scope)).filter(
    ({ state }) => state === 'active' || state === 'failing',
  );
  const handshakes = await lastHandshakesOf({ store }, scope, connections);
  const ends = [...handshakes.values()].flatMap((handshake) => pathEnd(handshake) ?? []).map((end) => Date.parse(end));
  if (ends.length === 0) return;
  const help = 'When the first certificate on the far sides of the connections in use ends.';
  gauge(registry, 'server_certificate_next_expiry_timestamp_seconds', help, Math.min(...ends) / 1000);
}

/** Free space where this tier keeps its files; with the embedded database that is the database's disk as well. */
async function fillDisk(registry: Registry, directory: string | null): Promise<void> {
  if (directory === null) return;
  try {
    const { bavail, blocks, bsize } = await statfs(directory);
    gauge(registry, 'disk_free_bytes', 'Free space of the data directory.', bavail * bsize);
    gauge(registry, 'disk_size_bytes', 'Size of the file system of the data directory.', blocks * bsize);
  } catch {
    // A directory that cannot be looked at has no metric; the alert for absent metrics tells.
  }
}

function fillWeb(registry: Registry, { certificateNotAfter, overCap, slowHandshakes }: WebFacts): void {
  if (certificateNotAfter !== null)
    gauge(
      registry,
      'web_certificate_expiry_timestamp_seconds',
      "When the web tier's own certificate ends.",
      certificateNotAfter / 1000,
    );
  labelled(
    registry,
    'web_refused_connections',
    'Sockets refused since the start.',
    ['reason'],
    [
      [{ reason: 'over-cap' }, overCap],
      [{ reason: 'slow-handshake' }, slowHandshakes],
    ],
  );
}
