/** What was odd about issues that were read: kept by name, so that nothing is left out in silence. */
import { sql, type RawBuilder } from 'kysely';
import type { IssueFault } from '@sallyport/work-sync';
import { inScopeAtOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export interface StoredIssueFault extends IssueFault {
  /** When it was last read so. */
  readonly seenAt: Date;
}

/** A connection keeps no more than this; a site where every issue is odd shows it by fewer. */
const mostKept = 10_000;

/** The faults of a page take the place of those that its issues had before. `read` names every issue of the page by its id. */
export function replaceIssueFaults(
  place: { readonly customerId: string; readonly connectionId: string },
  read: readonly string[],
  faults: readonly IssueFault[],
): RawBuilder<unknown> {
  const { customerId, connectionId } = place;
  const rows = [...faults]
    .map((fault) => ({ ...fault, issue: (fault.issue ?? 'unnamed').slice(0, 100), field: fault.field ?? '' }))
    .map(({ issue, code, field, message, refused }) => ({ issue, code, field, message, refused }));
  const given = JSON.stringify(rows).replaceAll('\\u0000', '\\ufffd');
  return sql`with given as (
      select distinct on (issue, code, field) * from json_to_recordset(${given}::json)
        as g (issue text, code text, field text, message text, refused boolean)),
    gone as (
      delete from issue_fault f where f.connection_id = ${connectionId} and f.issue = any(${read}::text[])
        and not exists (select 1 from given g where (g.issue, g.code, g.field) = (f.issue, f.code, f.field)))
    insert into issue_fault (customer_id, connection_id, issue, code, field, message, refused)
      select ${customerId}::uuid, ${connectionId}::uuid, issue, code, field, message, refused from given
        where (select count(*) from issue_fault where connection_id = ${connectionId}) < ${mostKept}
      on conflict (connection_id, issue, code, field) do update
        set message = excluded.message, refused = excluded.refused, seen_at = now()`;
}

/** Those of a connection, refused issues first, then the newest; with how many there are in all. */
export async function listIssueFaults(
  store: Store,
  scope: Scope,
  connectionId: string,
  limit: number,
): Promise<{ readonly faults: readonly StoredIssueFault[]; readonly total: number; readonly refused: number }> {
  const [faults, counts] = await inScopeAtOnce(store, scope, [
    sql<StoredIssueFault>`select issue, code, nullif(field, '') as field, message, refused, seen_at as "seenAt" from issue_fault
      where connection_id = ${connectionId} order by refused desc, seen_at desc, issue limit ${limit}`,
    sql<{
      total: number;
      refused: number;
    }>`select count(*)::int as total, (count(*) filter (where refused))::int as refused
      from issue_fault where connection_id = ${connectionId}`,
  ]);
  return { faults, total: counts[0]?.total ?? 0, refused: counts[0]?.refused ?? 0 };
}
