/** The audit trail for people: the newest events, or those about what they look at. */
import { sql, type RawBuilder } from 'kysely';
import { inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { auditEventColumns, type AuditEvent } from './audit-chain.ts';

export interface AuditFilter {
  /** Such as `swap:<id>`; events about any of them. */
  readonly subjects?: readonly string[] | undefined;
  /** Events about this certificate, the request and the uploads that it came by, and the swaps that brought or took it. */
  readonly certificateId?: string | undefined;
}

export interface AuditPage extends AuditFilter {
  readonly limit: number;
  /** Only events before the one with this id. */
  readonly before?: string | undefined;
}

/** Newest first. With both filters, events that fit either. */
export function listAuditEvents(store: Store, scope: Scope, page: AuditPage): Promise<AuditEvent[]> {
  const { limit, before = null } = page;
  const earlier = sql`(${before}::bigint is null or e.id < ${before}::bigint)`;
  const named = subjectsOf(page);
  const source =
    named === null
      ? sql`audit_event e where ${earlier}`
      : // A subject at a time, by index, and no more of each than is asked for: a trail is long, a subject's part of it short.
        sql`(select distinct subject from (${named}) n) w cross join lateral (
          select a.* from audit_event a where a.subject = w.subject and (${before}::bigint is null or a.id < ${before}::bigint)
          order by a.id desc limit ${limit}) e`;
  return inScopeOnce<AuditEvent>(
    store,
    scope,
    sql`select ${auditEventColumns} from ${source} order by e.id desc limit ${limit}`,
  );
}

function subjectsOf({ subjects = [], certificateId }: AuditFilter): RawBuilder<unknown> | null {
  if (subjects.length === 0 && certificateId === undefined) return null;
  const given = sql`select unnest(${[...subjects]}::text[]) as subject`;
  if (certificateId === undefined) return given;
  const id = sql`${certificateId}::uuid`;
  return sql`${given}
    union all select 'client-certificate:' || ${id}
    union all select 'certificate-request:' || c.request_id from client_certificate c where c.id = ${id} and c.request_id is not null
    union all select 'certificate-upload:' || u.id from certificate_upload u where u.certificate_id = ${id}
    union all select 'swap:' || s.id from swap s where s.next_id = ${id}
    union all select 'swap:' || s.id from swap s where s.current_id = ${id}`;
}
