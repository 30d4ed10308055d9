/** Who asks which source: connections by the chains that their far sides showed, and client certificates of ours. */
import { sql } from 'kysely';
import { inScopeAtOnce, inScopeOnce, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';
import type { SourceKey } from './sources.ts';

export interface RevocationUse extends SourceKey {
  /** Issuer of the certificate that names the source (RFC 4514). */
  readonly authority: string;
}

export type UseOwner = { readonly customerId: string } & (
  | { readonly connectionId: string }
  | { readonly clientCertificateId: string }
);

/** Writes which sources a connection or certificate asks from now on, instead of those before. Connectors only. */
export async function replaceUses(
  store: Store,
  scope: Scope,
  owner: UseOwner,
  uses: readonly RevocationUse[],
): Promise<void> {
  const connectionId = 'connectionId' in owner ? owner.connectionId : null;
  const certificateId = 'clientCertificateId' in owner ? owner.clientCertificateId : null;
  const wanted = uses.map(({ kind, url, subject }) => `${kind} ${subject} ${url}`);
  await inScopeAtOnce(store, scope, [
    sql`delete from revocation_use where coalesce(connection_id, client_certificate_id) = ${connectionId ?? certificateId}::uuid
      and not (kind || ' ' || subject || ' ' || url = any(${wanted}::text[]))`,
    sql`insert into revocation_use (customer_id, connection_id, client_certificate_id, kind, url, subject, authority)
      select ${owner.customerId}::uuid, ${connectionId}::uuid, ${certificateId}::uuid, n.kind, n.url, n.subject, n.authority
      from unnest(${uses.map(({ kind }) => kind)}::text[], ${uses.map(({ url }) => url)}::text[],
        ${uses.map(({ subject }) => subject)}::text[], ${uses.map(({ authority }) => authority)}::text[])
        as n (kind, url, subject, authority)
      on conflict do nothing`,
  ]);
}

/** A source that is to be asked, and one of those who ask it: the fetch goes the way of that connection. */
export interface DueSource extends SourceKey {
  readonly customerId: string;
  /** Null where only client certificates of ours ask it. */
  readonly connectionId: string | null;
  readonly clientCertificateId: string | null;
}

/**
 * Sources that are due on a host, each once however many connections share it: those that connections in use of the
 * egress group ask, and our own certificates. Never asked ones first, then those that wait for longest.
 */
export async function dueSources(
  store: Store,
  scope: Scope,
  options: { readonly host: string; readonly egressGroup: string; readonly at: Date; readonly limit: number },
): Promise<DueSource[]> {
  return inScopeOnce<DueSource>(
    store,
    scope,
    // The due sources first, then one user of each by index: the planner must not pair all users with all connections.
    sql`with due as materialized (
        select u.kind, u.url, u.subject, s.next_fetch_at from (select distinct kind, url, subject from revocation_use) u
          left join revocation_source s on s.host = ${options.host} and s.kind = u.kind and s.url = u.url and s.subject = u.subject
        where s.id is null or s.next_fetch_at <= ${options.at}::timestamptz)
      select d.kind, d.url, d.subject, a."customerId", a."connectionId", a."clientCertificateId" from due d
      cross join lateral (select u.customer_id as "customerId", u.connection_id as "connectionId",
          u.client_certificate_id as "clientCertificateId" from revocation_use u
        where u.kind = d.kind and u.url = d.url and u.subject = d.subject and (u.client_certificate_id is not null or exists (
          select 1 from connection c join terms t on t.customer_id = c.customer_id and t.connection_id = c.id and t.version = c.terms_version
          where c.customer_id = u.customer_id and c.id = u.connection_id and c.state in ('active', 'failing', 'checking')
            and t.document ->> 'egressGroup' = ${options.egressGroup} and t.document ->> 'revocation' <> 'off'))
        -- The operator's certificates go furthest.
        order by u.connection_id nulls last, u.customer_id = ${operatorId}::uuid desc limit 1) a
      order by d.next_fetch_at nulls first, d.url limit ${options.limit}`,
  );
}

/** A connection whose sources brought other bytes, and what it was last shown. */
export interface TouchedConnection {
  readonly id: string;
  readonly customerId: string;
  readonly changedAt: Date;
  /** A CRL was pushed for it. */
  readonly isPushed: boolean;
}

/**
 * Connections in use that ask a source of this host which changed after `since`, with the latest change; and for half a
 * minute those that a CRL was pushed for, which a connector of the host takes meanwhile.
 */
export function connectionsTouchedSince(
  store: Store,
  scope: Scope,
  host: string,
  since: Date,
): Promise<TouchedConnection[]> {
  return inScopeOnce<TouchedConnection>(
    store,
    scope,
    sql`select c.id, c.customer_id as "customerId", max(s.changed_at) as "changedAt", false as "isPushed" from revocation_source s
      join revocation_use u on u.kind = s.kind and u.url = s.url and u.subject = s.subject
      join connection c on c.id = u.connection_id
      where s.host = ${host} and s.changed_at > ${since}::timestamptz and c.state in ('active', 'failing') group by c.id, c.customer_id
    union all select c.id, c.customer_id, max(p.pushed_at), true from pushed_crl p join connection c on c.customer_id = p.customer_id and c.id = p.connection_id
      where p.pushed_at > now() - interval '30 seconds' and c.state in ('active', 'failing') group by c.id, c.customer_id`,
  );
}

/** The sources of one connection and what the hosts hold of them. */
export interface ConnectionSource extends RevocationUse {
  readonly host: string | null;
  readonly thisUpdate: Date | null;
  readonly nextUpdate: Date | null;
  readonly fetchedAt: Date | null;
  readonly staleSince: Date | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export function sourcesOfConnection(
  store: Store,
  scope: Scope,
  connectionId: string,
  at: Date,
): Promise<ConnectionSource[]> {
  return inScopeOnce<ConnectionSource>(
    store,
    scope,
    sql`select u.kind, u.url, u.subject, u.authority, s.host, s.this_update as "thisUpdate", s.next_update as "nextUpdate",
      s.fetched_at as "fetchedAt", coalesce(s.stale_since, case when s.next_update <= ${at}::timestamptz then s.next_update end) as "staleSince",
      case when s.error_code is null then null else json_build_object('code', s.error_code, 'message', s.error_message) end as error
      from revocation_use u left join revocation_source s
        on s.kind = u.kind and s.url = u.url and s.subject = u.subject and s.attempted_at is not null
      where u.connection_id = ${connectionId} order by u.authority, u.kind, u.url, s.host`,
  );
}
