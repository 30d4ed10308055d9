import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RolloutBoard } from '@sallyport/console-api';
import { memberActor, memberBasket, memberSentence, rolloutLine, rolloutVerdict } from './rollout.ts';

type Member = Parameters<typeof memberBasket>[0];
const member = (members: Partial<Member> = {}): Member => ({
  state: 'canary',
  canary: 'accepted',
  cohort: null,
  reason: null,
  waitsFor: null,
  ...members,
});
const board = (state: RolloutBoard['state'], cohort = 0, waiting = 0) =>
  ({ state, cohort, counts: { waiting } }) as Parameters<typeof rolloutLine>[0];
const refusal = (code: string, actor: 'operator' | 'customer' | null) => ({ code, message: `It is ${code}.`, actor });

describe('the line of a rollout', () => {
  const when = (...parameters: Parameters<typeof board>) => rolloutLine(board(...parameters)).map((one) => one.when);
  it('stands at its state', () => {
    assert.deepEqual(when('ready'), ['past', 'now', 'ahead', 'ahead']);
    assert.deepEqual(when('done', 4), ['past', 'past', 'past', 'past']);
  });
  it('ends where it was stopped or cancelled', () => {
    assert.deepEqual(when('stopped', 1), ['past', 'past', 'stopped', 'ahead']);
    assert.deepEqual(when('cancelled', 0, 3), ['stopped', 'ahead', 'ahead', 'ahead']);
    assert.deepEqual(when('cancelled', 0, 0), ['past', 'stopped', 'ahead', 'ahead']);
  });
});

describe('the verdict of a rollout', () => {
  const ended = (state: RolloutBoard['state'], moved: number, wentBack: number) =>
    rolloutVerdict({ state, counts: { connections: 6, moved, wentBack } } as Parameters<typeof rolloutVerdict>[0]);
  it('is good only where all have moved', () => {
    assert.deepEqual(ended('done', 6, 0), { tone: 'ok', sentence: 'All 6 connections have moved.' });
  });
  it('counts who went back and who was left behind, and is no good news then', () => {
    assert.deepEqual(ended('done', 5, 1), {
      tone: 'warn',
      sentence: '5 of 6 connections have moved; 1 went back or is blocked.',
    });
    assert.deepEqual(ended('done', 4, 0), {
      tone: 'warn',
      sentence: '4 of 6 connections have moved; 2 ended without moving.',
    });
    const one = { state: 'done', counts: { connections: 1, moved: 0, wentBack: 1 }, waitsFor: null };
    assert.equal(
      rolloutVerdict(one as unknown as Parameters<typeof rolloutVerdict>[0]).sentence,
      '0 of 1 connection has moved; 1 went back or is blocked.',
    );
  });
});

describe('a rollout that waits for somebody', () => {
  it('does not say that it goes on by itself', () => {
    const moving = (waitsFor: RolloutBoard['waitsFor']) =>
      rolloutVerdict({ state: 'moving', counts: {}, waitsFor } as unknown as Parameters<typeof rolloutVerdict>[0]);
    assert.match(moving(null).sentence, /by itself/);
    assert.deepEqual(moving(refusal('members-left', 'customer')), {
      tone: 'warn',
      sentence: 'It goes on when somebody has acted.',
    });
  });
});

describe('a connection of a rollout', () => {
  it('needs somebody where it is blocked, went back, was refused, or waits for a person of its own', () => {
    for (const one of [
      member({ state: 'blocked', reason: refusal('canary-refused', 'customer') }),
      member({ state: 'rolled-back' }),
      member({ state: 'trust-announced', canary: 'failed' }),
      member({ waitsFor: refusal('approval-customer-missing', 'customer') }),
    ])
      assert.equal(memberBasket(one), 'needs');
  });
  it('waits for its turn where only the rollout’s approval, its cohort or time is missing', () => {
    for (const one of [
      member({ waitsFor: refusal('approval-operator-missing', 'operator') }),
      member({ waitsFor: refusal('window-not-open', null) }),
      member({ state: 'scheduled' }),
      member({ state: 'trust-announced', canary: null }),
    ])
      assert.deepEqual([memberBasket(one), memberActor(one)], ['waiting', null]);
  });
  it('moves, is there, or was taken out', () => {
    assert.equal(memberBasket(member({ state: 'scheduled', cohort: 1 })), 'moving');
    assert.equal(memberBasket(member({ state: 'observed', cohort: 1 })), 'there');
    assert.equal(memberBasket(member({ state: 'cancelled' })), 'out');
  });
  it('says what its state does not', () => {
    assert.equal(memberSentence(member({ state: 'scheduled' })), 'It waits for its cohort.');
    assert.equal(memberSentence(member({ state: 'trust-announced', canary: null })), 'Its canary is still to be made.');
    assert.equal(memberSentence(member({ state: 'done' })), '');
  });
});
