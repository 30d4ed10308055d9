/** One page of a search, read: issues to store, and what planning needs to know. */
import {
  readIssue,
  type IssueFields,
  type IssueFault,
  type PageFacts,
  type RemoteIssue,
  type SearchPage,
} from '@sallyport/work-sync';
import type { Courtesy } from '../calls/courtesy.ts';

export interface PageReading {
  /** Each issue once. */
  readonly issues: readonly RemoteIssue[];
  /** Of the issues above, and of those that could not be read. */
  readonly faults: readonly IssueFault[];
  readonly facts: PageFacts;
}

/** Issues between two turns of the event loop: an interactive call waits no longer than these take. */
const issuesAtOnce = 25;

/** Reads in small portions, so that nothing else in this process waits long. */
export async function readPage(page: SearchPage, fields: IssueFields, courtesy: Courtesy): Promise<PageReading> {
  const issues = new Map<string, RemoteIssue>();
  const ids: string[] = [];
  const updatedAt: number[] = [];
  const refused: IssueFault[] = [];
  const kept = new Map<string, readonly IssueFault[]>();
  for (const [index, value] of page.issues.entries()) {
    if (index > 0 && index % issuesAtOnce === 0) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      await courtesy.yield();
    }
    const { issue, faults } = readIssue(value, fields);
    if (issue === null) refused.push(...faults);
    else {
      ids.push(issue.remoteId);
      updatedAt.push(issue.updatedAt);
      const known = issues.get(issue.remoteId);
      // Jira may repeat an issue within a page that shifted; the later one counts.
      if (known === undefined || known.updatedAt <= issue.updatedAt) {
        issues.set(issue.remoteId, issue);
        kept.set(issue.remoteId, faults);
      }
    }
  }
  const { startAt, maxResults, total } = page;
  return {
    issues: [...issues.values()],
    faults: [...refused, ...[...kept.values()].flat()],
    facts: { ids, updatedAt, count: page.issues.length, startAt, maxResults, total, refused },
  };
}
