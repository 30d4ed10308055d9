import type { ConnectionSummary } from '@sallyport/console-api';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { basketOf, expiriesByWeek } from './fleet.ts';

const summary = (changes: Partial<ConnectionSummary>): ConnectionSummary =>
  ({ state: 'active', checks: null, lastError: null, ...changes }) as ConnectionSummary;

const finding = (actor: 'operator' | 'customer' | 'network-team' | null) => ({ code: 'x', message: 'x', actor });

describe('the strip on home', () => {
  for (const [sentence, changes, basket] of [
    ['counts an active connection without a finding as healthy', {}, 'healthy'],
    ['waits for the customer where the customer can act', { lastError: finding('customer') }, 'needs-customer'],
    ['waits for the customer where its network team can act', { lastError: finding('network-team') }, 'needs-customer'],
    ['waits for us where the operator can act', { lastError: finding('operator') }, 'needs-us'],
    ['waits for us where nobody else was found', { lastError: finding(null) }, 'needs-us'],
    ['waits for us while a connection is a draft', { state: 'draft' }, 'needs-us'],
    ['counts a paused one as paused, whatever is wrong', { state: 'paused', lastError: finding('customer') }, 'paused'],
    ['leaves out what is retired', { state: 'retired' }, null],
  ] as const satisfies readonly (readonly [string, Partial<ConnectionSummary>, string | null])[]) {
    it(sentence, () => assert.equal(basketOf(summary(changes)), basket));
  }

  it('puts ends into their week, and what has ended into this one', () => {
    const now = Date.parse('2026-11-25T00:00:00Z');
    const weeks = expiriesByWeek(
      [
        { name: 'gone', notAfter: '2026-11-20T00:00:00Z' },
        { name: 'soon', notAfter: '2026-12-03T00:00:00Z' },
        { name: 'far', notAfter: '2027-12-03T00:00:00Z' },
      ],
      now,
      3,
    );
    assert.deepEqual(
      weeks.map(({ ends }) => ends.map(({ name }) => name)),
      [['gone'], ['soon'], []],
    );
  });
});
