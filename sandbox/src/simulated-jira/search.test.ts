import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IssueDocuments } from './issue-document.ts';
import { changeIssue } from './issues/change-issue.ts';
import { Chance } from './issues/chance.ts';
import { generateIssues } from './issues/generate-issues.ts';
import { IssueStore } from './issues/issue-store.ts';
import type { Issue } from './issues/issue.ts';
import { projects } from './issues/site.ts';
import { readSearchRequest, search, type SearchSurroundings } from './search.ts';

const base = Date.parse('2026-11-20T12:00:00Z');
const zone = 'Europe/Berlin';
const issues = generateIssues(600, 7, base);
const store = new IssueStore(issues);
let searches = 0;

interface Page {
  startAt: number;
  maxResults: number;
  total: number;
  issues: { id: string; key: string; fields?: Record<string, unknown>; changelog?: { histories: unknown[] } }[];
  errorMessages?: string[];
}

function ask(
  parameters: Record<string, unknown>,
  surroundings: Partial<SearchSurroundings> = {},
): { status: number; page: Page } {
  const request = readSearchRequest(parameters);
  assert.ok(typeof request !== 'string', String(request));
  searches += 1;
  const { status, body } = search(request, {
    store,
    documents: new IssueDocuments(),
    now: base,
    zone,
    userName: 'svc-sallyport',
    visibleProjects: projects,
    searchNumber: searches,
    withOddIssues: false,
    ...surroundings,
  });
  return { status, page: JSON.parse(body.toString()) as Page };
}

const idsOf = (jql: string, surroundings: Partial<SearchSurroundings> = {}): number[] =>
  ask({ jql, maxResults: 1000, fields: 'id' }, surroundings).page.issues.map(({ id }) => Number(id));
const expected = (test: (issue: Issue) => boolean): number[] =>
  issues
    .filter(test)
    .map(({ id }) => id)
    .toSorted((one, other) => one - other);
const middle = issues[300] ?? issues[0];
assert.ok(middle !== undefined);
const minuteString = (instant: number): string =>
  // Berlin keeps UTC+1 in November and UTC+2 in June; the test asks its own arithmetic of Intl.
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(instant);
const minute = Math.floor(middle.updated / 60_000) * 60_000;

