/** An issue as the simulated Jira keeps it: one immutable version after the other. Instants are epoch milliseconds. */

export interface User {
  /** Login name; a person can be renamed. */
  readonly name: string;
  /** Stable; newer users have `JIRAUSER…` keys. */
  readonly key: string;
  readonly displayName: string;
  readonly emailAddress: string;
  readonly timeZone: string;
  readonly active: boolean;
}

export interface Project {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  /** Seen by people who are not signed in. */
  readonly isPublic: boolean;
}

export interface IssueType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isSubtask: boolean;
}

export interface Status {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: { readonly id: number; readonly key: string; readonly name: string; readonly colorName: string };
}

export interface Priority {
  readonly id: string;
  readonly name: string;
}

export interface Sprint {
  readonly id: number;
  readonly boardId: number;
  readonly state: 'CLOSED' | 'ACTIVE' | 'FUTURE';
  readonly name: string;
  readonly goal: string;
  readonly begins: number;
  readonly ends: number;
}

export interface HistoryItem {
  readonly field: string;
  readonly from: string | null;
  readonly fromText: string | null;
  readonly to: string | null;
  readonly toText: string | null;
}

export interface History {
  readonly id: number;
  readonly author: User;
  readonly created: number;
  readonly items: readonly HistoryItem[];
}

export interface Issue {
  /** What never changes; a move changes the key. */
  readonly id: number;
  readonly key: string;
  readonly project: Project;
  readonly type: IssueType;
  readonly status: Status;
  readonly priority: Priority;
  readonly summary: string;
  /** Wiki markup. */
  readonly description: string;
  readonly creator: User;
  readonly reporter: User;
  readonly assignee: User | null;
  readonly created: number;
  readonly updated: number;
  /** null while nobody has resolved it. */
  readonly resolved: number | null;
  /** `yyyy-MM-dd`. */
  readonly dueDate: string | null;
  readonly labels: readonly string[];
  readonly component: string | null;
  readonly fixVersion: string | null;
  readonly sprints: readonly Sprint[];
  readonly epicKey: string | null;
  readonly parentKey: string | null;
  readonly storyPoints: number | null;
  readonly rank: string;
  readonly customer: string | null;
  readonly histories: readonly History[];
}
