/** An issue as we keep it: typed core members, the document of the agreed fields, and its change log. */
import type { EpochMilliseconds } from './jira-instant.ts';
import type { JiraUser } from './jira-user.ts';
import type { JiraSprint } from './sprint.ts';

/** A thing that Jira names and numbers: a status, a type, a priority. */
export interface NamedValue {
  readonly id: string | null;
  readonly name: string;
}

export interface IssueLink {
  /** As read from this issue, e.g. `blocks`. */
  readonly kind: string;
  readonly remoteId: string | null;
  readonly key: string | null;
}

export interface IssueChangeItem {
  readonly field: string;
  readonly from: string | null;
  readonly fromText: string | null;
  readonly to: string | null;
  readonly toText: string | null;
}

export interface IssueChange {
  /** Id of the history entry, digits. */
  readonly remoteId: string;
  readonly at: EpochMilliseconds;
  readonly author: JiraUser | null;
  readonly items: readonly IssueChangeItem[];
}

export interface RemoteIssue {
  /** Numeric id as digits: it survives moves, the key does not. */
  readonly remoteId: string;
  readonly key: string;
  readonly projectKey: string;
  readonly summary: string;
  readonly status: NamedValue | null;
  /** `new`, `indeterminate`, `done`; null on sites that do not say. */
  readonly statusCategory: string | null;
  readonly issueType: NamedValue | null;
  readonly isSubtask: boolean;
  readonly priority: NamedValue | null;
  readonly resolution: NamedValue | null;
  readonly assignee: JiraUser | null;
  readonly reporter: JiraUser | null;
  readonly createdAt: EpochMilliseconds | null;
  readonly updatedAt: EpochMilliseconds;
  readonly resolvedAt: EpochMilliseconds | null;
  /** `yyyy-MM-dd`. */
  readonly dueOn: string | null;
  readonly labels: readonly string[];
  readonly components: readonly NamedValue[];
  readonly fixVersions: readonly NamedValue[];
  readonly parentKey: string | null;
  readonly epicKey: string | null;
  readonly sprints: readonly JiraSprint[];
  readonly links: readonly IssueLink[];
  /** Only fields of the terms, by Jira's field id. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly changes: readonly IssueChange[];
  /** What was odd about it and was left out. */
  readonly faults: readonly IssueFault[];
}

/** Something odd about one issue. `refused`: the issue could not be kept; else it was kept without that part. */
export interface IssueFault {
  readonly code:
    | 'JIRA_ISSUE_NOT_AN_OBJECT'
    | 'JIRA_ISSUE_ID'
    | 'JIRA_ISSUE_KEY'
    | 'JIRA_ISSUE_FIELDS'
    | 'JIRA_ISSUE_UPDATED'
    | 'JIRA_ISSUE_FIELD_ODD'
    | 'JIRA_CHANGELOG_ODD'
    | 'JIRA_CHANGELOG_TRUNCATED'
    | 'JIRA_SPRINT_ODD';
  readonly refused: boolean;
  /** Id or key, whichever was there. */
  readonly issue: string | null;
  readonly field: string | null;
  readonly message: string;
}
