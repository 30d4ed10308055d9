import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JqlError } from './jql-error.ts';
import { parseJql } from './parse.ts';

describe('a JQL query', () => {
  it('binds AND closer than OR, and NOT closer than both', () => {
    const { clause } = parseJql('a = 1 OR NOT b = 2 AND c = 3');
    assert.equal(clause?.kind, 'or');
    const [, right] = clause.kind === 'or' ? clause.clauses : [];
    assert.equal(right?.kind, 'and');
    assert.deepEqual(right.kind === 'and' ? right.clauses.map(({ kind }) => kind) : [], ['not', 'condition']);
  });

  it('takes the symbols for the words, any case, and parentheses', () => {
    const words = parseJql('(project = A or project = B) AND not status = X');
    const symbols = parseJql('(PROJECT = A || Project = B) && !status = X');
    assert.deepEqual(symbols, words);
  });

  it('may be nothing but an order', () => {
    assert.deepEqual(parseJql('ORDER BY updated, id desc'), {
      clause: null,
      order: [
        { field: 'updated', isDescending: false },
        { field: 'id', isDescending: true },
      ],
    });
    assert.deepEqual(parseJql('  '), { clause: null, order: [] });
  });

  it('reads lists, functions, EMPTY and escaped quotes', () => {
    const { clause } = parseJql(String.raw`key not in (A-1, "B\"2", 'C 3', now("-1d")) AND assignee is not EMPTY`);
    assert.equal(clause?.kind, 'and');
    const [first] = clause.kind === 'and' ? clause.clauses : [];
    assert.deepEqual(first?.kind === 'condition' ? first.operands : null, [
      { kind: 'value', text: 'A-1', isQuoted: false },
      { kind: 'value', text: 'B"2', isQuoted: true },
      { kind: 'value', text: 'C 3', isQuoted: true },
      { kind: 'function', name: 'now', parameters: ['-1d'] },
    ]);
  });

  for (const { query, message } of [
    { query: 'project = A foo = 2', message: /Expecting either 'OR' or 'AND' but got 'foo'. \(line 1, character 13\)/ },
    { query: 'project A', message: /Expecting operator .* but got 'A'/ },
    { query: 'project =', message: /before the end of the query/ },
    { query: 'project in (A', message: /Expecting '\)' or ','/ },
    { query: 'project in A', message: /does not support the non-list value/ },
    { query: '(project = A', message: /Expecting '\)'/ },
    { query: 'project = "A', message: /has not been completed/ },
    { query: 'project = A; drop', message: /reserved JQL character/ },
    { query: String.raw`summary ~ "\q"`, message: /illegal JQL escape sequence/ },
    { query: 'status was Open', message: /Expecting operator .* but got 'was'/ },
    { query: 'project = A ORDER updated', message: /Expecting 'BY'/ },
    { query: 'project = A ORDER BY', message: /Expecting a field name before the end/ },
    { query: 'updated is 3', message: /only supports searching for 'EMPTY'/ },
    { query: 'project = A AND', message: /Expecting a field name before the end/ },
    { query: `${'('.repeat(60)}project = A${')'.repeat(60)}`, message: /nested too deeply/ },
  ]) {
    it(`is refused with Jira's words: ${query.slice(0, 40)}`, () => {
      assert.throws(
        () => parseJql(query),
        (error) => error instanceof JqlError && message.test(error.message),
      );
    });
  }

  it('says in which line it went wrong', () => {
    assert.throws(() => parseJql('project = A\nAND x'), /line 2, character 6/);
  });
});
