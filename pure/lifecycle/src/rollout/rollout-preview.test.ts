import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { swapRules } from '../swap/swap-rules.ts';
import { openCalendar, type Calendar } from '../window/calendar.ts';
import {
  candidateObstacle,
  candidateObstacles,
  customerMustApprove,
  rolloutTimes,
  type RolloutCandidate,
} from './rollout-preview.ts';

const day = 86_400_000;
const now = Date.parse('2026-11-26T10:05:00Z');
const certificate = (id: string): RolloutCandidate['next'] => ({
  id,
  sha256: id.repeat(64).slice(0, 64),
  notBefore: now - day,
  notAfter: now + 365 * day,
  judged: true,
  blockedBy: null,
  revoked: null,
  owner: 'operator',
  identity: { name: 'CN=a', intermediates: [], issuer: 'i', authority: 'r', subjects: ['CN=a'], forClients: true },
});
const candidate = (members: Partial<RolloutCandidate> = {}): RolloutCandidate => ({
  now,
  swapClass: 'no-change',
  rules: swapRules(undefined),
  emergency: false,
  next: certificate('b'),
  current: certificate('a'),
  changeNumber: null,
  operatorCalendar: openCalendar,
  customerCalendar: openCalendar,
  isRefused: false,
  ...members,
});
const window = { startsAt: now + 3_600_000, endsAt: now + 5 * 3_600_000 };
const frozen: Calendar = {
  timeZone: 'UTC',
  freezes: [{ from: '2026-11-01T00:00', until: '2027-01-04T00:00', reason: 'Year end' }],
};

describe('what would keep a connection of a rollout waiting', () => {
  for (const { sentence, members, code } of [
    { sentence: 'is nothing where nothing changes for it', members: {}, code: undefined },
    { sentence: 'is its notice', members: { swapClass: 'new-ca' }, code: 'notice-too-short' },
    { sentence: 'is its freeze period', members: { customerCalendar: frozen }, code: 'customer-freeze' },
    { sentence: 'is our freeze period', members: { operatorCalendar: frozen }, code: 'operator-freeze' },
    {
      sentence: 'is its change number',
      members: { rules: swapRules({ changeNumberRequired: true }) },
      code: 'change-number-missing',
    },
    { sentence: 'is an emergency that is none', members: { emergency: true }, code: 'no-emergency' },
    {
      sentence: 'is that the next certificate is revoked',
      members: { next: { ...certificate('b'), revoked: true } },
      code: 'next-revoked',
    },
  ] as const)
    it(sentence, () => assert.equal(candidateObstacle(candidate(members), window)?.code, code));
  it('is not the window while none is chosen', () =>
    assert.equal(candidateObstacle(candidate({ swapClass: 'new-ca' }), null), null));
  it('is judged for each of many in their order', () => {
    const many = [candidate(), candidate({ swapClass: 'new-ca' }), candidate(), candidate({ swapClass: 'new-ca' })];
    assert.deepEqual(
      candidateObstacles(many, window).map((obstacle) => obstacle?.code ?? 'fits'),
      ['fits', 'notice-too-short', 'fits', 'notice-too-short'],
    );
  });
});

describe('the customer’s approval', () => {
  it('is asked for where something changes', () => {
    assert.equal(customerMustApprove(candidate()), false);
    assert.equal(customerMustApprove(candidate({ swapClass: 'new-ca' })), true);
  });
});

describe('times proposed for a rollout', () => {
  const times = (candidates: readonly RolloutCandidate[], operator = openCalendar) =>
    rolloutTimes(candidates, operator, { now, lengthMilliseconds: 4 * 3_600_000, count: 6 });
  it('say how many could move in each, and wait for those that need notice', () => {
    const found = times([candidate(), candidate(), candidate({ swapClass: 'new-ca' })]);
    assert.deepEqual([found[0]?.fits, found.at(-1)?.fits], [2, 3]);
    assert.ok((found[0]?.startsAt ?? 0) < now + day);
    assert.ok((found.at(-1)?.startsAt ?? 0) > now + 30 * day);
  });
  it('lie in no freeze period of those that they suit', () => {
    const found = times([candidate({ customerCalendar: frozen })]);
    assert.ok(found.length > 0 && found.every(({ startsAt }) => startsAt >= Date.parse('2027-01-04T00:00:00Z')));
  });
  it('are none where nobody could move', () =>
    assert.deepEqual(times([candidate({ next: { ...certificate('b'), revoked: true } })]), []));
});
