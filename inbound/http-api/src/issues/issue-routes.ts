import {
  idParameters,
  issueDetail,
  issueFaultList,
  issueList,
  issueParameters,
  issueQuery,
  type IssueSummary,
} from '@sallyport/console-api';
import { findConnection, findIssue, listIssueFaults, searchIssues, type IssueRow } from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';

/** What a page shows of them; the rest is in the number. */
const shownFaults = 200;

/** GET /connections/{id}/issues and /connections/{id}/issues/{remoteId}. */
export const issueRoutes: Routes = (api, { store }) => {
  api.get(
    '/connections/:id/issues',
    { schema: { params: idParameters, querystring: issueQuery, response: { 200: issueList } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      const { search, project, status, limit, cursor } = request.query;
      if ((await findConnection(store, scope, id)) === null) throw notFound('connection');
      const page = await searchIssues(store, scope, {
        connectionId: id,
        limit,
        ...(search === undefined || search === '' ? {} : { text: search }),
        ...(project === undefined || project === '' ? {} : { projectKey: project }),
        ...(status === undefined || status === '' ? {} : { status }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return {
        items: page.issues.map(shownRow),
        total: page.total,
        nextCursor: page.nextCursor,
        statuses: [...page.statuses],
      };
    },
  );
  api.get(
    '/connections/:id/issue-faults',
    { schema: { params: idParameters, response: { 200: issueFaultList } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      if ((await findConnection(store, scope, id)) === null) throw notFound('connection');
      const { faults, total, refused } = await listIssueFaults(store, scope, id, shownFaults);
      return {
        items: faults.map(({ seenAt, ...fault }) => ({ ...fault, seenAt: seenAt.toISOString() })),
        total,
        refused,
      };
    },
  );
  api.get(
    '/connections/:id/issues/:remoteId',
    { schema: { params: issueParameters, response: { 200: issueDetail } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { id, remoteId } = request.params;
      const connection = await findConnection(store, scope, id);
      const issue = connection === null ? null : await findIssue(store, scope, id, remoteId);
      if (connection === null || issue === null) throw notFound(connection === null ? 'connection' : 'issue');
      return {
        remoteId: issue.remoteId,
        key: issue.key,
        projectKey: issue.projectKey,
        type: issue.issueType?.name ?? null,
        summary: issue.summary,
        status: issue.status?.name ?? null,
        statusCategory: issue.statusCategory,
        priority: issue.priority?.name ?? null,
        assignee: issue.assignee?.displayName ?? null,
        reporter: issue.reporter?.displayName ?? null,
        createdAt: issue.createdAt === null ? null : isoInstant(issue.createdAt),
        updatedAt: isoInstant(issue.updatedAt),
        link: `${connection.terms.linkUrl}/browse/${encodeURIComponent(issue.key)}`,
        document: { ...issue.document },
        // Issues that were stored by an older version may lack them.
        sprints: (issue.sprints ?? []).map(({ name, state }) => ({ name, state })),
        epicKey: issue.epicKey ?? null,
        changes: issue.changes.toReversed().map(({ remoteId: changeId, at, author, items }) => ({
          id: changeId,
          at: isoInstant(at),
          author: author?.displayName ?? null,
          items: items.map(({ field, from, fromText, to, toText }) => ({
            field,
            from: fromText ?? from,
            to: toText ?? to,
          })),
        })),
        problems: (issue.faults ?? []).map(({ field, message }) => ({ field: field ?? '', message })),
        storedAt: issue.storedAt.toISOString(),
      };
    },
  );
};

function shownRow(row: IssueRow): IssueSummary {
  return {
    remoteId: row.remoteId,
    key: row.key,
    projectKey: row.projectKey,
    type: row.issueType,
    summary: row.summary,
    status: row.status,
    statusCategory: row.statusCategory,
    priority: row.priority,
    assignee: row.assignee,
    reporter: row.reporter,
    createdAt: row.createdMilliseconds === null ? null : isoInstant(row.createdMilliseconds),
    updatedAt: isoInstant(row.updatedMilliseconds),
  };
}

/** Years beyond 9999 have no RFC 3339 form; Jira's own limit is far below. */
function isoInstant(milliseconds: number): string {
  return new Date(Math.min(Math.max(milliseconds, 0), Date.UTC(9999, 11, 31))).toISOString();
}
