import type { Fact } from '../../elements/facts.tsx';

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
  sprint: 'Sprint',
  'epic-link': 'Epic',
  description: 'Description',
};

/** The remaining fields of the terms as Jira gave them, those that hold something, in words. */
export function fieldFacts(fields: Readonly<Record<string, unknown>>): readonly Fact[] {
  return Object.entries(fields)
    .filter(([name]) => !shownElsewhere.has(name))
    .map(([name, value]) => ({ term: fieldNames[name] ?? name, detail: valueWords(value) }))
    .filter(({ detail }) => detail !== '');
}

/** Jira's values are texts, numbers, or objects with a name, a value, a key or a display name; lists of these. */
function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return value
      .map(valueWords)
      .filter((word) => word !== '')
      .join(', ');
  if (typeof value === 'object') {
    const record = value as Readonly<Record<string, unknown>>;
    for (const name of ['displayName', 'name', 'value', 'key'] as const) {
      if (typeof record[name] === 'string') return record[name];
    }
    return JSON.stringify(value);
  }
  return String(value);
}
