import { sql } from 'kysely';
import type { IssueFault, RemoteIssue, SyncPosition } from '@sallyport/work-sync';
import { fence, type Lease } from '../leases/leases.ts';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { replaceIssueFaults } from './issue-faults.ts';

export interface StoredPage {
  readonly connectionId: string;
  readonly customerId: string;
  readonly issues: readonly RemoteIssue[];
  /** What was odd about issues of this page, those that were refused among them. */
  readonly faults: readonly IssueFault[];
  /** Where to go on after this page; kept with it, in one transaction. */
  readonly position: SyncPosition;
  /** Issues that the sweep will see in all, as far as it is known. */
  readonly sweepTotal: number | null;
}

/**
 * Stores one page: issues, their changelog, and the position, together or not at all. Writing a page twice changes
 * nothing. Throws `LeaseLostError` when another connector has taken the sync over.
 */
export function storePage(
  store: Store,
  scope: Scope,
  lease: Lease,
  page: StoredPage,
): Promise<{ readonly written: number }> {
  const { connectionId, customerId } = page;
  // PostgreSQL's text cannot hold U+0000, which JSON can.
  const issues = JSON.stringify(page.issues.map(issueRow)).replaceAll('\\u0000', '\\ufffd');
  const changes = JSON.stringify(page.issues.flatMap(changeRows)).replaceAll('\\u0000', '\\ufffd');
  return inScope(store, scope, async (tx) => {
    await fence(tx, lease);
    const { rows } = await sql<{
      inserted: boolean;
    }>`insert into issue as i (customer_id, connection_id, remote_id, key, project_key, issue_type, summary,
        status, priority, assignee, reporter, created_ms, updated_ms, core, document)
      select ${customerId}::uuid, ${connectionId}::uuid, r.* from json_to_recordset(${issues}::json) as r (remote_id bigint, key text, project_key text,
        issue_type text, summary text, status text, priority text, assignee text, reporter text, created_ms bigint, updated_ms bigint,
        core jsonb, document jsonb)
      on conflict (connection_id, remote_id) do update set key = excluded.key, project_key = excluded.project_key,
        issue_type = excluded.issue_type, summary = excluded.summary, status = excluded.status, priority = excluded.priority,
        assignee = excluded.assignee, reporter = excluded.reporter, created_ms = excluded.created_ms, updated_ms = excluded.updated_ms,
        core = excluded.core, document = excluded.document, stored_at = now()
      where i.updated_ms <= excluded.updated_ms and (i.core, i.document) is distinct from (excluded.core, excluded.document)
      returning xmax = 0 as inserted`.execute(tx);
    await sql`insert into issue_change (customer_id, connection_id, remote_id, history_id, at_ms, author, items)
      select ${customerId}::uuid, ${connectionId}::uuid, r.* from json_to_recordset(${changes}::json) as r (remote_id bigint, history_id bigint,
        at_ms bigint, author jsonb, items jsonb) on conflict do nothing`.execute(tx);
    const read = page.issues.map(({ remoteId }) => remoteId);
    await replaceIssueFaults(page, read, page.faults).execute(tx);
    const inserted = rows.filter((row) => row.inserted).length;
    await sql`insert into sync_state (customer_id, connection_id, phase, position, issues_stored, sweep_stored, sweep_total)
      values (${customerId}, ${connectionId}, 'running', ${JSON.stringify(page.position)}::jsonb, ${inserted}, ${page.issues.length}, ${page.sweepTotal})
      on conflict (connection_id) do update set phase = 'running', position = excluded.position,
        issues_stored = sync_state.issues_stored + excluded.issues_stored, sweep_stored = sync_state.sweep_stored + excluded.sweep_stored,
        sweep_total = excluded.sweep_total, updated_at = now()`.execute(tx);
    return { written: rows.length };
  });
}

function issueRow(issue: RemoteIssue): object {
  const { changes: _changes, document, ...core } = issue;
  return {
    remote_id: issue.remoteId,
    key: issue.key,
    project_key: issue.projectKey,
    issue_type: issue.issueType?.name ?? null,
    summary: issue.summary,
    status: issue.status?.name ?? null,
    priority: issue.priority?.name ?? null,
    assignee: issue.assignee?.displayName ?? null,
    reporter: issue.reporter?.displayName ?? null,
    created_ms: issue.createdAt,
    updated_ms: issue.updatedAt,
    core,
    document,
  };
}

function changeRows(issue: RemoteIssue): object[] {
  return issue.changes.map((change) => ({
    remote_id: issue.remoteId,
    history_id: change.remoteId,
    at_ms: change.at,
    author: change.author,
    items: change.items,
  }));
}
