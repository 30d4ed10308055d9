import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RolloutCandidate } from '@sallyport/console-api';
import { defaultCohorts } from '@sallyport/lifecycle/cohorts';
import { cohortSizeWords } from './rollout-cohorts.ts';
import { previewWords } from './rollout-preview.ts';
import { instantOfWallClock, wallClock, windowWords } from './rollout-time.ts';

const candidate = (members: Partial<RolloutCandidate> = {}): RolloutCandidate => ({
  connectionId: 'a',
  connectionName: 'Jira',
  customerId: 'c',
  customerName: 'ACME',
  host: 'jira.acme.example',
  class: 'no-change',
  noticeDays: 0,
  earliestAt: '2026-11-26T00:00:00Z',
  customerMustApprove: false,
  verdict: 'moves',
  obstacle: null,
  openSwapId: null,
  ...members,
});

describe('cohorts in words', () => {
  it('are named as they were chosen', () =>
    assert.deepEqual(defaultCohorts.map(cohortSizeWords), [
      '1 connection',
      'up to 5 % of all',
      'up to 25 % of all',
      'all that are left',
    ]));
});

describe('a rollout’s preview in words', () => {
  it('says what changes for how many, and who could not move for the same reason', () => {
    const frozen = { code: 'customer-freeze', message: 'Year end.', actor: 'customer' } as const;
    const words = previewWords([
      candidate(),
      candidate({ connectionId: 'b' }),
      candidate({ connectionId: 'd', class: 'new-ca', noticeDays: 30, customerMustApprove: true }),
      candidate({ connectionId: 'e', verdict: 'waits', obstacle: frozen }),
    ]);
    assert.deepEqual(words.classes, [
      '3 connections: nothing changes for the far side',
      '1 connection: a new authority or name, which the far side must trust first; 30 days’ notice',
    ]);
    assert.deepEqual([words.connections, words.moves, words.customerMustApprove], [4, 3, 1]);
    assert.deepEqual(words.waiting, [{ ...frozen, names: ['ACME: Jira'], connectionIds: ['e'] }]);
  });
});

describe('wall-clock times of the operator’s zone', () => {
  for (const [zone, local, instant] of [
    ['Europe/Berlin', '2026-07-01T09:00', '2026-07-01T07:00:00.000Z'],
    ['Europe/Berlin', '2026-12-01T09:00', '2026-12-01T08:00:00.000Z'],
    ['America/Chicago', '2026-03-08T12:00', '2026-03-08T17:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T00:00', '2025-12-31T18:15:00.000Z'],
  ] as const)
    it(`take ${local} in ${zone} as ${instant}, and back`, () => {
      const at = instantOfWallClock(local, zone);
      assert.equal(new Date(at ?? 0).toISOString(), instant);
      assert.equal(wallClock(at ?? 0, zone), local);
    });
  it('are none where the text is none', () => assert.equal(instantOfWallClock('', 'UTC'), null));
  it('name a window with its day, and both days where it ends on another', () => {
    assert.equal(windowWords('2026-12-17T12:00', '2026-12-17T16:00'), 'Thu 17 Dec, 12:00 to 16:00');
    assert.equal(windowWords('2026-12-17T22:00', '2026-12-18T02:00'), 'Thu 17 Dec, 22:00 to Fri 18 Dec, 02:00');
  });
});
