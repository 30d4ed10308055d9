/** The table of transitions: from where, to where, and what must hold. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  accepted,
  active,
  approval,
  at,
  blocked,
  certificate,
  day,
  identity,
  inWindow,
  observation,
  observed,
  proposed,
  scheduled,
  window,
} from './swap-examples.ts';
import type { SwapFacts } from './swap-facts.ts';
import { finalStates, swapStates } from './swap-state.ts';
import { judgeTransition, transitionNames, transitions, type TransitionName } from './transitions.ts';

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
        current: certificate('a', { revoked: true }),
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
    [
      'activate',
      'a time before it, in an emergency: the window is what was approved',
      { ...scheduled, emergency: true, current: certificate('a', { revoked: true }) },
      'window-not-open',
    ],
    [
      'activate',
      'its window, in an emergency',
      { ...inWindow, emergency: true, current: certificate('a', { revoked: true }) },
      '→ active',
    ],
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
    ['cancel', 'one that was observed', observed, 'state-does-not-allow'],
    [
      'cancel',
      'one that serves and has no way back',
      blocked('active', { ...active, current: certificate('a', { revoked: true }) }),
      '→ cancelled',
    ],
    [
      'cancel',
      'one whose connection has moved elsewhere',
      blocked('active', { ...active, slot: { ...active.slot, generation: 9 } }),
      '→ cancelled',
    ],
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
