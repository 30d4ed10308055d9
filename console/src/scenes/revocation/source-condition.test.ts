import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authorityWords, sourceCondition, worstFirst } from './source-condition.ts';

const fresh = { authority: 'CN=B', thisUpdate: '2026-11-25T00:00:00Z', staleSince: null, lastError: null };
const error = { code: 'not-found', message: 'Nothing is there.' };

describe('the condition of a revocation source', () => {
  it('is fresh while it may be used and the last attempt succeeded', () =>
    assert.deepEqual(sourceCondition(fresh), { word: 'Fresh', tone: 'ok', needsLook: false }));

  it('is stale when what is held may not be used any more', () =>
    assert.equal(sourceCondition({ ...fresh, staleSince: '2026-11-25T01:00:00Z', lastError: error }).word, 'Stale'));

  it('tells a failed attempt from nothing held', () => {
    assert.equal(sourceCondition({ ...fresh, lastError: error }).tone, 'warn');
    assert.equal(sourceCondition({ ...fresh, thisUpdate: null, lastError: error }).word, 'Not to be had');
    assert.equal(sourceCondition({ ...fresh, thisUpdate: null }).needsLook, false);
  });

  it('puts the worst first, then goes by authority', () => {
    const stale = { ...fresh, authority: 'CN=Z', staleSince: '2026-11-25T01:00:00Z' };
    const sorted = worstFirst([fresh, { ...fresh, authority: 'CN=A' }, stale]);
    assert.deepEqual(
      sorted.map(({ authority }) => authority),
      ['CN=Z', 'CN=A', 'CN=B'],
    );
  });

  it('says where nobody knows the authority yet', () => {
    assert.equal(authorityWords('CN=Example CA,O=Example'), 'Example CA');
    assert.equal(authorityWords(''), 'Authority not known yet');
  });
});
