export { readCredential, type JiraCredential } from './auth/credential.ts';
export { openJiraClient, type JiraClientOptions } from './jira-client.ts';
export { stopsUntilActed, type JiraError, type JiraErrorCode, type JiraErrorEffect } from './jira-error.ts';
export type { JiraAnswer } from './jira-session.ts';
export type { JiraAccount, JiraClient, SearchQuery } from './read-requests.ts';
