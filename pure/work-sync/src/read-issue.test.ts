import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readIssue, readJiraDay, readJiraInstant, readSprint, readUser, resolveFields } from './index.ts';

const fields = resolveFields(['summary', 'status', 'updated', 'project', 'issuetype'], []);
const core = {
  summary: 'It works',
  status: { id: '3', name: 'In Progress', statusCategory: { key: 'indeterminate' } },
  updated: '2026-05-02T12:28:16.123-0700',
  project: { key: 'PROJ' },
  issuetype: { id: '1', name: 'Bug', subtask: false },
};
const issue = (change: object = {}, fieldChange: object = {}): unknown => ({
  id: '10001',
  key: 'PROJ-1',
  fields: { ...core, ...fieldChange },
  ...change,
});

describe("Jira's dates", () => {
  for (const [text, expected] of [
    ['2018-05-02T12:28:16.000-0700', '2018-05-02T19:28:16.000Z'],
    ['2018-05-02T12:28:16.5+02:00', '2018-05-02T10:28:16.500Z'],
    ['2018-05-02T12:28:16Z', '2018-05-02T12:28:16.000Z'],
    ['2018-05-02 12:28+05', '2018-05-02T07:28:00.000Z'],
  ] as const) {
    it(`are read: ${text}`, () => assert.equal(new Date(readJiraInstant(text) ?? 0).toISOString(), expected));
  }
  for (const text of ['2018-05-02T12:28:16', '2018-02-31T00:00:00Z', 'yesterday', '', null, {}, Number.NaN]) {
    it(`are refused without a meaning: ${String(text)}`, () => assert.equal(readJiraInstant(text), null));
  }
  it('of a day stay a day', () => {
    assert.equal(readJiraDay('2026-02-28'), '2026-02-28');
    assert.equal(readJiraDay('2026-02-31'), null);
  });
});

describe('a user', () => {
  it('is read with a key, without one, masked, or deleted', () => {
    assert.deepEqual(readUser({ key: 'JIRAUSER1', name: 'ada', displayName: 'Ada' }), {
      key: 'JIRAUSER1',
      name: 'ada',
      displayName: 'Ada',
    });
    assert.equal(readUser({ name: 'ada' })?.displayName, 'ada');
    assert.equal(readUser({ self: 'https://jira.example/rest/api/2/user?username=gone' })?.name, 'gone');
    assert.equal(readUser(null), null);
    assert.equal(readUser({}), null);
  });
});

describe('a sprint', () => {
  const text = (inner: string): string => `com.atlassian.greenhopper.service.sprint.Sprint@21d00be2[${inner}]`;
  it('is read whatever the order of its members', () => {
    const read = readSprint(
      text('name=One,state=CLOSED,id=225,completeDate=<null>,startDate=2026-01-01T00:00:00.000Z'),
    );
    assert.equal(read?.id, '225');
    assert.equal(read?.state, 'CLOSED');
    assert.equal(read?.completeAt, null);
    assert.equal(read?.startAt, Date.UTC(2026, 0));
  });
  it('keeps a name with commas, equals signs and brackets', () => {
    const read = readSprint(text('id=7,rapidViewId=2,state=ACTIVE,name=a, b=c] [d,id=9,goal=,sequence=7'));
    assert.equal(read?.name, 'a, b=c] [d,id=9');
    assert.equal(read?.id, '7');
  });
  it('is read from an object too', () => {
    assert.equal(readSprint({ id: 5, name: 'Five', state: 'active' })?.state, 'ACTIVE');
  });
  it('is refused without a number', () => assert.equal(readSprint(text('name=One')), null));
});

describe('an issue', () => {
  it('is read with its core members and only the agreed fields', () => {
    const { issue: read, faults } = readIssue(issue({}, { secret: 'not agreed' }), fields);
    assert.equal(read?.remoteId, '10001');
    assert.equal(read?.statusCategory, 'indeterminate');
    assert.equal(read?.updatedAt, Date.UTC(2026, 4, 2, 19, 28, 16, 123));
    assert.deepEqual(Object.keys(read?.document ?? {}).toSorted(), [...fields.ids].toSorted());
    assert.deepEqual(faults, []);
  });

  for (const [what, value, code] of [
    ['no object', 'text', 'JIRA_ISSUE_NOT_AN_OBJECT'],
    ['no id', issue({ id: null }), 'JIRA_ISSUE_ID'],
    ['an id that is no number', issue({ id: '10001; drop' }), 'JIRA_ISSUE_ID'],
    ['no key', issue({ key: undefined }), 'JIRA_ISSUE_KEY'],
    ['no fields', issue({ fields: null }), 'JIRA_ISSUE_FIELDS'],
    ['no date of change', issue({}, { updated: null }), 'JIRA_ISSUE_UPDATED'],
  ] as const) {
    it(`is refused by name with ${what}`, () => {
      const { issue: read, faults } = readIssue(value, fields);
      assert.equal(read, null);
      assert.equal(faults[0]?.code, code);
      assert.equal(faults[0]?.refused, true);
    });
  }

  it('is kept with odd fields, each of them told', () => {
    const odd = { priority: { rank: 3 }, created: 'long ago', labels: 'none', assignee: 7, components: [null, {}] };
    const { issue: read, faults } = readIssue(issue({}, odd), fields);
    assert.equal(read?.priority, null);
    assert.deepEqual(read?.labels, []);
    assert.deepEqual(
      faults.map((fault) => [fault.code, fault.field, fault.refused]),
      [
        ['JIRA_ISSUE_FIELD_ODD', 'priority', false],
        ['JIRA_ISSUE_FIELD_ODD', 'created', false],
      ],
    );
  });

  it('is made storable: no character that a database refuses, no endless depth, no other prototype', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    const nasty = JSON.parse('{"a\\u0000b":"x\\u0000\\ud800y","__proto__":{"polluted":true}}') as object;
    const { issue: read } = readIssue(issue({}, { summary: 'a\u0000b', project: deep, status: nasty }), fields);
    const text = JSON.stringify(read);
    assert.doesNotMatch(text, /\\u0000|\\ud800|polluted/);
    assert.equal(read?.projectKey, 'PROJ');
  });

  it('keeps the change log that is readable', () => {
    const histories = [
      {
        id: '1',
        created: '2026-01-01T00:00:00.000+0000',
        author: { name: 'ada' },
        items: [{ field: 'status', fromString: 'A', toString: 'B' }, null],
      },
      { id: '2', created: 'never', items: [] },
    ];
    const { issue: read, faults } = readIssue(issue({ changelog: { total: 5, histories } }), fields);
    assert.deepEqual(
      read?.changes.map((change) => change.items),
      [[{ field: 'status', from: null, fromText: 'A', to: null, toText: 'B' }]],
    );
    assert.deepEqual(
      faults.map((fault) => fault.code),
      ['JIRA_CHANGELOG_ODD', 'JIRA_CHANGELOG_TRUNCATED'],
    );
  });
});

describe('the fields of a site', () => {
  const site = [
    { id: 'customfield_10020', schema: { custom: 'com.pyxis.greenhopper.jira:gh-sprint' } },
    { id: 'summary', schema: { type: 'string' } },
  ];
  it('give the custom field that holds sprints, and leave out what the site does not have', () => {
    assert.deepEqual(resolveFields(['summary', 'sprint', 'epic-link'], site), {
      ids: ['summary', 'customfield_10020'],
      sprint: 'customfield_10020',
      epicLink: null,
    });
  });
});
