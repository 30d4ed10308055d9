import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RolloutCandidate, RolloutPreview } from '@sallyport/console-api';
import {
  cohortsOf,
  emptyRolloutDraft,
  missingOf,
  previewWishOf,
  rolloutRequest,
  type RolloutDraft,
} from './rollout-draft.ts';

const now = Date.parse('2026-11-26T10:00:00Z');
const candidate = (connectionId: string, verdict: RolloutCandidate['verdict'] = 'moves'): RolloutCandidate => ({
  connectionId,
  connectionName: 'Jira',
  customerId: 'c',
  customerName: 'ACME',
  host: 'jira.acme.example',
  class: 'no-change',
  noticeDays: 0,
  earliestAt: '2026-11-26T00:00:00Z',
  customerMustApprove: false,
  verdict,
  obstacle: null,
  openSwapId: null,
});
const preview = {
  replaces: 'old',
  operatorTimeZone: 'Europe/Berlin',
  connections: [candidate('1'), candidate('2'), candidate('3', 'left-out')],
} as unknown as RolloutPreview;
const draft: RolloutDraft = { ...emptyRolloutDraft('new', ''), window: '2026-11-27T09:00:00.000Z' };

describe('the request of a rollout', () => {
  it('names what is replaced while all that use it are in, and the connections once somebody chose', () => {
    const all = rolloutRequest(draft, preview, now) as Record<string, unknown>;
    assert.deepEqual([all.replaces, all.connectionIds], ['old', undefined]);
    const some = rolloutRequest({ ...draft, without: new Set(['1']), first: new Set(['1', '2']) }, preview, now);
    assert.deepEqual(
      [(some as Record<string, unknown>).connectionIds, (some as Record<string, unknown>).first],
      [['2'], ['2']],
    );
  });
  it('reads times in the operator’s zone, and lets a window from now on be open already', () => {
    const own = { ...draft, window: 'own', ownLocal: '2026-11-27T09:00', hours: 2 };
    const { windowStartsAt, windowEndsAt } = rolloutRequest(own, preview, now) as Record<string, string>;
    assert.deepEqual([windowStartsAt, windowEndsAt], ['2026-11-27T08:00:00.000Z', '2026-11-27T10:00:00.000Z']);
    const soon = rolloutRequest({ ...draft, window: 'now' }, preview, now + 60_000) as Record<string, string>;
    assert.equal(soon.windowStartsAt, '2026-11-26T10:00:00.000Z');
  });
  it('tells what is missing, and nothing where all is given', () => {
    assert.deepEqual(missingOf(draft, preview, now), {});
    const poor = {
      ...draft,
      without: new Set(['1', '2']),
      window: '',
      cohorts: [{ key: 0, amount: '140', unit: 'percent' }],
      observation: { amount: 'x', unit: 'minutes' },
      canary: { when: 'later', local: '' },
    } as const;
    assert.deepEqual(Object.keys(missingOf(poor, preview, now)).toSorted(), [
      'canary',
      'cohorts',
      'connections',
      'observation',
      'window',
    ]);
  });
  it('takes no canary at a time that is over', () => {
    const late = { ...draft, canary: { when: 'later', local: '2026-11-26T10:59' } } as const;
    assert.deepEqual(missingOf(late, preview, now), { canary: 'This time is over: agree on one to come.' });
    const ahead = { ...draft, canary: { when: 'later', local: '2026-11-26T11:01' } } as const;
    assert.deepEqual(missingOf(ahead, preview, now), {});
  });
  it('plans cohorts as they will move, without empty ones', () => {
    assert.deepEqual(
      cohortsOf(draft, 4)?.map(({ connections, place }) => [connections, place]),
      [
        [1, 0],
        [3, 3],
      ],
    );
    assert.equal(cohortsOf({ cohorts: [{ key: 0, amount: 'x', unit: 'percent' }] }, 4), null);
  });
  it('asks the preview only for what decides', () => {
    assert.equal(previewWishOf({ ...draft, certificateId: '' }, 'UTC', now), null);
    assert.equal(previewWishOf({ ...draft, changeNumber: 'CHG-1' }, 'UTC', now)?.changeNumber, 'given');
  });
});
