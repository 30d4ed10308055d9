import assert from 'node:assert/strict';
import { it } from 'node:test';
import { issueQuery } from './issues.ts';

it('takes a page’s own cursor, and nothing that would begin at the start again unnoticed', () => {
  assert.equal(issueQuery.parse({ cursor: '1700000000000.42' }).cursor, '1700000000000.42');
  for (const cursor of ['zzz', '', '1', '1.2.3', '-1.2'])
    assert.equal(issueQuery.safeParse({ cursor }).error?.issues[0]?.path[0], 'cursor', cursor);
});