describe('search', () => {
  for (const { jql, test } of [
    { jql: 'project = SAND', test: ({ project }: Issue) => project.key === 'SAND' },
    { jql: 'project in (sand, 10001)', test: ({ project }: Issue) => project.key === 'SAND' || project.key === 'PAY' },
    { jql: 'project not in (SAND)', test: ({ project }: Issue) => project.key !== 'SAND' },
    { jql: 'issuetype in (Bug, "Sub-task")', test: ({ type }: Issue) => type.name === 'Bug' || type.isSubtask },
    {
      jql: 'status = "in progress" or status = 10001',
      test: ({ status }: Issue) => status.id === '3' || status.id === '10001',
    },
    { jql: `updated >= ${middle.updated}`, test: ({ updated }: Issue) => updated >= middle.updated },
    {
      jql: `updated > ${middle.updated} AND NOT project = PUB`,
      test: ({ updated, project }: Issue) => updated > middle.updated && !project.isPublic,
    },
    { jql: `updated < "${middle.updated}"`, test: ({ updated }: Issue) => updated < middle.updated },
    { jql: `updated >= "${minuteString(minute)}"`, test: ({ updated }: Issue) => updated >= minute },
    { jql: `updated < '${minuteString(minute).replaceAll('-', '/')}'`, test: ({ updated }: Issue) => updated < minute },
    { jql: 'created >= -30d', test: ({ created }: Issue) => created >= base - 30 * 86_400_000 },
    {
      jql: `id in (${middle.id}, ${middle.id + 1})`,
      test: ({ id }: Issue) => id === middle.id || id === middle.id + 1,
    },
    { jql: `key = ${middle.key.toLowerCase()}`, test: ({ id }: Issue) => id === middle.id },
    { jql: 'assignee is EMPTY', test: ({ assignee }: Issue) => assignee === null },
    { jql: 'assignee != b.okafor', test: ({ assignee }: Issue) => assignee !== null && assignee.name !== 'b.okafor' },
    { jql: 'labels = security', test: ({ labels }: Issue) => labels.includes('security') },
    { jql: 'summary ~ "mobile"', test: ({ summary }: Issue) => /mobile/i.test(summary) },
    { jql: 'resolution = EMPTY', test: ({ resolved }: Issue) => resolved === null },
    { jql: '', test: () => true },
  ]) {
    it(`finds what the query says: ${jql}`, () => {
      const wanted = expected(test);
      assert.deepEqual(
        idsOf(jql).toSorted((one, other) => one - other),
        wanted,
      );
      assert.ok(jql === '' || (wanted.length > 0 && wanted.length < issues.length), 'the query must tell issues apart');
    });
  }

  for (const { jql, message } of [
    { jql: 'project = NONE', message: /The value 'NONE' does not exist for the field 'project'/ },
    { jql: 'colour = red', message: /Field 'colour' does not exist/ },
    { jql: 'key = SAND-99999', message: /An issue with key 'SAND-99999' does not exist/ },
    { jql: 'id in (1)', message: /A value with ID '1' does not exist/ },
    { jql: 'updated >= "2026-01-01 10:00:30"', message: /Date value .* is invalid/ },
    { jql: 'updated >= "2026-02-30"', message: /Date value .* is invalid/ },
    { jql: 'updated ~ 5', message: /operator '~' is not supported by the 'updated' field/ },
    { jql: 'project > SAND', message: /operator '>' is not supported/ },
    { jql: 'updated >= lastFullMoon()', message: /Unable to find JQL function/ },
    { jql: 'ORDER BY colour', message: /Not able to sort using field 'colour'/ },
    { jql: 'project = SAND garbage', message: /Error in the JQL Query/ },
  ]) {
    it(`answers 400 in Jira's error shape: ${jql}`, () => {
      const { status, page } = ask({ jql });
      assert.equal(status, 400);
      assert.match(String(page.errorMessages), message);
      assert.ok(!('issues' in page));
    });
  }

  it('tells all faults of a query together, and matches nothing instead when validation is off', () => {
    const jql = 'project = NONE AND colour = red';
    assert.equal(ask({ jql }).page.errorMessages?.length, 2);
    const { status, page } = ask({ jql, validateQuery: 'none' });
    assert.deepEqual([status, page.total], [200, 0]);
  });

  it('gives every issue once over pages by offset when the order is total', () => {
    const seen: string[] = [];
    for (let startAt = 0; ;) {
      const { page } = ask({ jql: 'ORDER BY updated ASC, id ASC', startAt, maxResults: 77, fields: 'id' });
      if (page.issues.length === 0) break;
      seen.push(...page.issues.map(({ id }) => id));
      startAt += page.issues.length;
    }
    assert.equal(new Set(seen).size, issues.length);
    assert.equal(seen.length, issues.length);
  });

  it('orders by updated, then id', () => {
    const byId = new Map(issues.map((issue) => [issue.id, issue]));
    const found = idsOf('ORDER BY updated ASC, id ASC').map((id) => byId.get(id));
    found.slice(1).forEach((issue, index) => {
      const before = found[index];
      assert.ok(issue !== undefined && before !== undefined);
      assert.ok(before.updated < issue.updated || (before.updated === issue.updated && before.id < issue.id));
    });
  });

  it('breaks ties in another order each time, and there are ties', () => {
    const one = idsOf('ORDER BY updated ASC');
    const other = idsOf('ORDER BY updated ASC');
    assert.notDeepEqual(one, other);
    assert.deepEqual(one.toSorted(), other.toSorted());
  });

  it('gives 50 by default and at most 1000, and says how many it gives', () => {
    assert.deepEqual([ask({ jql: '' }).page.issues.length, ask({ jql: '' }).page.maxResults], [50, 50]);
    assert.equal(ask({ jql: '', maxResults: 5000 }).page.maxResults, 1000);
    const { page } = ask({ jql: '', maxResults: 0 });
    assert.deepEqual([page.issues.length, page.total], [0, 600]);
  });

  it('refuses numbers that are none', () => {
    for (const parameters of [{ startAt: 'x' }, { startAt: -1 }, { maxResults: -5 }, { jql: 5 }]) {
      assert.equal(typeof readSearchRequest(parameters), 'string', JSON.stringify(parameters));
    }
  });

  it('gives the fields that were asked for, and none at all where there is no such field', () => {
    const first = (parameters: Record<string, unknown>): Page['issues'][number] => {
      const [issue] = ask({ jql: '', maxResults: 1, ...parameters }).page.issues;
      assert.ok(issue !== undefined);
      return issue;
    };
    assert.deepEqual(Object.keys(first({ fields: 'summary,status' }).fields ?? {}), ['summary', 'status']);
    assert.equal(first({ fields: ['id'] }).fields, undefined);
    assert.ok(!('comment' in (first({}).fields ?? {})), 'not navigable');
    assert.ok('comment' in (first({ fields: '*all' }).fields ?? {}));
    assert.ok(!('description' in (first({ fields: '*all,-description' }).fields ?? {})));
    assert.equal(first({}).changelog, undefined);
    assert.ok(Array.isArray(first({ expand: ['changelog'] }).changelog?.histories));
  });

  it('finds a change only when the index has caught up', () => {
    const own = new IssueStore(issues.slice(0, 10));
    const [issue] = issues;
    assert.ok(issue !== undefined);
    const at = base + 10;
    own.put(changeIssue(issue, new Chance(1), at, 1), at + 1000);
    const jql = `updated >= ${base + 1}`;
    assert.deepEqual(idsOf(jql, { store: own, now: at + 999 }), []);
    assert.deepEqual(idsOf(jql, { store: own, now: at + 1000 }), [issue.id]);
    assert.equal(own.find(issue.key)?.updated, at, 'GET issue shows it at once');
    own.remove(issue, at + 2000);
    assert.equal(own.find(issue.key), undefined);
    assert.deepEqual(idsOf(jql, { store: own, now: at + 2000 }), []);
  });

  it('shows a stranger the public project only', () => {
    const visibleProjects = projects.filter(({ isPublic }) => isPublic);
    assert.deepEqual(idsOf('', { visibleProjects }).toSorted(), expected(({ project }) => project.isPublic).toSorted());
    const { status } = ask({ jql: 'project = SAND' }, { visibleProjects });
    assert.equal(status, 400);
  });
});
