/** The state machine of swaps, driven as a connector drives it: from what is stored, and from nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChainIdentity } from './chain-identity.ts';
import { nextStep, waitsFor } from './next-step.ts';
import type { ObservationFacts } from './observation.ts';
import { classOf } from './swap-class.ts';
import type { SwapCertificateFacts, SwapFacts } from './swap-facts.ts';
import { swapRules } from './swap-rules.ts';
import { finalStates, swapStates, type SwapState } from './swap-state.ts';
import { judgeTransition, transitionNames, transitions, type TransitionName } from './transitions.ts';

const day = 86_400_000;
const hour = 3_600_000;
const at = Date.UTC(2026, 11, 1, 9);
const identity: ChainIdentity = {
  name: 'CN=align.operator.example|align.operator.example',
  intermediates: ['CN=Issuing 1|01'],
  issuer: 'CN=Issuing 1|aa',
  authority: 'CN=Root',
  subjects: ['CN=align.operator.example', 'CN=Issuing 1'],
  forClients: true,
};
const certificate = (id: string, members: Partial<SwapCertificateFacts> = {}): SwapCertificateFacts => ({
  id,
  sha256: id.repeat(64).slice(0, 64),
  notBefore: at - 100 * day,
  notAfter: at + 100 * day,
  revoked: false,
  judged: true,
  blockedBy: null,
  owner: 'operator',
  identity,
  ...members,
});
const terms = 't'.repeat(64);
const window = { startsAt: at + day, endsAt: at + day + 4 * hour };
const quiet = { handshakes: 10, failed: 0, refused: 0 };
const proposed: SwapFacts = {
  now: at,
  state: 'proposed',
  stateSince: at,
  blockedIn: null,
  reason: null,
  resumeAskedAt: null,
  swapClass: 'no-change',
  rules: swapRules(undefined),
  emergency: false,
  proposedAt: at,
  termsSha256: terms,
  connectionRetired: false,
  next: certificate('b'),
  current: certificate('a'),
  slot: { generation: 3, currentId: 'a', nextId: 'b', previousId: null },
  generation: 3,
  activeGeneration: null,
  window: null,
  changeNumber: null,
  approvals: [],
  operatorCalendar: { timeZone: 'UTC', freezes: [] },
  customerCalendar: { timeZone: 'Europe/Berlin', freezes: [] },
  trustedAt: null,
  canaryAt: null,
  canaryAskedAt: null,
  canary: null,
  activatedAt: null,
  finishAskedAt: null,
  observation: null,
  heldByRollout: false,
};
const approval = (side: 'operator' | 'customer', members = {}) => ({
  side,
  at,
  sha256: proposed.next.sha256,
  windowStartsAt: window.startsAt,
  windowEndsAt: window.endsAt,
  termsSha256: terms,
  ...members,
});
const accepted = { at, verdict: 'accepted', message: null, sha256: proposed.next.sha256, termsSha256: terms } as const;
const scheduled: SwapFacts = {
  ...proposed,
  state: 'scheduled',
  trustedAt: at,
  canary: accepted,
  window,
  approvals: [approval('operator')],
};
const inWindow = { ...scheduled, now: window.startsAt };
const observation: ObservationFacts = {
  seconds: 60,
  accepted: 2,
  lastAcceptedAt: window.startsAt + 60_000,
  lastTriedAt: window.startsAt + 60_000,
  lastMessage: null,
  after: quiet,
  before: quiet,
};
const active: SwapFacts = {
  ...scheduled,
  state: 'active',
  now: window.startsAt + 60_000,
  activatedAt: window.startsAt,
  activeGeneration: 4,
  slot: { generation: 4, currentId: 'b', nextId: null, previousId: 'a' },
  observation,
};
const observed: SwapFacts = { ...active, state: 'observed' };
const blocked = (blockedIn: SwapState, from: SwapFacts = active): SwapFacts => ({
  ...from,
  state: 'blocked',
  blockedIn,
  reason: { code: 'x', message: 'x', actor: 'operator' },
});
const code = (name: TransitionName, facts: SwapFacts): string => {
  const answer = judgeTransition(name, facts);
  return answer.ok ? `→ ${answer.to}` : answer.refusal.code;
};

describe('each transition of a swap', () => {
  const table: readonly [TransitionName, string, SwapFacts, string][] = [
    ['validate', 'a next certificate that can serve', proposed, '→ validated'],
    ['validate', 'one that is revoked', { ...proposed, next: certificate('b', { revoked: true }) }, 'next-revoked'],
    ['validate', 'one that has expired', { ...proposed, next: certificate('b', { notAfter: at }) }, 'next-expired'],
    [
      'validate',
      'one not valid yet',
      { ...proposed, next: certificate('b', { notBefore: at + 1 }) },
      'next-not-yet-valid',
    ],
    ['validate', "a stranger's", { ...proposed, next: certificate('b', { owner: 'stranger' }) }, 'next-foreign'],
    ['validate', 'one that serves already', { ...proposed, next: certificate('a') }, 'next-is-current'],
    [
      'validate',
      'a chain that cannot be read',
      { ...proposed, next: certificate('b', { identity: null }) },
      'next-unreadable',
    ],
    [
      'validate',
      'one for servers only',
      { ...proposed, next: certificate('b', { identity: { ...identity, forClients: false } }) },
      'next-not-for-clients',
    ],
    [
      'validate',
      'one that its judgement keeps out',
      {
        ...proposed,
        next: certificate('b', { blockedBy: { code: 'weak-key', message: 'x', actor: 'certificate-authority' } }),
      },
      'weak-key',
    ],
    [
      'validate',
      'one that nobody has judged yet',
      { ...proposed, next: certificate('b', { judged: false }) },
      'next-not-judged',
    ],
    [
      'validate',
      'one that nobody has judged yet, in an emergency',
      {
        ...proposed,
        emergency: true,
        current: certificate('a', { revoked: true }),
        next: certificate('b', { judged: false }),
      },
      'next-not-judged',
    ],
    ['validate', 'an emergency that is none', { ...proposed, emergency: true }, 'no-emergency'],
    [
      'validate',
      'an emergency that is one',
      { ...proposed, emergency: true, current: certificate('a', { revoked: true }) },
      '→ validated',
    ],
    ['validate', 'a pointer that moved', { ...proposed, generation: 2 }, 'pointer-moved'],
    ['validate', 'another next one', { ...proposed, slot: { ...proposed.slot, nextId: 'c' } }, 'next-renamed'],
    ['validate', 'a retired connection', { ...proposed, connectionRetired: true }, 'connection-retired'],
    [
      'announce-trust',
      'the word of the customer',
      { ...proposed, state: 'validated', trustedAt: at },
      '→ trust-announced',
    ],
    ['announce-trust', 'silence', { ...proposed, state: 'validated' }, 'trust-not-announced'],
    [
      'announce-trust',
      'an agreed time that came',
      { ...proposed, state: 'validated', canaryAt: at },
      '→ trust-announced',
    ],
    ['announce-trust', 'one to come', { ...proposed, state: 'validated', canaryAt: at + 1 }, 'canary-time-not-come'],
    [
      'announce-trust',
      'a standing change',
      { ...proposed, state: 'validated', rules: { ...proposed.rules, standingApproval: true } },
      '→ trust-announced',
    ],
    ['pass-canary', 'a canary accepted', { ...proposed, state: 'trust-announced', canary: accepted }, '→ canary'],
    ['pass-canary', 'no canary', { ...proposed, state: 'trust-announced' }, 'canary-not-made'],
    [
      'pass-canary',
      'one that was refused',
      { ...proposed, state: 'trust-announced', canary: { ...accepted, verdict: 'refused' } },
      'canary-refused',
    ],
    [
      'pass-canary',
      'one refused a day ago',
      { ...proposed, state: 'trust-announced', canary: { ...accepted, verdict: 'refused', at: at - day } },
      'canary-not-made',
    ],
    [
      'pass-canary',
      'one with another certificate',
      { ...proposed, state: 'trust-announced', canary: { ...accepted, sha256: 'c' } },
      'canary-not-made',
    ],
    ['void-canary', 'terms that changed', { ...scheduled, state: 'canary', termsSha256: 'u' }, '→ trust-announced'],
    ['void-canary', 'a canary that holds', { ...scheduled, state: 'canary' }, 'canary-holds'],
    ['schedule', 'all that is needed', { ...scheduled, state: 'canary' }, '→ scheduled'],
    ['schedule', 'no window', { ...scheduled, state: 'canary', window: null }, 'window-missing'],
    ['schedule', 'no approval', { ...scheduled, state: 'canary', approvals: [] }, 'approval-operator-missing'],
    ['schedule', 'too short a notice', { ...scheduled, state: 'canary', swapClass: 'new-ca' }, 'notice-too-short'],
    [
      'schedule',
      'a freeze of the customer',
      {
        ...scheduled,
        state: 'canary',
        customerCalendar: {
          timeZone: 'Europe/Berlin',
          freezes: [{ from: '2026-12-02T12:00', until: '2026-12-03T00:00', reason: 'Release' }],
        },
      },
      'customer-freeze',
    ],
    [
      'schedule',
      'a freeze in an emergency',
      {
        ...scheduled,
        state: 'canary',
        emergency: true,
        operatorCalendar: {
          timeZone: 'UTC',
          freezes: [{ from: '2026-12-01T00:00', until: '2026-12-31T00:00', reason: '' }],
        },
      },
      '→ scheduled',
    ],
    [
      'schedule',
      'a missing change number',
      { ...scheduled, state: 'canary', rules: { ...proposed.rules, changeNumberRequired: true } },
      'change-number-missing',
    ],
    ['schedule', 'a window that is over', { ...scheduled, state: 'canary', now: window.endsAt }, 'window-missed'],
    [
      'schedule',
      "a custom certificate without its owner's word",
      { ...scheduled, state: 'canary', next: certificate('b', { owner: 'customer' }) },
      'approval-customer-missing',
    ],
    ['void-schedule', 'a window that passed', { ...scheduled, now: window.endsAt }, '→ canary'],
    ['void-schedule', 'what holds', scheduled, 'schedule-holds'],
    ['activate', 'the window', inWindow, '→ active'],
    ['activate', 'a time before it', scheduled, 'window-not-open'],
    ['activate', 'a clock that jumped past it', { ...scheduled, now: window.endsAt }, 'window-missed'],
    ['activate', 'a cohort to come', { ...inWindow, heldByRollout: true }, 'cohort-not-yet'],
    ['activate', 'other terms than approved', { ...inWindow, termsSha256: 'u' }, 'canary-not-made'],
    [
      'activate',
      'an approval of another window',
      { ...inWindow, approvals: [approval('operator', { windowEndsAt: window.endsAt + 1 })] },
      'approval-operator-void',
    ],
    ['activate', 'a pointer that moved', { ...inWindow, slot: { ...inWindow.slot, generation: 9 } }, 'pointer-moved'],
    ['observe', 'a good observation', active, '→ observed'],
    ['observe', 'one too short', { ...active, now: active.now - 1 }, 'observing'],
    [
      'observe',
      'a clock that jumped over it',
      { ...active, observation: { ...observation, accepted: 1, lastAcceptedAt: window.startsAt } },
      'observation-unproven',
    ],
    [
      'observe',
      'more time-outs than before',
      { ...active, observation: { ...observation, after: { handshakes: 10, failed: 4, refused: 0 } } },
      'observation-worse',
    ],
    ['finish', 'an open window', observed, 'window-open'],
    ['finish', 'a window that closed', { ...observed, now: window.endsAt }, '→ done'],
    ['finish', 'somebody who asks', { ...observed, finishAskedAt: at }, '→ done'],
    ['finish', 'an old one that is revoked', { ...observed, current: certificate('a', { revoked: true }) }, '→ done'],
    ['roll-back', 'a swap that serves', active, '→ rolled-back'],
    ['roll-back', 'one that was observed', observed, '→ rolled-back'],
    ['roll-back', 'one blocked while it served', blocked('active'), '→ rolled-back'],
    ['roll-back', 'one blocked before', blocked('canary', scheduled), 'state-does-not-allow'],
    [
      'roll-back',
      'an old one that is expired',
      { ...active, current: certificate('a', { notAfter: at }) },
      'no-way-back',
    ],
    ['roll-back', 'a pointer that moved on', { ...active, slot: { ...active.slot, generation: 5 } }, 'pointer-moved'],
    ['cancel', 'one that is scheduled', scheduled, '→ cancelled'],
    ['cancel', 'one that serves', active, 'state-does-not-allow'],
    ['cancel', 'one blocked while it serves', blocked('active'), 'state-does-not-allow'],
    ['block', 'one that serves', active, '→ blocked'],
    ['resume', 'one that is blocked', blocked('active'), '→ active'],
    ['resume', 'one that is not', active, 'state-does-not-allow'],
  ];
  for (const [name, sentence, facts, outcome] of table)
    it(`${name}: ${sentence} gives ${outcome}`, () => assert.equal(code(name, facts), outcome));

  it('is in the table above at least once in each direction', () => {
    for (const name of transitionNames) {
      const outcomes = table.filter(([of]) => of === name).map(([, , , outcome]) => outcome.startsWith('→'));
      assert.ok(outcomes.includes(true), name);
      if (name !== 'block') assert.ok(outcomes.includes(false), name);
    }
  });

  it('leads out of every state but the last ones, and out of those nowhere', () => {
    for (const state of swapStates) {
      const out = transitionNames.filter((name) => transitions[name].from.includes(state));
      assert.equal(out.length === 0, finalStates.includes(state), state);
    }
  });
});

describe('an approval', () => {
  for (const [sentence, change] of [
    ['another certificate', { next: certificate('c') }],
    ['another window', { window: { ...window, startsAt: window.startsAt + 60_000 } }],
    ['other terms', { termsSha256: 'u'.repeat(64) }],
  ] as const)
    it(`is void with ${sentence}`, () => {
      const facts = { ...scheduled, ...change, state: 'canary' } as SwapFacts;
      const canary = { ...accepted, sha256: facts.next.sha256, termsSha256: facts.termsSha256 };
      const slot = { ...facts.slot, nextId: facts.next.id };
      assert.equal(code('schedule', { ...facts, canary, slot }), 'approval-operator-void');
    });
});

describe('the next step of a swap', () => {
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

describe('the class of a swap', () => {
  for (const [sentence, next, matching, expected] of [
    ['the same name and issuer', identity, 'ca-and-name', 'no-change'],
    [
      'another intermediate',
      { ...identity, intermediates: ['CN=Issuing 2|02'], issuer: 'CN=Issuing 2|bb' },
      'ca-and-name',
      'new-intermediate',
    ],
    [
      'the same intermediate name with another key',
      { ...identity, intermediates: ['CN=Issuing 1|02'] },
      'ca-and-name',
      'new-intermediate',
    ],
    ['another root', { ...identity, authority: 'CN=Other' }, 'ca-and-name', 'new-ca'],
    ['another name', { ...identity, name: 'CN=other' }, 'ca-and-name', 'new-ca'],
    ['an enforcer that lists certificates', identity, 'leaf', 'leaf-pinned'],
  ] as const)
    it(`is ${expected} with ${sentence}`, () => assert.equal(classOf(identity, next, matching), expected));
  it('is new-ca where nothing was bound', () => assert.equal(classOf(null, identity, 'ca-and-name'), 'new-ca'));
});
