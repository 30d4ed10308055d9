/** The JSON of an issue as REST v2 of a Data Center gives it; kept ready, because search sends the same ones again and again. */
import type { Issue, Sprint, User } from './issues/issue.ts';
import { customFields } from './issues/site.ts';
import { jiraTimestamp } from './zone.ts';

/** Jira's own idea of its address, as behind most proxies: a client must not follow it. */
export const innerBaseUrl = 'http://jira-node1.internal.example:8080/jira';

/** Fields of `*all` that are not in `*navigable`. */
const notNavigable = new Set(['comment', 'worklog', 'attachment']);
/** With more issues than this they are made afresh each time rather than kept (about 6 kB each). */
const mostKept = 20_000;
const mostSignatures = 4;

export interface DocumentForm {
  /** As asked: names, `*all`, `*navigable`, `-name`. */
  readonly fields: readonly string[];
  readonly withChangelog: boolean;
  readonly zone: string;
}

/** JSON bytes of issues, kept by version and by form. */
export class IssueDocuments {
  readonly #kept = new Map<string, WeakMap<Issue, Buffer>>();

  bytes(issue: Issue, form: DocumentForm, issueCount: number): Buffer {
    const signature = `${form.fields.join(',')} ${form.withChangelog} ${form.zone}`;
    let kept = this.#kept.get(signature);
    if (kept === undefined) {
      const [oldest] = this.#kept.keys();
      if (this.#kept.size >= mostSignatures && oldest !== undefined) this.#kept.delete(oldest);
      kept = new WeakMap();
      this.#kept.set(signature, kept);
    }
    const known = kept.get(issue);
    if (known !== undefined) return known;
    const bytes = Buffer.from(JSON.stringify(issueDocument(issue, form)));
    if (issueCount <= mostKept) kept.set(issue, bytes);
    return bytes;
  }
}

export function issueDocument(issue: Issue, form: DocumentForm): Record<string, unknown> {
  const fields = selectFields(allFields(issue, form.zone), form.fields);
  const document: Record<string, unknown> = {
    expand: 'operations,versionedRepresentations,editmeta,changelog,renderedFields',
    id: String(issue.id),
    self: `${innerBaseUrl}/rest/api/2/issue/${issue.id}`,
    key: issue.key,
  };
  // A Data Center leaves `fields` out when none of those asked for exists, as with `fields=id`.
  if (Object.keys(fields).length > 0) document.fields = fields;
  if (form.withChangelog) document.changelog = changelogDocument(issue, form.zone);
  return document;
}

export function userDocument(user: User): Record<string, unknown> {
  return {
    self: `${innerBaseUrl}/rest/api/2/user?username=${encodeURIComponent(user.name)}`,
    name: user.name,
    key: user.key,
    emailAddress: user.emailAddress,
    avatarUrls: { '48x48': `${innerBaseUrl}/secure/useravatar?avatarId=10122` },
    displayName: user.displayName,
    active: user.active,
    timeZone: user.timeZone,
  };
}

function selectFields(all: Record<string, unknown>, asked: readonly string[]): Record<string, unknown> {
  const left = new Set(asked.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
  const named = asked.filter((name) => !name.startsWith('-'));
  const everything = named.includes('*all');
  const navigable = named.includes('*navigable') || named.length === 0;
  return Object.fromEntries(
    Object.entries(all).filter(
      ([name]) => !left.has(name) && (everything || named.includes(name) || (navigable && !notNavigable.has(name))),
    ),
  );
}

function allFields(issue: Issue, zone: string): Record<string, unknown> {
  const { project, type, status, priority } = issue;
  const url = (path: string): string => `${innerBaseUrl}/rest/api/2/${path}`;
  return {
    issuetype: {
      self: url(`issuetype/${type.id}`),
      id: type.id,
      description: type.description,
      iconUrl: `${innerBaseUrl}/secure/viewavatar?size=xsmall&avatarId=10315&avatarType=issuetype`,
      name: type.name,
      subtask: type.isSubtask,
      avatarId: 10315,
    },
    project: {
      self: url(`project/${project.id}`),
      id: String(project.id),
      key: project.key,
      name: project.name,
      projectTypeKey: 'software',
    },
    summary: issue.summary,
    description: issue.description,
    status: {
      self: url(`status/${status.id}`),
      description: status.description,
      iconUrl: `${innerBaseUrl}/images/icons/status_generic.gif`,
      name: status.name,
      id: status.id,
      statusCategory: { self: url(`statuscategory/${status.category.id}`), ...status.category },
    },
    priority: {
      self: url(`priority/${priority.id}`),
      iconUrl: `${innerBaseUrl}/images/icons/priorities/${priority.name.toLowerCase()}.svg`,
      name: priority.name,
      id: priority.id,
    },
    assignee: issue.assignee === null ? null : userDocument(issue.assignee),
    reporter: userDocument(issue.reporter),
    creator: userDocument(issue.creator),
    created: jiraTimestamp(issue.created, zone),
    updated: jiraTimestamp(issue.updated, zone),
    resolution:
      issue.resolved === null ? null : { self: url('resolution/10000'), id: '10000', name: 'Done', description: '' },
    resolutiondate: issue.resolved === null ? null : jiraTimestamp(issue.resolved, zone),
    duedate: issue.dueDate,
    labels: issue.labels,
    components: issue.component === null ? [] : [{ self: url('component/10010'), id: '10010', name: issue.component }],
    fixVersions:
      issue.fixVersion === null
        ? []
        : [{ self: url('version/10020'), id: '10020', name: issue.fixVersion, archived: false, released: false }],
    versions: [],
    issuelinks: [],
    subtasks: [],
    ...(issue.parentKey === null ? {} : { parent: { key: issue.parentKey, self: url(`issue/${issue.parentKey}`) } }),
    environment: null,
    timeestimate: null,
    timeoriginalestimate: null,
    timespent: null,
    workratio: -1,
    lastViewed: null,
    votes: { self: url(`issue/${issue.key}/votes`), votes: 0, hasVoted: false },
    watches: { self: url(`issue/${issue.key}/watchers`), watchCount: 1, isWatching: false },
    progress: { progress: 0, total: 0 },
    [customFields.storyPoints]: issue.storyPoints,
    [customFields.sprint]: issue.sprints.length === 0 ? null : issue.sprints.map((sprint) => sprintText(sprint)),
    [customFields.epicLink]: issue.epicKey,
    [customFields.epicName]: issue.type.name === 'Epic' ? issue.summary.slice(0, 40) : null,
    [customFields.rank]: issue.rank,
    [customFields.customer]:
      issue.customer === null
        ? null
        : { self: url('customFieldOption/10400'), value: issue.customer, id: '10400', disabled: false },
    comment: { comments: [], maxResults: 0, total: 0, startAt: 0 },
    worklog: { startAt: 0, maxResults: 20, total: 0, worklogs: [] },
    attachment: [],
  };
}

/** How GreenHopper writes a sprint: neither the order of the keys nor their values can be split naively. */
function sprintText(sprint: Sprint): string {
  const date = (instant: number): string => new Date(instant).toISOString();
  const { id, boardId, state, name, goal } = sprint;
  const begins = state === 'FUTURE' ? '<null>' : date(sprint.begins);
  const ends = state === 'FUTURE' ? '<null>' : date(sprint.ends);
  const completed = state === 'CLOSED' ? date(sprint.ends) : '<null>';
  return (
    `com.atlassian.greenhopper.service.sprint.Sprint@${((id * 2_654_435_761) % 4_294_967_296).toString(16)}[id=${id},` +
    `rapidViewId=${boardId},state=${state},name=${name},startDate=${begins},endDate=${ends},completeDate=${completed},` +
    `activatedDate=${begins},sequence=${id},goal=${goal},synced=false,autoStartStop=false]`
  );
}

function changelogDocument(issue: Issue, zone: string): Record<string, unknown> {
  const { histories } = issue;
  return {
    startAt: 0,
    maxResults: histories.length,
    total: histories.length,
    histories: histories.map(({ id, author, created, items }) => ({
      id: String(id),
      author: userDocument(author),
      created: jiraTimestamp(created, zone),
      items: items.map(({ field, from, fromText, to, toText }) => ({
        field,
        fieldtype: field === 'Sprint' ? 'custom' : 'jira',
        from,
        fromString: fromText,
        to,
        toString: toText,
      })),
    })),
  };
}
