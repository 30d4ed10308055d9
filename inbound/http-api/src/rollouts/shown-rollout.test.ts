import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoredRolloutBoard, StoredRolloutMember } from '@sallyport/store';
import { shownBoard } from './shown-rollout.ts';

const at = new Date('2026-11-26T10:00:00Z');
const member = (swapId: string, more: Partial<StoredRolloutMember> = {}): StoredRolloutMember => ({
  swapId,
  name: 'Jira',
  state: 'canary',
  stateSince: at.getTime(),
  blockedIn: null,
  cohort: null,
  canary: 'accepted',
  moved: false,
  message: null,
  reason: null,
  connectionId: `connection-${swapId}`,
  customerId: `customer-${swapId}`,
  customerName: swapId,
  host: `${swapId}.example`,
  ...more,
});
const board = (state: 'moving' | 'done', members: readonly StoredRolloutMember[], waits = {}): StoredRolloutBoard => ({
  rollout: {
    id: 'rollout',
    certificateId: 'next',
    certificateName: 'Next',
    sha256: 'a'.repeat(64),
    replaces: [],
    state,
    stateSince: at,
    reason: null,
    matching: null,
    emergency: false,
    canaryAt: at,
    windowStartsAt: at,
    windowEndsAt: at,
    observationSeconds: 60,
    cohort: 0,
    cohorts: [{ percent: 100 }],
    cohortStarted: {},
    leftOut: [],
    proposedBy: 'person:1',
    proposedAt: at,
    approvedBy: 'person:1',
    approvedAt: at,
    goOnAskedAt: null,
  },
  members,
  waits: new Map(Object.entries(waits)),
});
const refusal = (code: string, message: string) => ({ code, message, actor: 'customer' as const });

describe('the board of a rollout', () => {
  it('counts as moved who is on the next certificate, and names who refused it after the move', () => {
    const shown = shownBoard(
      board('done', [
        member('acme', { state: 'observed', moved: true, cohort: 1 }),
        member('bank', {
          state: 'rolled-back',
          moved: true,
          cohort: 1,
          message: 'TLS alert 48.',
          reason: refusal('client-certificate-refused', 'TLS alert 48.'),
        }),
      ]),
    );
    const { moved, wentBack, connections } = shown.counts;
    assert.deepEqual({ moved, wentBack, connections }, { moved: 1, wentBack: 1, connections: 2 });
    assert.deepEqual(
      shown.notTrusting.map(({ host, tried, message }) => [host, tried, message]),
      [['bank.example', true, 'TLS alert 48.']],
    );
  });
  it('says of each connection, and of all together, what they wait for', () => {
    const missing = refusal('change-number-missing', 'A change number of the customer is needed.');
    const shown = shownBoard(board('moving', [member('acme')], { acme: missing }));
    assert.equal(shown.members[0]?.waitsFor?.code, 'change-number-missing');
    assert.match(shown.waitsFor?.message ?? '', /Of 1: A change number of the customer is needed\./);
    assert.equal(shown.waitsFor?.actor, 'customer');
  });
});
