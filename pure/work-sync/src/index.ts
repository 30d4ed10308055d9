export { fieldsByName, resolveFields, type IssueFields } from './issue-fields.ts';
export type { IssueChange, IssueChangeItem, IssueFault, IssueLink, NamedValue, RemoteIssue } from './issue.ts';
export { readJiraDay, readJiraInstant, type EpochMilliseconds } from './jira-instant.ts';
export { readUser, type JiraUser } from './jira-user.ts';
export { asList, asObject, asText, type JsonObject } from './json-value.ts';
export { readIssue, type IssueReading } from './read-issue.ts';
export { clockOperand, fallbackClock, windowStart, type SearchClock } from './search-clock.ts';
export { readJiraErrors, readSearchPage, type SearchPage } from './search-page.ts';
export { readSprint, type JiraSprint } from './sprint.ts';
export {
  advance,
  overlapMilliseconds,
  resumeOrBegin,
  searchJql,
  syncScope,
  type PageFacts,
  type SweepCursor,
  type SyncPosition,
} from './sweep.ts';
