import { sql } from 'kysely';
import type { IssueChange, RemoteIssue } from '@sallyport/work-sync';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export interface IssueRow {
  readonly remoteId: string;
  readonly key: string;
  readonly projectKey: string;
  readonly issueType: string | null;
  readonly summary: string;
  readonly status: string | null;
  readonly priority: string | null;
  /** `new`, `indeterminate`, `done`; null on sites that do not say. */
  readonly statusCategory: string | null;
  readonly assignee: string | null;
  readonly reporter: string | null;
  readonly createdMilliseconds: number | null;
  readonly updatedMilliseconds: number;
}

export interface IssueSearch {
  readonly connectionId: string;
  /** Part of the key or the summary. */
  readonly text?: string;
  readonly projectKey?: string;
  readonly status?: string;
  readonly limit: number;
  /** From the page before. */
  readonly cursor?: string;
}

export interface IssuePage {
  readonly issues: readonly IssueRow[];
  readonly total: number;
  readonly nextCursor: string | null;
  /** What can be filtered by, over all issues of the connection. */
  readonly projects: readonly string[];
  readonly statuses: readonly string[];
}

/** A page of a connection's issues, latest change first. */
export function searchIssues(store: Store, scope: Scope, search: IssueSearch): Promise<IssuePage> {
  return inScope(store, scope, async (tx) => {
    const pattern =
      search.text === undefined || search.text === '' ? null : `%${search.text.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const [afterUpdated, afterId] = readCursor(search.cursor);
    const filter = sql`connection_id = ${search.connectionId}
      and (${search.projectKey ?? null}::text is null or project_key = ${search.projectKey ?? null})
      and (${search.status ?? null}::text is null or status = ${search.status ?? null})
      and (${pattern}::text is null or key ilike ${pattern} or summary ilike ${pattern})`;
    const { rows } =
      await sql<IssueRow>`select remote_id::text as "remoteId", key, project_key as "projectKey", issue_type as "issueType", summary,
        status, core ->> 'statusCategory' as "statusCategory",
        priority, assignee, reporter, created_ms::float8 as "createdMilliseconds", updated_ms::float8 as "updatedMilliseconds"
      from issue where ${filter} and (${afterUpdated}::bigint is null or (updated_ms, remote_id) < (${afterUpdated}::bigint, ${afterId}::bigint))
      order by updated_ms desc, remote_id desc limit ${search.limit + 1}`.execute(tx);
    const { rows: counts } = await sql<{
      total: number;
    }>`select count(*)::int as total from issue where ${filter}`.execute(tx);
    const { rows: facets } = await sql<{ projects: string[] | null; statuses: string[] | null }>`select
      array_agg(distinct project_key) as projects, array_agg(distinct status) filter (where status is not null) as statuses
      from issue where connection_id = ${search.connectionId}`.execute(tx);
    const issues = rows.slice(0, search.limit);
    const last = issues.at(-1);
    return {
      issues,
      total: counts[0]?.total ?? 0,
      nextCursor:
        rows.length > search.limit && last !== undefined ? `${last.updatedMilliseconds}.${last.remoteId}` : null,
      projects: facets[0]?.projects ?? [],
      statuses: facets[0]?.statuses ?? [],
    };
  });
}

/** Where a page ended; none begins at the start. */
function readCursor(cursor: string | undefined): readonly [string | null, string | null] {
  const parts = /^(\d{1,16})\.(\d{1,18})$/.exec(cursor ?? '');
  return [parts?.[1] ?? null, parts?.[2] ?? null];
}

export type StoredIssue = RemoteIssue & { readonly storedAt: Date };

/** One issue with its changelog, oldest change first; null when it is not stored. */
export function findIssue(
  store: Store,
  scope: Scope,
  connectionId: string,
  remoteId: string,
): Promise<StoredIssue | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{
      core: Omit<RemoteIssue, 'document' | 'changes'>;
      document: Record<string, unknown>;
      storedAt: Date;
    }>`
      select core, document, stored_at as "storedAt" from issue where connection_id = ${connectionId} and remote_id = ${remoteId}`.execute(
      tx,
    );
    const found = rows[0];
    if (found === undefined) return null;
    const { rows: changes } =
      await sql<IssueChange>`select history_id::text as "remoteId", at_ms::float8 as at, author, items from issue_change
      where connection_id = ${connectionId} and remote_id = ${remoteId} order by at_ms, history_id`.execute(tx);
    return { ...found.core, document: found.document, changes, storedAt: found.storedAt } as StoredIssue;
  });
}

/** Id and last change of every stored issue of a connection: what a comparison with the far side needs. */
export function issueDigest(store: Store, scope: Scope, connectionId: string): Promise<ReadonlyMap<string, number>> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{
      id: string;
      at: number;
    }>`select remote_id::text as id, updated_ms::float8 as at from issue where connection_id = ${connectionId}`.execute(
      tx,
    );
    return new Map(rows.map(({ id, at }) => [id, at]));
  });
}

/** Issues of a connection that were stored new or changed within the last `seconds`. */
export function countRecentChanges(store: Store, scope: Scope, connectionId: string, seconds: number): Promise<number> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from issue
      where connection_id = ${connectionId} and stored_at > now() - make_interval(secs => ${seconds})`.execute(tx);
    return rows[0]?.count ?? 0;
  });
}
