import { sql } from 'kysely';
import type { Store } from '../open-store.ts';

export interface Connector {
  readonly id: string;
  readonly egressGroup: string;
  readonly startedAt: Date;
  readonly heartbeatAt: Date;
  readonly heartbeatAgeSeconds: number;
  /** Of its program; null where it said none. */
  readonly version: string | null;
  readonly counters: Readonly<Record<string, number>>;
}

export interface EgressGroup {
  readonly id: string;
  readonly addresses: readonly string[];
  readonly region: string | null;
}

/** Says that a connector lives; called every 2 s. A connector has no port: this row is its liveness. */
export async function recordHeartbeat(
  store: Store,
  connector: {
    readonly id: string;
    readonly egressGroup: string;
    readonly startedAt: Date;
    readonly version?: string;
    readonly counters: Readonly<Record<string, number>>;
  },
): Promise<void> {
  // What a connector says of itself is one document; the version stands beside what is counted.
  const said = { ...connector.counters, ...(connector.version === undefined ? {} : { version: connector.version }) };
  await sql`insert into connector (id, egress_group, started_at, heartbeat_at, counters)
    values (${connector.id}, ${connector.egressGroup}, ${connector.startedAt}, now(), ${JSON.stringify(said)}::jsonb)
    on conflict (id) do update set egress_group = excluded.egress_group, started_at = excluded.started_at,
      heartbeat_at = now(), counters = excluded.counters`.execute(store.db);
}

/** A connector that ends in order leaves at once, so that its jobs are taken over at once. */
export async function removeConnector(store: Store, id: string): Promise<void> {
  await sql`delete from connector where id = ${id}`.execute(store.db);
}

export async function listConnectors(store: Store): Promise<Connector[]> {
  const { rows } =
    await sql<Connector>`select id, egress_group as "egressGroup", started_at as "startedAt", heartbeat_at as "heartbeatAt",
    extract(epoch from now() - heartbeat_at)::float8 as "heartbeatAgeSeconds", counters ->> 'version' as version, counters - 'version' as counters from connector order by id`.execute(
      store.db,
    );
  return rows;
}

/** The worker ids that hold jobs of a connector which has been silent for `silentSeconds`; worker ids start with `<connector>/`. */
export async function silentWorkers(store: Store, silentSeconds: number): Promise<string[]> {
  const { rows } = await sql<{
    worker: string;
  }>`select distinct j.locked_by as worker from graphile_worker._private_jobs j
    where j.locked_by like '%/%' and not exists (
      select 1 from connector c where c.id = split_part(j.locked_by, '/', 1) and c.heartbeat_at > now() - make_interval(secs => ${silentSeconds}))`.execute(
    store.db,
  );
  return rows.map(({ worker }) => worker);
}

/** The worker ids under which jobs of this connector are locked now. */
export async function lockingWorkers(store: Store, connectorId: string): Promise<string[]> {
  const { rows } = await sql<{ worker: string }>`select distinct locked_by as worker from graphile_worker._private_jobs
    where starts_with(locked_by, ${`${connectorId}/`})`.execute(store.db);
  return rows.map(({ worker }) => worker);
}

export async function listEgressGroups(store: Store): Promise<EgressGroup[]> {
  const { rows } = await sql<EgressGroup>`select id, addresses, region from egress_group order by id`.execute(store.db);
  return rows;
}
