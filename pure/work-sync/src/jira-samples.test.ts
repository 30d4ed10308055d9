/** Answers of real Jira sites, where they lie beside the repository: each issue is read, or refused by name. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readIssue, readJiraErrors, readSearchPage, readSprint, resolveFields } from './index.ts';
import { asList, asObject, type JsonObject } from './json-value.ts';

const folder = new URL('../../../../shared/jira-samples/', import.meta.url);
const skip = existsSync(folder) ? false : 'the real samples are not beside this repository (../shared/jira-samples)';
const files = skip === false ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const fields = resolveFields(['summary', 'status', 'issuetype', 'project', 'updated', 'sprint'], []);

/** Every object in a sample that Jira would call an issue: it has a key like one and fields. */
function issuesIn(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(issuesIn);
  const object = asObject(value);
  if (object === null) return [];
  const isIssue = 'fields' in object && ('key' in object || 'id' in object) && asObject(object.fields) !== null;
  return isIssue ? [object] : Object.values(object).flatMap(issuesIn);
}

/** What cannot be kept, and why: all of them lack what an issue must have. */
const refusedByName: Readonly<Record<string, readonly string[]>> = {
  // A transition has fields too, but neither key nor number of an issue.
  'go-jira__transitions.json': ['JIRA_ISSUE_KEY', 'JIRA_ISSUE_KEY'],
  // A web hook about a comment sends a part of the issue: it is a hint to fetch it.
  'jira-to-matrix__webhook_comment_updated.json': ['JIRA_ISSUE_UPDATED'],
};

describe('real answers of Jira', { skip }, () => {
  it('are there', () => assert.ok(files.length >= 40, String(files.length)));

  for (const file of files) {
    it(`${file}: every issue is read, or refused by name`, () => {
      const refused: string[] = [];
      for (const json of issuesIn(read(file))) {
        const { issue, faults } = readIssue(json, fields);
        if (issue === null) refused.push(faults[0].code);
        else {
          assert.match(issue.remoteId, /^\d+$/);
          assert.ok(issue.updatedAt > Date.UTC(2005, 0));
          for (const fault of faults) assert.equal(fault.refused, false);
        }
      }
      assert.deepEqual(refused, refusedByName[file] ?? []);
    });
  }

  it('hold 26 issues and more within links, all seen', () => {
    assert.ok(files.flatMap((file) => issuesIn(read(file))).length >= 26);
  });
});

describe('particular answers', { skip }, () => {
  const only = (file: string, ids: readonly string[] = fields.ids): ReturnType<typeof readIssue> => {
    const [json] = issuesIn(read(file));
    return readIssue(json, { ids, sprint: null, epicLink: null });
  };

  it('give the change log with who, when and what', () => {
    const { issue } = only('grimoirelab-elk__issue_changelog_OSUX-206.json');
    assert.equal(issue?.changes.length, 8);
    assert.ok(issue.changes.every((change) => change.at > 0 && change.items.length > 0));
    assert.equal(only('jrjc__valid-5.0-with-changelog.json').issue?.changes.length, 4);
  });

  it('give the sprints out of the text of a Java object', () => {
    const file = 'grimoirelab-elk__issue_changelog_PTNFLY-2602_sprint_string.json';
    // The source of this sample has put each field's value beside its name.
    const [json] = issuesIn(read(file));
    const source = Object.entries(asObject(json?.fields) ?? {}).map(([id, value]) => {
      const wrapped = asObject(value);
      return [id, wrapped !== null && 'value' in wrapped ? wrapped.value : value] as const;
    });
    const ids = source.map(([id]) => id);
    const { issue } = readIssue({ ...json, fields: Object.fromEntries(source) }, { ids, sprint: null, epicLink: null });
    assert.deepEqual(
      issue?.sprints.map((sprint) => sprint.name),
      ['PatternFly Sprint 49'],
    );
    assert.ok(issue?.sprints.every((sprint) => /^\d+$/.test(sprint.id) && sprint.name !== '' && sprint.state !== null));
  });

  it('give pages of a search, the empty last one too', () => {
    assert.equal(readSearchPage(read('jira-ruby__search_issue.json'))?.issues.length, 11);
    assert.equal(readSearchPage(read('perceval__jira_issues_page_empty.json'))?.issues.length, 0);
    assert.equal(readSearchPage(read('go-jira__all_boards.json')), null);
  });

  it('give sprints of boards', () => {
    for (const file of ['go-jira__sprints.json', 'devlake__agile_sprints.json', 'jira-client__list_of_sprints.json']) {
      const json = read(file);
      const list = Array.isArray(json) ? json : asList(asObject(json)?.values ?? asObject(json)?.sprints);
      assert.ok(list.length > 0, file);
      assert.ok(
        list.every((sprint) => readSprint(sprint) !== null),
        file,
      );
    }
  });

  it('give the error texts, with or without errors by field', () => {
    assert.equal(readJiraErrors(read('jira-ruby__400_field_error.json')).length, 1);
    assert.equal(readJiraErrors(read('jrjc__error_messages.json')).length, 3);
    assert.equal(readJiraErrors(read('jrjc__error_field.json')).length, 1);
    assert.equal(readJiraErrors(read('jira-ruby__400_missing_fields_or_update.json')).length, 1);
  });
});
