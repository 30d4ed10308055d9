/** What the connectors of each host hold of revocation data: a mirror of their files, for the console and the planner. */
import { sql } from 'kysely';
import { inScopeOnce, NotFoundError, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';

export type RevocationKind = 'crl' | 'ocsp';

/** A source by itself: for OCSP also the certificate that is asked about, as its SHA-256; empty for a CRL. */
export interface SourceKey {
  readonly kind: RevocationKind;
  readonly url: string;
  readonly subject: string;
}

/** What a host knows of one source after it looked. */
export interface SourceState extends SourceKey {
  /** Who signs it (RFC 4514). */
  readonly authority: string;
  /** Hexadecimal; null where nothing usable was ever fetched. */
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly entries: number | null;
  readonly thisUpdate: Date | null;
  readonly nextUpdate: Date | null;
  readonly fetchedAt: Date | null;
  /** Of the last attempt; null where it brought what was wanted. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Null: it was never asked, because another source of the same certificate answers. */
  readonly attemptedAt: Date | null;
  readonly staleSince: Date | null;
  readonly nextFetchAt: Date;
}

/** As it is stored, with how many connections and client certificates ask it. */
export interface StoredSource extends SourceState {
  readonly id: string;
  readonly host: string;
  readonly failures: number;
  readonly changedAt: Date | null;
  readonly connections: number;
  readonly clientCertificates: number;
}

/**
 * Writes what a host knows of its sources. Other bytes than before leave the instant at which they came. A source that
 * somebody asked to be fetched after the attempt that is written stays due, but where `puts off`. Connectors only.
 */
export async function recordSources(
  store: Store,
  host: string,
  states: readonly SourceState[],
  at: Date,
  what: 'after looking' | 'puts off' = 'after looking',
): Promise<void> {
  if (states.length === 0) return;
  // In one order everywhere, so that two connectors of a host do not wait for each other's rows.
  const sorted = states.toSorted((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
  const column = <T>(read: (state: SourceState) => T): T[] => sorted.map(read);
  await sql`insert into revocation_source as s (host, kind, url, subject, authority, sha256, bytes, entries, this_update, next_update,
      fetched_at, changed_at, error_code, error_message, attempted_at, failures, stale_since, next_fetch_at)
    select ${host}, n.kind, n.url, n.subject, n.authority, decode(n.sha256, 'hex'), n.bytes, n.entries, n.this_update, n.next_update,
      n.fetched_at, case when n.sha256 is null then null else ${at}::timestamptz end, n.error_code, n.error_message, n.attempted_at,
      case when n.error_code is null then 0 else 1 end, n.stale_since, n.next_fetch_at
    from unnest(${column(({ kind }) => kind)}::text[], ${column(({ url }) => url)}::text[], ${column(({ subject }) => subject)}::text[],
      ${column(({ authority }) => authority)}::text[], ${column(({ sha256 }) => sha256)}::text[], ${column(({ bytes }) => bytes)}::bigint[],
      ${column(({ entries }) => entries)}::integer[], ${column(({ thisUpdate }) => thisUpdate)}::timestamptz[],
      ${column(({ nextUpdate }) => nextUpdate)}::timestamptz[], ${column(({ fetchedAt }) => fetchedAt)}::timestamptz[],
      ${column(({ error }) => error?.code ?? null)}::text[], ${column(({ error }) => error?.message ?? null)}::text[],
      ${column(({ attemptedAt }) => attemptedAt)}::timestamptz[], ${column(({ staleSince }) => staleSince)}::timestamptz[],
      ${column(({ nextFetchAt }) => nextFetchAt)}::timestamptz[])
      as n (kind, url, subject, authority, sha256, bytes, entries, this_update, next_update, fetched_at, error_code, error_message,
        attempted_at, stale_since, next_fetch_at)
    on conflict (host, kind, url, subject) do update set authority = excluded.authority, sha256 = excluded.sha256,
      bytes = excluded.bytes, entries = excluded.entries, this_update = excluded.this_update, next_update = excluded.next_update,
      fetched_at = excluded.fetched_at,
      changed_at = case when s.sha256 is distinct from excluded.sha256 then excluded.changed_at else s.changed_at end,
      error_code = excluded.error_code, error_message = excluded.error_message, attempted_at = excluded.attempted_at,
      failures = case when excluded.error_code is null then 0
        when s.attempted_at is distinct from excluded.attempted_at then s.failures + 1 else s.failures end,
      stale_since = excluded.stale_since,
      next_fetch_at = case when ${what === 'after looking'}::boolean and s.next_fetch_at > excluded.attempted_at and s.next_fetch_at <= now()
        then s.next_fetch_at else excluded.next_fetch_at end`.execute(store.db);
}

/** All sources, the stale and failing first. What was never asked is not among them. */
export function listSources(store: Store, scope: Scope, at: Date): Promise<StoredSource[]> {
  return inScopeOnce<StoredSource>(
    store,
    scope,
    sql`select s.id, s.host, s.kind, s.url, s.subject, s.authority, encode(s.sha256, 'hex') as sha256, s.bytes::float8 as bytes, s.entries,
      s.this_update as "thisUpdate", s.next_update as "nextUpdate", s.fetched_at as "fetchedAt", s.changed_at as "changedAt",
      case when s.error_code is null then null else json_build_object('code', s.error_code, 'message', s.error_message) end as error,
      s.attempted_at as "attemptedAt", s.failures,
      coalesce(s.stale_since, case when s.next_update <= ${at}::timestamptz then s.next_update end) as "staleSince",
      s.next_fetch_at as "nextFetchAt", coalesce(u.connections, 0)::int as connections,
      coalesce(u.certificates, 0)::int as "clientCertificates"
      from revocation_source s left join (
        select kind, url, subject, count(connection_id) as connections, count(client_certificate_id) as certificates
        from revocation_use group by kind, url, subject) u using (kind, url, subject)
      where s.attempted_at is not null or s.fetched_at is not null
      order by 18 nulls last, s.error_code nulls last, s.authority, s.url`,
  );
}

/** Brings the next fetch of a source forward to now, in whole milliseconds as connectors ask what is due: somebody wants to see what it says. */
export async function fetchSourceNow(store: Store, scope: Scope, id: string): Promise<void> {
  const rows = await inScopeOnce<{ id: string }>(
    store,
    scope,
    sql`with found as (update revocation_source set next_fetch_at = date_trunc('milliseconds', now()) where id = ${id} returning id, url),
      told as (insert into audit_event (customer_id, actor, action, subject, detail)
        select ${operatorId}::uuid, ${scope.actor}, 'revocation-source.fetch-asked', 'revocation-source:' || id, jsonb_build_object('url', url) from found)
      select id from found`,
  );
  if (rows.length === 0) throw new NotFoundError('revocation source');
}

/** Deletes what no connection and no certificate asks any more and nobody has asked for a month. Connectors only. */
export async function forgetUnusedSources(store: Store, scope: Scope, host: string): Promise<void> {
  await inScopeOnce(
    store,
    scope,
    sql`delete from revocation_source s where s.host = ${host} and coalesce(s.attempted_at, s.next_fetch_at) < now() - interval '30 days'
      and not exists (select 1 from revocation_use u where u.kind = s.kind and u.url = s.url and u.subject = s.subject)`,
  );
}

function keyText({ kind, url, subject }: SourceKey): string {
  return `${kind} ${subject} ${url}`;
}
