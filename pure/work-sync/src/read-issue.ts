/** Jira's JSON of one issue → a `RemoteIssue`. Refused only without what nothing can replace: id, key, fields, updated. */
import { readChangelog } from './issue-changelog.ts';
import type { IssueFields } from './issue-fields.ts';
import type { IssueFault, IssueLink, NamedValue, RemoteIssue } from './issue.ts';
import { readJiraDay, readJiraInstant, type EpochMilliseconds } from './jira-instant.ts';
import { readUser } from './jira-user.ts';
import { asList, asObject, asText, storableValue, type JsonObject } from './json-value.ts';
import { looksLikeSprints, readSprint, type JiraSprint } from './sprint.ts';

export type IssueReading =
  | { readonly issue: RemoteIssue; readonly faults: readonly IssueFault[] }
  | { readonly issue: null; readonly faults: readonly [IssueFault, ...IssueFault[]] };

const issueKey = /^[A-Z][A-Z0-9_]*-\d+$/i;
/** A summary is one line of at most 255 characters in Jira; more is cut, not refused. */
const longestSummary = 1_000;

/** `fields` says what is kept; an answer may hold more. */
export function readIssue(value: unknown, fields: IssueFields): IssueReading {
  const json = asObject(value);
  if (json === null) return refusal('JIRA_ISSUE_NOT_AN_OBJECT', null, null, 'An issue is no JSON object.');
  const remoteId = asText(json.id);
  const key = asText(json.key);
  const shown = remoteId ?? key;
  if (remoteId === null || !/^\d{1,18}$/.test(remoteId))
    return refusal('JIRA_ISSUE_ID', shown, 'id', 'An issue has no numeric id.');
  if (key === null || !issueKey.test(key)) return refusal('JIRA_ISSUE_KEY', shown, 'key', 'An issue has no key.');
  const source = asObject(json.fields);
  if (source === null) return refusal('JIRA_ISSUE_FIELDS', shown, 'fields', 'An issue has no fields.');
  const updatedAt = readJiraInstant(source.updated);
  if (updatedAt === null)
    return refusal('JIRA_ISSUE_UPDATED', shown, 'updated', 'An issue has no readable date of its last change.');
  const faults: IssueFault[] = [];
  const odd = (code: IssueFault['code'], field: string, message: string): void => {
    faults.push({ code, refused: false, issue: shown, field, message });
  };
  const instant = (field: string): EpochMilliseconds | null => {
    const read = readJiraInstant(source[field]);
    if (read === null && asText(source[field]) !== null)
      odd('JIRA_ISSUE_FIELD_ODD', field, `The date in '${field}' is not readable.`);
    return read;
  };
  const named = (field: string): NamedValue | null => {
    const read = readNamed(source[field]);
    if (read === null && source[field] !== null && source[field] !== undefined)
      odd('JIRA_ISSUE_FIELD_ODD', field, `The value of '${field}' has no name.`);
    return read;
  };
  const status = named('status');
  const issueType = named('issuetype');
  const changelog = readChangelog(json.changelog, remoteId);
  faults.push(...changelog.faults);
  const issue: RemoteIssue = {
    remoteId,
    key,
    projectKey: asText(asObject(source.project)?.key) ?? key.slice(0, key.lastIndexOf('-')),
    summary: (asText(source.summary) ?? '').slice(0, longestSummary).toWellFormed(),
    status,
    statusCategory: asText(asObject(asObject(source.status)?.statusCategory)?.key),
    issueType,
    isSubtask: asObject(source.issuetype)?.subtask === true,
    priority: named('priority'),
    resolution: named('resolution'),
    assignee: readUser(source.assignee),
    reporter: readUser(source.reporter),
    createdAt: instant('created'),
    updatedAt,
    resolvedAt: instant('resolutiondate'),
    dueOn: readJiraDay(source.duedate),
    labels: asList(source.labels)
      .map(asText)
      .filter((label) => label !== null),
    components: readNamedList(source.components),
    fixVersions: readNamedList(source.fixVersions),
    parentKey: asText(asObject(source.parent)?.key),
    epicKey: fields.epicLink === null ? null : asText(source[fields.epicLink]),
    sprints: readSprints(source, fields, (field) =>
      odd('JIRA_SPRINT_ODD', field, 'A sprint is neither an object nor a readable text.'),
    ),
    links: asList(source.issuelinks)
      .map(readLink)
      .filter((link) => link !== null),
    document: agreedFields(source, fields.ids),
    changes: changelog.changes,
    faults,
  };
  return { issue, faults };
}

function refusal(code: IssueFault['code'], issue: string | null, field: string | null, message: string): IssueReading {
  return { issue: null, faults: [{ code, refused: true, issue, field, message }] };
}

function readNamed(value: unknown): NamedValue | null {
  const bare = asText(value);
  if (bare !== null) return { id: null, name: bare };
  const object = asObject(value);
  const name = asText(object?.name) ?? asText(object?.value);
  return name === null ? null : { id: asText(object?.id), name };
}

function readNamedList(value: unknown): readonly NamedValue[] {
  return asList(value)
    .map(readNamed)
    .filter((item) => item !== null);
}

function readLink(value: unknown): IssueLink | null {
  const link = asObject(value);
  if (link === null) return null;
  const outward = asObject(link.outwardIssue);
  const other = outward ?? asObject(link.inwardIssue);
  if (other === null) return null;
  const type = asObject(link.type);
  const kind = asText(outward === null ? type?.inward : type?.outward) ?? asText(type?.name) ?? 'is linked to';
  return { kind, remoteId: asText(other.id), key: asText(other.key) };
}

/** The site's sprint field where it is known; else an agreed field that holds the text of sprints. */
function readSprints(source: JsonObject, fields: IssueFields, odd: (field: string) => void): readonly JiraSprint[] {
  const field = fields.sprint ?? fields.ids.find((id) => looksLikeSprints(source[id])) ?? null;
  if (field === null || source[field] === null || source[field] === undefined) return [];
  const values = Array.isArray(source[field]) ? source[field] : [source[field]];
  const sprints = values.map(readSprint).filter((sprint) => sprint !== null);
  if (sprints.length < values.length) odd(field);
  return sprints;
}

function agreedFields(source: JsonObject, ids: readonly string[]): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (const id of ids) {
    if (Object.hasOwn(source, id) && source[id] !== null) document[id] = storableValue(source[id]);
  }
  return document;
}
