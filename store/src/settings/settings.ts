import { sql } from 'kysely';
import type { Store } from '../open-store.ts';

/** Days each kind is kept; null keeps it for good. Sessions end by their own date; the audit is kept for good. */
export interface Retention {
  readonly handshakeDays: number | null;
  readonly callDays: number | null;
}

/** A setting's value, or null when it is not set. */
export async function readSetting<T>(store: Store, name: string): Promise<T | null> {
  const { rows } = await sql<{ value: T }>`select value from setting where name = ${name}`.execute(store.db);
  return rows[0]?.value ?? null;
}

/** Set by the owner's role: set-up and the command line. */
export async function writeSetting(store: Store, name: string, value: unknown): Promise<void> {
  await sql`insert into setting (name, value) values (${name}, ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set value = excluded.value, changed_at = now()`.execute(store.db);
}

/** Deletes what is older than the retention says, a bounded number of rows at a time; gives how many. */
export async function deleteExpired(store: Store): Promise<number> {
  const retention = await readSetting<Retention>(store, 'retention');
  if (retention === null) return 0;
  return store.db.transaction().execute(async (tx) => {
    await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
    let deleted = 0;
    const remove = async (statement: ReturnType<typeof sql>): Promise<void> => {
      deleted += Number((await statement.execute(tx)).numAffectedRows ?? 0);
    };
    // What a connection's terms say goes further than the setting: they are what was signed.
    await remove(sql`delete from handshake where id in (select h.id from handshake h join connection c on c.id = h.connection_id
      join terms t on t.customer_id = c.customer_id and t.connection_id = c.id and t.version = c.terms_version
      where h.at < now() - make_interval(days => (t.document -> 'retention' ->> 'handshakeDays')::int)
        and c.last_handshake_id is distinct from h.id limit 10000)`);
    // Untouched in Jira for that long; one that changes is read again.
    const { rows: outdated } = await sql<{ connectionId: string; remoteId: string }>`
      select i.connection_id as "connectionId", i.remote_id as "remoteId" from connection c
        join terms t on t.customer_id = c.customer_id and t.connection_id = c.id and t.version = c.terms_version join issue i on i.connection_id = c.id
        where i.updated_ms < extract(epoch from now() - make_interval(days => (t.document -> 'retention' ->> 'issueDays')::int)) * 1000
        limit 10000`.execute(tx);
    if (outdated.length > 0) {
      const given = sql`select * from unnest(${outdated.map(({ connectionId }) => connectionId)}::uuid[], ${outdated.map(({ remoteId }) => remoteId)}::bigint[])`;
      await remove(sql`delete from issue_change where (connection_id, remote_id) in (${given})`);
      await remove(sql`delete from issue where (connection_id, remote_id) in (${given})`);
    }
    if (retention.handshakeDays !== null) {
      // The one a connection still points at is kept: it is what the page shows.
      await remove(sql`delete from handshake where id in (select h.id from handshake h
        where h.at < now() - make_interval(days => ${retention.handshakeDays})
          and not exists (select 1 from connection c where c.last_handshake_id = h.id) limit 10000)`);
      await remove(sql`delete from diagnosis where id in (select d.id from diagnosis d
        where d.at < now() - make_interval(days => ${retention.handshakeDays}) limit 1000)`);
      // Certificates that no kept handshake shows any more; their number of days is the setting's, whatever single terms say.
      await remove(sql`delete from certificate_evidence where sha256 in (select e.sha256 from certificate_evidence e
        where e.last_seen_at < now() - make_interval(days => ${retention.handshakeDays})
          and not exists (select 1 from handshake h where h.at < now() - make_interval(days => ${retention.handshakeDays})
            and h.chain_sha256 @> array[e.sha256]) limit 1000)`);
      // Nothing that is kept was decided by these.
      await remove(sql`delete from revocation_content where sha256 in (select c.sha256 from revocation_content c
        where c.last_used_at < now() - make_interval(days => ${retention.handshakeDays}) limit 1000)`);
    }
    if (retention.callDays !== null) {
      await remove(sql`delete from interactive_call where id in (select id from interactive_call
        where created_at < now() - make_interval(days => ${retention.callDays}) limit 10000)`);
    }
    await remove(sql`delete from session where expires_at < now()`);
    await remove(sql`delete from sign_in_attempt where at < now() - interval '1 day'`);
    return deleted;
  });
}
