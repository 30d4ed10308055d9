/** A clock that jumps by a day, forward and back, at every point: nothing is skipped into, nothing passes without proof, nothing is stuck. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextStep } from './next-step.ts';
import {
  accepted,
  active,
  at,
  day,
  inWindow,
  observation,
  observed,
  proposed,
  scheduled,
  window,
} from './swap-examples.ts';
import type { SwapFacts } from './swap-facts.ts';
import { judgeTransition } from './transitions.ts';

const steps = (facts: SwapFacts): string => {
  const step = nextStep(facts);
  return step.do === 'transition' ? step.name : step.do === 'wait' ? `wait: ${step.for.code}` : step.do;
};
/** What the clock says after the jump; everything stored stays as it was written. */
const jumped = (facts: SwapFacts, by: number): SwapFacts => ({ ...facts, now: facts.now + by });

describe('a clock that jumps', () => {
  it('forward over a window: it is missed, never activated in', () => {
    assert.equal(steps(jumped(inWindow, day)), 'void-schedule');
    assert.equal(steps({ ...jumped(inWindow, day), state: 'canary' }), 'wait: window-missed');
  });

  it('back before a window that had begun: it waits for it', () => {
    const step = nextStep(jumped(inWindow, -day));
    assert.ok(step.do === 'wait' && step.for.code === 'window-not-open' && step.until === window.startsAt);
  });

  it('forward into the window that was agreed: it is activated there and nowhere else', () => {
    assert.equal(steps(scheduled), 'wait: window-not-open');
    assert.equal(steps(jumped(scheduled, window.startsAt - scheduled.now)), 'activate');
  });

  it('forward over the observation: another handshake is asked for before anything passes', () => {
    const first = { ...observation, accepted: 1, lastAcceptedAt: window.startsAt, lastTriedAt: window.startsAt };
    assert.equal(steps(jumped({ ...active, now: window.startsAt, observation: first }, day)), 'probe');
  });

  it('back after handshakes were kept: those of a time to come prove nothing, and new ones are made at once', () => {
    const ahead = window.startsAt + day;
    const facts: SwapFacts = {
      ...active,
      now: window.startsAt + 1_000,
      observation: { ...observation, accepted: 2, lastAcceptedAt: ahead, lastTriedAt: ahead },
    };
    assert.equal(steps(facts), 'probe');
    const then = { ...facts, now: window.startsAt + 60_000 };
    const again = { ...observation, accepted: 3, lastAcceptedAt: ahead, lastTriedAt: then.now };
    assert.equal(steps({ ...then, observation: again }), 'wait: observation-unproven', 'nothing passes on them');
    assert.equal(steps({ ...then, observation: { ...again, lastAcceptedAt: then.now } }), 'observe');
  });

  it('back to before the activation: the new certificate is looked at nevertheless, and the old one stays ready', () => {
    const none = { ...observation, accepted: 0, lastAcceptedAt: null, lastTriedAt: null };
    const facts = jumped({ ...active, observation: none }, -day);
    assert.equal(steps(facts), 'probe');
    assert.equal(
      steps({ ...facts, observation: { ...none, accepted: 1, lastAcceptedAt: facts.now, lastTriedAt: facts.now } }),
      'wait: observing',
    );
  });

  it('back after the observation: the old one stays ready until the window closes', () => {
    assert.equal(steps(jumped(observed, -day)), 'wait: window-open');
  });

  it('back while it is blocked: who resumes is heard, whatever the clock said when it was blocked', () => {
    const refused = { ...accepted, verdict: 'refused' } as const;
    const stopped: SwapFacts = {
      ...proposed,
      state: 'blocked',
      blockedIn: 'trust-announced',
      trustedAt: at - 1,
      canary: refused,
      stateSince: at,
      now: at - day,
      reason: { code: 'canary-refused', message: 'x', actor: 'customer' },
    };
    assert.equal(steps(stopped), 'wait: canary-refused');
    assert.equal(steps({ ...stopped, resumeAskedAt: at - day }), 'resume');
  });
});

describe('a pointer that somebody moved by hand', () => {
  const moved = { ...active, slot: { ...active.slot, generation: 9 } };
  it('stops the observation with the operator, and the swap can be ended: there is nothing to take back', () => {
    const step = nextStep(moved);
    assert.ok(step.do === 'transition' && step.name === 'block' && step.reason?.code === 'pointer-moved');
    assert.deepEqual(judgeTransition('cancel', moved), { ok: true, to: 'cancelled' });
  });
});
