import type { IssueDetail } from '@sallyport/console-api';
import { dateWords, instantWords } from '../../words/time.ts';

/** A field and its value in words. */
export interface FieldFact {
  readonly term: string;
  readonly detail: string;
}

/** Shown from typed columns already, above the document of the remaining fields. */
const shownElsewhere = new Set([
  'summary',
  'status',
  'issuetype',
  'project',
  'priority',
  'assignee',
  'reporter',
  'created',
  'updated',
]);

/** Jira's ids of its own fields, for people; a custom field keeps its id. */
const fieldNames: Readonly<Record<string, string | undefined>> = {
  resolution: 'Resolution',
  resolutiondate: 'Resolved',
  duedate: 'Due',
  labels: 'Labels',
  components: 'Components',
  fixVersions: 'Fix versions',
  parent: 'Parent',
  issuelinks: 'Links',
  description: 'Description',
};

/** How old Jira sites write a sprint. What it says was read by the connector and stands in `sprints`. */
const javaSprint = /^[\w.$]*Sprint@[0-9a-f]+\[/u;
/** `2026-10-09T03:11:22.688+0200`: Jira leaves the colon of the offset out. */
const jiraInstant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d):?(\d\d)$/u;
const jiraDay = /^\d{4}-\d\d-\d\d$/u;

/** The remaining fields of the terms as Jira gave them, those that hold something, in words. */
export function fieldFacts(issue: Pick<IssueDetail, 'document' | 'sprints' | 'epicKey'>): readonly FieldFact[] {
  const { document, sprints, epicKey } = issue;
  const facts: FieldFact[] = [];
  if (sprints.length > 0)
    facts.push({ term: sprints.length === 1 ? 'Sprint' : 'Sprints', detail: sprints.map(sprintWords).join(', ') });
  for (const [name, value] of Object.entries(document)) {
    if (shownElsewhere.has(name) || holdsSprints(value, sprints)) continue;
    const isEpic = epicKey !== null && value === epicKey;
    facts.push({ term: isEpic ? 'Epic' : (fieldNames[name] ?? name), detail: valueWords(value) });
  }
  return facts.filter(({ detail }) => detail !== '');
}

function sprintWords({ name, state }: IssueDetail['sprints'][number]): string {
  return state === null ? name : `${name} (${state.toLowerCase()})`;
}

/** Texts of Java, or on newer sites objects on a board; either way `sprints` says it better. */
function holdsSprints(value: unknown, sprints: IssueDetail['sprints']): boolean {
  if (sprints.length === 0 || !Array.isArray(value)) return false;
  const [first]: readonly unknown[] = value;
  if (typeof first === 'string') return javaSprint.test(first);
  return isRecord(first) && 'name' in first && ('boardId' in first || 'rapidViewId' in first);
}

/** Jira's values are texts, numbers, or objects with a name, a value, a key or a display name; lists of these. */
function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return value
      .map(valueWords)
      .filter((word) => word !== '')
      .join(', ');
  if (typeof value === 'string') return textWords(value);
  if (!isRecord(value)) return String(value);
  const link = linkWords(value);
  if (link !== null) return link;
  for (const name of ['displayName', 'name', 'value', 'key'] as const) {
    if (typeof value[name] === 'string') return value[name];
  }
  return JSON.stringify(value);
}

function textWords(text: string): string {
  const instant = text.replace(jiraInstant, '$1$2:$3');
  if (jiraInstant.test(text) && !Number.isNaN(Date.parse(instant))) return instantWords(instant);
  return jiraDay.test(text) && !Number.isNaN(Date.parse(text)) ? dateWords(text) : text;
}

/** `blocks OPS-2`; null for what is no link between issues. */
function linkWords({ type, outwardIssue, inwardIssue }: Readonly<Record<string, unknown>>): string | null {
  if (!isRecord(type)) return null;
  for (const [issue, verb] of [
    [outwardIssue, type.outward],
    [inwardIssue, type.inward],
  ]) {
    if (isRecord(issue) && typeof issue.key === 'string' && typeof verb === 'string') return `${verb} ${issue.key}`;
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
