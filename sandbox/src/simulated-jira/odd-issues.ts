/** Issues as no documentation shows them and as real installations send them, each with an id of its own. */

const base = { expand: '', self: 'http://jira-node1.internal.example:8080/jira/rest/api/2/issue/1' };
const project = { id: '10000', key: 'SAND', name: 'SANDBOX Web shop' };
const dates = { created: '2025-01-02T03:04:05.000+0100', updated: '2025-01-02T03:04:05.000+0100' };

export const oddIssues: readonly unknown[] = [
  // No fields at all.
  { ...base, id: '990001', key: 'SAND-990001' },
  { ...base, id: '990002', key: 'SAND-990002', fields: {} },
  // Fields that are null where there is always something.
  {
    ...base,
    id: '990003',
    key: 'SAND-990003',
    fields: { project, ...dates, summary: null, status: null, issuetype: null, priority: null, labels: null },
  },
  // A deleted user: `self` only. An e-mail address that is masked.
  {
    ...base,
    id: '990004',
    key: 'SAND-990004',
    fields: {
      project,
      ...dates,
      summary: 'Reporter is gone',
      reporter: { self: `${base.self}/user?username=gone` },
      assignee: { name: 'b.okafor', emailAddress: '?', displayName: 'Blessing Okafor' },
    },
  },
  // Dates in other forms: colon in the offset, Z, no milliseconds, nonsense.
  {
    ...base,
    id: '990005',
    key: 'SAND-990005',
    fields: { project, summary: 'Colon', created: '2025-01-02T03:04:05.000+01:00', updated: '2025-01-02T02:04:05Z' },
  },
  {
    ...base,
    id: '990006',
    key: 'SAND-990006',
    fields: { project, summary: 'No date', created: 'yesterday', updated: '' },
  },
  // Numbers where texts are usual, and the other way round.
  { ...base, id: 990007, key: 'SAND-990007', fields: { project: { ...project, id: 10000 }, ...dates, summary: 42 } },
  // A sprint as text, as object, and both.
  {
    ...base,
    id: '990008',
    key: 'SAND-990008',
    fields: {
      project,
      ...dates,
      summary: 'Mixed sprints',
      customfield_10105: [
        'com.atlassian.greenhopper.service.sprint.Sprint@1[id=1,name=A, b=c],state=CLOSED]',
        { id: 2 },
        null,
      ],
    },
  },
  // A changelog with an entry without author, an item without values, and a total that promises more.
  {
    ...base,
    id: '990009',
    key: 'SAND-990009',
    fields: { project, ...dates, summary: 'Odd changelog' },
    changelog: {
      startAt: 0,
      maxResults: 1,
      total: 3,
      histories: [{ id: '1', created: dates.created, items: [{ field: 'x' }] }],
    },
  },
  // Characters that break stores and pages.
  {
    ...base,
    id: '990010',
    key: 'SAND-990010',
    fields: {
      project,
      ...dates,
      summary: 'NUL \u0000, lone \ud800, <script>alert(1)</script>, \u202e',
      description: 'x'.repeat(300_000),
    },
  },
  // No id: nothing to keep it under.
  { ...base, key: 'SAND-990011', fields: { project, ...dates, summary: 'No id' } },
  null,
  'not an issue',
];
