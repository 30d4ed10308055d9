import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultCohorts, plannedCohorts } from './cohorts.ts';
import { notTrusting, rolloutStep, type RolloutFacts, type RolloutMemberFacts } from './rollout-step.ts';

const member = (swapId: string, members: Partial<RolloutMemberFacts> = {}): RolloutMemberFacts => ({
  swapId,
  name: `Jira ${swapId}`,
  state: 'scheduled',
  stateSince: 10,
  blockedIn: null,
  cohort: null,
  canary: 'accepted',
  moved: false,
  message: null,
  reason: null,
  waitsFor: null,
  ...members,
});
const moved = (swapId: string, cohort: number, state: RolloutMemberFacts['state'] = 'observed', more = {}) =>
  member(swapId, { cohort, state, moved: true, ...more });
const forty = Array.from({ length: 40 }, (_, index) => member(String(index)));
const rollout: RolloutFacts = {
  state: 'moving',
  cohort: 0,
  sizes: defaultCohorts,
  members: forty,
  approved: true,
  goOnAskedAt: null,
};

const reached = (...parameters: Parameters<typeof plannedCohorts>): number[] =>
  plannedCohorts(...parameters).map((one) => one.reached);

describe('cohorts', () => {
  for (const [connections, targets] of [
    [1000, [1, 50, 250, 1000]],
    [40, [1, 2, 10, 40]],
    [5, [1, 2, 5]],
    [4, [1, 4]],
    [1, [1]],
  ] as const)
    it(`of ${connections} are ${targets.join(', ')}`, () =>
      assert.deepEqual(reached(defaultCohorts, connections), targets));
  it('by choice never go down, are never empty, and end with all', () => {
    assert.deepEqual(reached([{ connections: 20 }, { percent: 10 }], 100), [20, 100]);
    assert.deepEqual(
      plannedCohorts([{ connections: 20 }, { percent: 10 }, { percent: 50 }], 100).map(({ connections, place }) => [
        connections,
        place,
      ]),
      [
        [20, 0],
        [30, 2],
        [50, 3],
      ],
    );
  });
  it('are moved as they are planned, one after the other, however few connections there are', () => {
    for (const count of [1, 2, 3, 4, 5, 17]) {
      let members = forty.slice(0, count);
      const taken: number[] = [];
      for (let cohort = 0; ; cohort++) {
        const step = rolloutStep({ ...rollout, cohort, members });
        if (step.do !== 'cohort') break;
        assert.equal(step.number, cohort + 1);
        taken.push(step.swapIds.length);
        members = members.map((one) => (step.swapIds.includes(one.swapId) ? moved(one.swapId, step.number) : one));
      }
      assert.deepEqual(
        taken,
        plannedCohorts(defaultCohorts, count).map(({ connections }) => connections),
      );
    }
  });
});

