/** The fields that a JQL query may name: what each compares, and what it refuses. */
import type { Issue, Project } from '../issues/issue.ts';
import { issueTypes, people, priorities, serviceAccount, statuses } from '../issues/site.ts';
import { JqlError } from './jql-error.ts';
import type { Operator } from './parse.ts';

export interface SearchContext {
  readonly now: number;
  /** Zone and name of the account that asks. */
  readonly zone: string;
  readonly userName: string | null;
  readonly visibleProjects: readonly Project[];
  /** null for an issue that is not there or not to be seen. */
  readonly findIssue: (idOrKey: string) => Issue | null;
}

export type SearchField =
  | {
      /** A value that is one of a known set, by name or id. */
      readonly kind: 'choice';
      /** In lower case; null for an empty field. */
      readonly of: (issue: Issue) => string | null;
      /** The value that `of` gives for what the query says; throws JqlError where there is no such thing. */
      readonly resolve: (text: string, context: SearchContext) => string;
    }
  | { readonly kind: 'instant'; readonly of: (issue: Issue) => number | null }
  | { readonly kind: 'id' }
  | { readonly kind: 'text'; readonly of: (issue: Issue) => string }
  | { readonly kind: 'labels'; readonly of: (issue: Issue) => readonly string[] };

const unknownValue = (text: string, field: string): JqlError =>
  new JqlError(`The value '${text}' does not exist for the field '${field}'.`);

function named(
  field: string,
  values: readonly { readonly id: string; readonly name: string }[],
): (text: string) => string {
  return (text) => {
    const wanted = text.toLowerCase();
    const value = values.find(({ id, name }) => id === text || name.toLowerCase() === wanted);
    if (value === undefined) throw unknownValue(text, field);
    return value.id;
  };
}

const userField = (field: string, of: (issue: Issue) => string | null): SearchField => ({
  kind: 'choice',
  of,
  resolve: (text) => {
    const user = [...people, serviceAccount].find(({ name, key }) => name === text.toLowerCase() || key === text);
    if (user === undefined) throw unknownValue(text, field);
    return user.key;
  },
});

const projectField: SearchField = {
  kind: 'choice',
  of: ({ project }) => project.key,
  resolve: (text, { visibleProjects }) => {
    const wanted = text.toLowerCase();
    const project = visibleProjects.find(
      ({ id, key, name }) => String(id) === text || key.toLowerCase() === wanted || name.toLowerCase() === wanted,
    );
    // What one may not see does not exist.
    if (project === undefined) throw unknownValue(text, 'project');
    return project.key;
  },
};

const issueTypeField: SearchField = {
  kind: 'choice',
  of: ({ type }) => type.id,
  resolve: named('issuetype', issueTypes),
};
const idField: SearchField = { kind: 'id' };
const updated: SearchField = { kind: 'instant', of: (issue) => issue.updated };
const created: SearchField = { kind: 'instant', of: (issue) => issue.created };

export const searchFields: ReadonlyMap<string, SearchField> = new Map<string, SearchField>([
  ['project', projectField],
  ['issuetype', issueTypeField],
  ['type', issueTypeField],
  ['status', { kind: 'choice', of: ({ status }) => status.id, resolve: named('status', statuses) }],
  [
    'statuscategory',
    {
      kind: 'choice',
      of: ({ status }) => String(status.category.id),
      resolve: (text) => {
        const categories = statuses.map(({ category }) => category);
        const known = categories.find(({ name, key }) => name.toLowerCase() === text.toLowerCase() || key === text);
        if (known === undefined) throw unknownValue(text, 'statusCategory');
        return String(known.id);
      },
    },
  ],
  ['priority', { kind: 'choice', of: ({ priority }) => priority.id, resolve: named('priority', priorities) }],
  ['assignee', userField('assignee', ({ assignee }) => assignee?.key ?? null)],
  ['reporter', userField('reporter', ({ reporter }) => reporter.key)],
  [
    'resolution',
    {
      kind: 'choice',
      of: ({ resolved }) => (resolved === null ? null : '10000'),
      resolve: named('resolution', [{ id: '10000', name: 'Done' }]),
    },
  ],
  ['id', idField],
  ['key', idField],
  ['issue', idField],
  ['issuekey', idField],
  ['updated', updated],
  ['updateddate', updated],
  ['created', created],
  ['createddate', created],
  ['resolved', { kind: 'instant', of: ({ resolved }) => resolved }],
  ['resolutiondate', { kind: 'instant', of: ({ resolved }) => resolved }],
  ['labels', { kind: 'labels', of: ({ labels }) => labels }],
  ['summary', { kind: 'text', of: ({ summary }) => summary }],
  ['description', { kind: 'text', of: ({ description }) => description }],
  ['text', { kind: 'text', of: ({ summary, description }) => `${summary} ${description}` }],
]);

/** Which operators a kind of field takes. */
export const operatorsOf: Readonly<Record<SearchField['kind'], readonly Operator[]>> = {
  choice: ['=', '!=', 'in', 'not in', 'is', 'is not'],
  labels: ['=', '!=', 'in', 'not in', 'is', 'is not'],
  instant: ['=', '!=', '<', '<=', '>', '>=', 'is', 'is not'],
  id: ['=', '!=', 'in', 'not in', '<', '<=', '>', '>='],
  text: ['~', '!~', 'is', 'is not'],
};
