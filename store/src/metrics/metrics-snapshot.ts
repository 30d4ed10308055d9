import { sql } from 'kysely';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export interface MetricsSnapshot {
  readonly connectionsByState: Readonly<Record<string, number>>;
  readonly connectors: readonly {
    readonly id: string;
    readonly egressGroup: string;
    readonly heartbeatAgeSeconds: number;
    readonly counters: Readonly<Record<string, number>>;
  }[];
  /** Waiting for longest, in seconds; 0 with an empty queue. */
  readonly queueAgeSeconds: number;
  readonly queueLength: number;
  readonly callsWaiting: number;
  readonly nextClientCertificateExpiry: Date | null;
  readonly issues: number;
  readonly revocation: {
    readonly sourcesByKind: Readonly<Record<string, number>>;
    /** Of the sources that a connection in use needs, as is `failing`. */
    readonly stale: number;
    readonly failing: number;
    /** Since thisUpdate of the oldest answer that is held, in seconds; null while none is. */
    readonly oldestAgeSeconds: number | null;
    readonly softeningsInForce: number;
    readonly revokedClientCertificates: number;
  };
  readonly databaseBytes: number;
}

/**
 * Whether a connection in use, or the client certificate that it shows, needs the source `s`: not where its own rules forbid to
 * dial it, and not a responder beside a list of the same authority that is held and holds.
 */
const isNeeded = sql`(s.error_code is distinct from 'source-address-forbidden' and exists (
    select from revocation_use u where u.kind = s.kind and u.url = s.url and u.subject = s.subject
      and (exists (select from connection c where c.id = u.connection_id and c.state in ('active', 'failing'))
        or exists (select from certificate_slot p join connection c on c.slot_id = p.id
          where p.current_id = u.client_certificate_id and c.state in ('active', 'failing')))
      and not (u.kind = 'ocsp' and exists (
        select from revocation_use l join revocation_source r on r.kind = l.kind and r.url = l.url and r.subject = l.subject
        where l.kind = 'crl' and l.authority = u.authority and r.host = s.host and r.error_code is null and r.next_update > now()
          and coalesce(l.connection_id, l.client_certificate_id) = coalesce(u.connection_id, u.client_certificate_id)))))`;

/** What `/metrics` shows, from the database alone. */
export function metricsSnapshot(store: Store, scope: Scope): Promise<MetricsSnapshot> {
  return inScope(store, scope, async (tx) => {
    const { rows: states } = await sql<{
      state: string;
      count: number;
    }>`select state, count(*)::int as count from connection group by state`.execute(tx);
    const { rows: connectors } = await sql<
      MetricsSnapshot['connectors'][number]
    >`select id, egress_group as "egressGroup",
      extract(epoch from now() - heartbeat_at)::float8 as "heartbeatAgeSeconds", counters - 'version' as counters from connector order by id`.execute(
      tx,
    );
    const { rows } = await sql<{
      age: number;
      length: number;
      calls: number;
      expiry: Date | null;
      issues: number;
      bytes: number;
    }>`select
      coalesce(q.age, 0)::float8 as age, coalesce(q.length, 0)::int as length,
      (select count(*)::int from interactive_call where state = 'waiting' and deadline > now()) as calls,
      (select min(not_after) from client_certificate where retired_at is null) as expiry,
      (select coalesce(sum(issues_stored), 0)::float8 from sync_state) as issues,
      pg_database_size(current_database())::float8 as bytes
      from queue_state() q`.execute(tx);
    const one = rows[0];
    const { rows: kinds } = await sql<{
      kind: string;
      count: number;
    }>`select kind, count(*)::int as count from revocation_source
      where attempted_at is not null group by kind`.execute(tx);
    const { rows: held } = await sql<{
      stale: number;
      failing: number;
      age: number | null;
      softenings: number;
      revoked: number;
    }>`select count(*) filter (where coalesce(stale_since, next_update) <= now() and ${isNeeded})::int as stale,
      count(error_code) filter (where ${isNeeded})::int as failing,
      max(extract(epoch from now() - this_update))::float8 as age,
      (select count(*)::int from revocation_softening where ended_at is null and ends_at > now()) as softenings,
      (select count(*)::int from client_certificate_status where status = 'revoked') as revoked
      from revocation_source s where attempted_at is not null`.execute(tx);
    return {
      connectionsByState: Object.fromEntries(states.map(({ state, count }) => [state, count])),
      connectors,
      queueAgeSeconds: one?.age ?? 0,
      queueLength: one?.length ?? 0,
      callsWaiting: one?.calls ?? 0,
      nextClientCertificateExpiry: one?.expiry ?? null,
      issues: one?.issues ?? 0,
      revocation: {
        sourcesByKind: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])),
        stale: held[0]?.stale ?? 0,
        failing: held[0]?.failing ?? 0,
        oldestAgeSeconds: held[0]?.age ?? null,
        softeningsInForce: held[0]?.softenings ?? 0,
        revokedClientCertificates: held[0]?.revoked ?? 0,
      },
      databaseBytes: one?.bytes ?? 0,
    };
  });
}
