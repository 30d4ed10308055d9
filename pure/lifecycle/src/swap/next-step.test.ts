/** The state machine of swaps, driven as a connector drives it: from what is stored, and from nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextStep, waitsFor } from './next-step.ts';
import {
  accepted,
  active,
  approval,
  at,
  certificate,
  day,
  hour,
  inWindow,
  observation,
  proposed,
  scheduled,
  window,
} from './swap-examples.ts';
import type { SwapFacts } from './swap-facts.ts';
import { finalStates } from './swap-state.ts';
import { judgeTransition } from './transitions.ts';

describe('the next step of a swap', () => {
  it('is a block where reads fail on good handshakes, with who can act on the last, until somebody goes on', () => {
    const failing = (failed: number, before = 0): SwapFacts => ({
      ...active,
      observation: {
        ...observation,
        lastMessage: 'The far side closed.',
        lastActor: 'customer',
        reads: { after: { made: failed, failed }, before: { made: 2, failed: before } },
      },
    });
    const step = nextStep(failing(3));
    assert.ok(step.do === 'transition' && step.name === 'block');
    assert.deepEqual([step.reason?.code, step.reason?.actor], ['observation-worse', 'customer']);
    assert.match(step.reason?.message ?? '', /3 of 3 reads failed.*0 of 2.*The far side closed\./);
    for (const fine of [failing(2), failing(3, 2), { ...failing(3), resumeAskedAt: active.now }]) {
      const next = nextStep(fine);
      assert.ok(next.do !== 'transition' || next.name !== 'block');
    }
  });

  it('is the same whoever asks, and leads from proposal to the end through every state', () => {
    let facts: SwapFacts = proposed;
    const seen: string[] = [];
    /** What the world does meanwhile: people speak, time passes, connectors look. */
    const world: Partial<Record<string, (now: SwapFacts) => SwapFacts>> = {
      'trust-not-announced': (now) => ({ ...now, trustedAt: now.now }),
      'window-missing': (now) => ({ ...now, window, approvals: [approval('operator')] }),
    };
    for (let turn = 0; turn < 60 && !finalStates.includes(facts.state); turn++) {
      // Taken up by another after a kill: the same step comes out.
      const step = nextStep(structuredClone(facts));
      assert.deepEqual(step, nextStep(facts));
      if (step.do === 'transition') {
        const answer = judgeTransition(step.name, facts);
        assert.ok(answer.ok);
        seen.push(answer.to);
        facts = { ...facts, state: answer.to, stateSince: facts.now };
        if (answer.to === 'active') {
          const { activatedAt, activeGeneration, slot } = active;
          facts = { ...facts, activatedAt, activeGeneration, slot };
          facts = { ...facts, observation: { ...observation, accepted: 0, lastAcceptedAt: null, lastTriedAt: null } };
        }
      } else if (step.do === 'canary') facts = { ...facts, canary: { ...accepted, at: facts.now } };
      else if (step.do === 'probe') {
        const { observation: before, now } = facts;
        assert.ok(before !== null);
        facts = {
          ...facts,
          observation: { ...before, accepted: before.accepted + 1, lastAcceptedAt: now, lastTriedAt: now },
        };
      } else if (step.do === 'wait') {
        const change = world[step.for.code];
        assert.ok(change !== undefined || step.until !== null, step.for.code);
        facts = change === undefined ? { ...facts, now: step.until ?? facts.now } : change(facts);
      }
    }
    assert.deepEqual(seen, ['validated', 'trust-announced', 'canary', 'scheduled', 'active', 'observed', 'done']);
  });

  it('blocks a refused canary with the customer, and tries again when somebody asks or after a day', () => {
    const refused = {
      ...proposed,
      state: 'trust-announced',
      trustedAt: at - 1,
      canary: { ...accepted, verdict: 'refused' },
    } as const;
    const step = nextStep(refused);
    assert.ok(step.do === 'transition' && step.name === 'block' && step.reason?.actor === 'customer');
    const stopped: SwapFacts = { ...refused, state: 'blocked', blockedIn: 'trust-announced', reason: step.reason };
    assert.equal(nextStep({ ...stopped, now: at + hour }).do, 'wait');
    assert.equal(waitsFor(stopped)?.code, 'canary-refused');
    for (const change of [{ canaryAskedAt: at + 1 }, { trustedAt: at + 1 }, { now: at + day }]) {
      const again = nextStep({ ...stopped, ...change });
      assert.ok(again.do === 'transition' && again.name === 'resume');
      assert.equal(nextStep({ ...stopped, ...change, state: 'trust-announced' }).do, 'canary');
    }
  });

  it('waits after a canary that failed for another reason than the certificate', () => {
    const failed = { ...proposed, state: 'trust-announced', canary: { ...accepted, verdict: 'failed' } } as const;
    const step = nextStep(failed);
    assert.ok(step.do === 'wait' && step.for.code === 'canary-failed' && step.until === at + 600_000);
    assert.equal(nextStep({ ...failed, now: at + 600_000 }).do, 'canary');
  });

  it('observes once more where the first handshake came only after the end of the observation', () => {
    const late = { ...observation, accepted: 1 };
    const facts: SwapFacts = { ...active, observation: late };
    assert.equal(nextStep(facts).do, 'wait');
    assert.equal(nextStep({ ...facts, now: active.now + 10_000 }).do, 'probe');
  });

  it('takes a schedule back when its window has passed, and waits for another', () => {
    const step = nextStep({ ...scheduled, now: window.endsAt });
    assert.ok(step.do === 'transition' && step.name === 'void-schedule' && step.reason?.code === 'window-missed');
    const after = nextStep({ ...scheduled, state: 'canary', now: window.endsAt });
    assert.ok(after.do === 'wait' && after.for.code === 'window-missed');
  });

  it('never takes a swap back for time-outs: it blocks with the operator, who resumes or rolls back', () => {
    const worse: SwapFacts = {
      ...active,
      observation: { ...observation, after: { handshakes: 8, failed: 8, refused: 0 } },
    };
    const step = nextStep(worse);
    assert.ok(step.do === 'transition' && step.name === 'block' && step.reason?.code === 'observation-worse');
    const stopped: SwapFacts = {
      ...worse,
      state: 'blocked',
      blockedIn: 'active',
      reason: step.reason,
      stateSince: worse.now,
    };
    assert.equal(nextStep(stopped).do, 'wait');
    const resumed = { ...stopped, resumeAskedAt: worse.now };
    assert.deepEqual(nextStep(resumed), { do: 'transition', name: 'resume', reason: null });
    assert.deepEqual(nextStep({ ...resumed, state: 'active' }), { do: 'transition', name: 'observe', reason: null });
  });

  it('blocks a swap whose next certificate was revoked meanwhile, and leaves the current one', () => {
    const revoked = { ...inWindow, next: certificate('b', { revoked: true }) };
    const step = nextStep(revoked);
    assert.ok(step.do === 'transition' && step.name === 'void-schedule');
    const then = nextStep({ ...revoked, state: 'canary' });
    assert.ok(then.do === 'transition' && then.name === 'block' && then.reason?.code === 'next-revoked');
  });
});