describe('a rollout', () => {
  it('makes canaries for all before it moves anybody, unless a person says to begin', () => {
    const facts = {
      ...rollout,
      state: 'canaries',
      members: [member('a'), member('b', { state: 'trust-announced', canary: null })],
    } as const;
    assert.equal(rolloutStep(facts).do, 'wait');
    assert.deepEqual(rolloutStep({ ...facts, goOnAskedAt: 1 }), { do: 'state', to: 'ready', reason: null });
    const tried = [member('a'), member('b', { state: 'blocked', canary: 'refused' })];
    assert.deepEqual(rolloutStep({ ...facts, members: tried }), { do: 'state', to: 'ready', reason: null });
  });
  it('waits for the approval of the operator', () => {
    const step = rolloutStep({ ...rollout, state: 'ready', approved: false });
    assert.ok(step.do === 'wait' && step.for.code === 'rollout-approval-missing');
    assert.deepEqual(rolloutStep({ ...rollout, state: 'ready' }), { do: 'state', to: 'moving', reason: null });
  });
  it('moves one first, then up to each cohort’s share, and waits for each to be observed', () => {
    assert.deepEqual(rolloutStep(rollout), { do: 'cohort', number: 1, swapIds: ['0'] });
    const one = [member('0', { cohort: 1 }), ...forty.slice(1)];
    assert.equal(rolloutStep({ ...rollout, cohort: 1, members: one }).do, 'wait');
    const active = [moved('0', 1, 'active'), ...forty.slice(1)];
    assert.equal(rolloutStep({ ...rollout, cohort: 1, members: active }).do, 'wait');
    const observed = [moved('0', 1), ...forty.slice(1)];
    assert.deepEqual(rolloutStep({ ...rollout, cohort: 1, members: observed }), {
      do: 'cohort',
      number: 2,
      swapIds: ['1'],
    });
    const two = [moved('0', 1), moved('1', 2), ...forty.slice(2)];
    const step = rolloutStep({ ...rollout, cohort: 2, members: two });
    assert.ok(step.do === 'cohort' && step.number === 3 && step.swapIds.length === 8);
  });
  it('stops by itself at the first that went back, names it, and goes on when a person resumes', () => {
    const members = [moved('0', 1, 'rolled-back', { message: 'TLS alert 48.' }), ...forty.slice(1)];
    const step = rolloutStep({ ...rollout, cohort: 1, members });
    assert.ok(step.do === 'state' && step.to === 'stopped' && step.reason?.message.startsWith('Jira 0 went back'));
    assert.deepEqual(rolloutStep({ ...rollout, state: 'stopped', cohort: 1, members }), { do: 'nothing' });
    const resumed = rolloutStep({ ...rollout, cohort: 1, members, goOnAskedAt: 11 });
    assert.deepEqual(resumed, { do: 'cohort', number: 2, swapIds: ['1'] });
  });
  it('stops for one that is blocked while it is observed, and not for one whose canary was refused', () => {
    const blocked = [moved('0', 1, 'blocked', { blockedIn: 'active' }), ...forty.slice(1)];
    assert.equal(rolloutStep({ ...rollout, cohort: 1, members: blocked }).do, 'state');
    const refused = [
      member('0', { state: 'blocked', blockedIn: 'trust-announced', canary: 'refused' }),
      ...forty.slice(1),
    ];
    assert.equal(rolloutStep({ ...rollout, members: refused }).do, 'cohort');
  });
  it('names who refused the next certificate after it had moved, and not whom a person took back', () => {
    const reason = (code: string) => ({ code, message: 'TLS alert 48.', actor: null });
    const members = [
      moved('0', 1, 'rolled-back', { reason: reason('client-certificate-refused') }),
      moved('1', 1, 'rolled-back', { reason: reason('asked-roll-back') }),
      moved('2', 1, 'blocked', { blockedIn: 'active', reason: reason('refused-without-way-back') }),
      moved('3', 1, 'blocked', { blockedIn: 'active', reason: reason('observation-worse') }),
      moved('4', 1),
    ];
    assert.deepEqual(
      notTrusting(members).map(({ swapId }) => swapId),
      ['0', '2'],
    );
  });
  it('says what those that are left wait for, the most frequent first', () => {
    const waits = (code: string) => ({ code, message: `It is ${code}.`, actor: 'customer' as const });
    const left = [
      member('0', { state: 'canary', waitsFor: waits('alone') }),
      member('1', { state: 'canary', waitsFor: waits('frequent') }),
      member('2', { state: 'canary', waitsFor: waits('frequent') }),
      member('3', { state: 'blocked', canary: 'refused' }),
    ];
    const step = rolloutStep({ ...rollout, members: left });
    assert.ok(step.do === 'wait' && step.for.code === 'members-left');
    assert.equal(
      step.for.message,
      '4 connections have not moved. Of 2: It is frequent. Of 1: It is alone. Of 1: It is blocked, or its canary is missing.',
    );
    assert.equal(step.for.actor, 'customer');
  });
  it('names who does not trust the next certificate, takes late ones along, and ends when all have come', () => {
    const refused = member('0', { state: 'blocked', blockedIn: 'trust-announced', canary: 'refused' });
    const others = [moved('1', 1), moved('2', 4)];
    assert.deepEqual(
      notTrusting([refused, ...others]).map(({ swapId }) => swapId),
      ['0'],
    );
    const waiting = rolloutStep({ ...rollout, cohort: 4, members: [refused, ...others] });
    assert.ok(waiting.do === 'wait' && waiting.for.code === 'members-left');
    const late = rolloutStep({ ...rollout, cohort: 4, members: [member('0'), ...others] });
    assert.deepEqual(late, { do: 'cohort', number: 4, swapIds: ['0'] });
    assert.deepEqual(rolloutStep({ ...rollout, cohort: 4, members: others }), {
      do: 'state',
      to: 'done',
      reason: null,
    });
  });
});
