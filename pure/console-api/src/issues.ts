/** Jira's issues as they were read. */
import { z } from 'zod';
import { instant } from './instant.ts';

export const issueSummary = z
  .object({
    /** Jira's numeric id: keys change when an issue moves, ids do not. */
    remoteId: z.string().regex(/^\d+$/),
    key: z.string(),
    projectKey: z.string(),
    type: z.string().nullable(),
    summary: z.string(),
    status: z.string().nullable(),
    /** Jira's own category: `new`, `indeterminate` or `done`. */
    statusCategory: z.string().nullable(),
    priority: z.string().nullable(),
    assignee: z.string().nullable(),
    reporter: z.string().nullable(),
    createdAt: instant.nullable(),
    updatedAt: instant,
  })
  .meta({ id: 'IssueSummary' });
export type IssueSummary = z.infer<typeof issueSummary>;

export const issueList = z
  .object({
    items: z.array(issueSummary),
    /** Of all that fit the filter. */
    total: z.int().nullable(),
    nextCursor: z.string().nullable(),
    /** Every status that issues of this connection have, for the filter. */
    statuses: z.array(z.string()),
  })
  .meta({ id: 'IssueList' });
export type IssueList = z.infer<typeof issueList>;

/** GET /connections/{id}/issue-faults: issues that were refused, or kept without a part; gone once they are read without. */
export const issueFaultList = z
  .object({
    items: z.array(
      z.object({
        /** Jira's id or key, whichever was there. */
        issue: z.string().nullable(),
        code: z.string(),
        field: z.string().nullable(),
        message: z.string(),
        /** The issue could not be kept at all. */
        refused: z.boolean(),
        seenAt: instant,
      }),
    ),
    total: z.int(),
    refused: z.int(),
  })
  .meta({ id: 'IssueFaultList' });
export type IssueFaultList = z.infer<typeof issueFaultList>;

/** GET /connections/{id}/issues; the newest change first. */
export const issueQuery = z.object({
  search: z.string().trim().max(200).optional().describe('Part of a key or of the summary.'),
  status: z.string().max(200).optional(),
  project: z.string().max(255).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,16}\.\d{1,18}$/, 'This is no nextCursor of a page before.')
    .optional()
    .describe('The nextCursor of the page before.'),
});
export type IssueQuery = z.infer<typeof issueQuery>;

export const issueChange = z
  .object({
    id: z.string(),
    at: instant,
    author: z.string().nullable(),
    items: z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  })
  .meta({ id: 'IssueChange' });
export type IssueChange = z.infer<typeof issueChange>;

/** GET /connections/{id}/issues/{remoteId}. */
export const issueDetail = issueSummary
  .extend({
    /** Where people open it in Jira; from the terms' link URL. */
    link: z.string(),
    /** The fields of the terms, as Jira gave them. */
    document: z.record(z.string(), z.unknown()),
    sprints: z.array(z.object({ name: z.string(), state: z.string().nullable() })),
    /** The key of its epic. */
    epicKey: z.string().nullable(),
    /** Newest first. */
    changes: z.array(issueChange),
    /** Fields that were missing or odd, by name. */
    problems: z.array(z.object({ field: z.string(), message: z.string() })),
    storedAt: instant,
  })
  .meta({ id: 'IssueDetail' });
export type IssueDetail = z.infer<typeof issueDetail>;

export const issueParameters = z.object({ id: z.uuid(), remoteId: z.string().regex(/^\d{1,18}$/) });
