/** What is to be done now, from what is stored alone: whoever takes a swap up, after whatever end of another, does the same. */
import { canaryRest, notPaused, ofRetired, refusedWithoutWayBack, validCanary, windowOver } from './guards.ts';
import { nextProbeAt, observationWorse, withoutFailures } from './observation.ts';
import type { SwapFacts } from './swap-facts.ts';
import { finalStates, refusal, type SwapRefusal } from './swap-state.ts';
import { judgeTransition, type TransitionName } from './transitions.ts';

export type NextStep =
  | { readonly do: 'transition'; readonly name: TransitionName; readonly reason: SwapRefusal | null }
  /** Handshakes and a read with the next certificate, on every address. */
  | { readonly do: 'canary' }
  /** A handshake and a read with the one that serves now. */
  | { readonly do: 'probe' }
  /** `for` says what is waited for; `until` when it is worth looking again, epoch milliseconds, null for no time. */
  | { readonly do: 'wait'; readonly for: SwapRefusal; readonly until: number | null }
  | { readonly do: 'nothing' };

const move = (name: TransitionName, reason: SwapRefusal | null = null): NextStep => ({
  do: 'transition',
  name,
  reason,
});
const wait = (found: SwapRefusal): NextStep => ({ do: 'wait', for: found, until: found.until ?? null });

/** What only time or somebody's word can change is waited for; all else blocks, with who must act. */
const waitedFor: readonly string[] = [
  'next-not-yet-valid',
  'next-not-judged',
  'trust-not-announced',
  'canary-time-not-come',
  'canary-failed',
  'canary-not-made',
  'window-missing',
  'window-missed',
  'window-length',
  'notice-too-short',
  'current-ends-before-window',
  'operator-freeze',
  'customer-freeze',
  'change-number-missing',
  'approval-operator-missing',
  'approval-customer-missing',
  'approval-operator-void',
  'approval-customer-void',
  'window-not-open',
  'cohort-not-yet',
  'connection-paused',
  'observing',
  'observation-unproven',
  'window-open',
];

export function nextStep(facts: SwapFacts): NextStep {
  const { state } = facts;
  if (finalStates.includes(state)) return { do: 'nothing' };
  // Nothing is dialled for it any more, and nothing is kept ready.
  if (facts.connectionRetired) return move(state === 'observed' ? 'finish' : 'cancel', ofRetired);
  switch (state) {
    case 'proposed':
      return attempt('validate', facts);
    case 'validated':
      return attempt('announce-trust', facts);
    case 'trust-announced':
      return canaryStep(facts);
    case 'canary':
      if (validCanary(facts)?.verdict !== 'accepted') return move('void-canary');
      return attempt('schedule', facts);
    case 'scheduled': {
      const left = judgeTransition('void-schedule', facts);
      return left.ok ? move('void-schedule', whyNot('schedule', facts)) : attempt('activate', facts);
    }
    case 'active':
      return observationStep(facts);
    case 'observed':
      return refusedStep(facts) ?? attempt('finish', facts);
    default:
      return blockedStep(facts);
  }
}

/** What the people of a swap are told that it waits for; null where it goes on by itself at once. */
export function waitsFor(facts: SwapFacts): SwapRefusal | null {
  if (facts.state === 'blocked') return facts.reason;
  const step = nextStep(facts);
  return step.do === 'wait' ? step.for : null;
}

function attempt(name: TransitionName, facts: SwapFacts): NextStep {
  const answer = judgeTransition(name, facts);
  if (answer.ok) return move(name);
  return waitedFor.includes(answer.refusal.code) ? wait(answer.refusal) : move('block', answer.refusal);
}

/** Why `schedule` would be refused, were it asked for from where it comes. */
function whyNot(name: 'schedule', facts: SwapFacts): SwapRefusal | null {
  const answer = judgeTransition(name, { ...facts, state: 'canary' });
  return answer.ok ? null : answer.refusal;
}

function canaryStep(facts: SwapFacts): NextStep {
  const answer = judgeTransition('pass-canary', facts);
  if (answer.ok) return move('pass-canary');
  if (!answer.refusal.code.startsWith('canary-'))
    return waitedFor.includes(answer.refusal.code) ? wait(answer.refusal) : move('block', answer.refusal);
  const rest = canaryRest(facts);
  if (rest === null) return dialled('canary', facts);
  return rest.code === 'canary-refused' ? move('block', rest) : wait(rest);
}

/** Between tries that reached no verdict, of a certificate that was refused. */
const refusedRestMilliseconds = 60_000;

const pointerMovedOn = refusal(
  'pointer-moved',
  'The connection has moved to another certificate since the activation. Cancel this swap: there is nothing left to observe or to take back.',
  'operator',
);

/** Unless a person has paused the connection. */
function dialled(what: 'canary' | 'probe', facts: SwapFacts): NextStep {
  const paused = notPaused(facts);
  return paused === null ? { do: what } : wait(paused);
}

function observationStep(facts: SwapFacts): NextStep {
  const { observation, activatedAt, now, resumeAskedAt, slot, activeGeneration } = facts;
  if (slot.generation !== activeGeneration) return move('block', pointerMovedOn);
  const refused = refusedStep(facts);
  if (refused !== null) return refused;
  const paused = notPaused(facts);
  if (paused !== null) return wait(paused);
  if (observation !== null && activatedAt !== null) {
    const worse = observationWorse(observation);
    // Who resumed knows of it; it is then judged by what the handshakes at the end say.
    if (worse !== null && resumeAskedAt === null) return move('block', worse);
    const probeAt = nextProbeAt(observation, activatedAt, now);
    if (probeAt <= now) return { do: 'probe' };
    const judged = worse === null ? facts : { ...facts, observation: withoutFailures(observation) };
    const answer = judgeTransition('observe', judged);
    if (answer.ok) return move('observe');
    return { do: 'wait', for: answer.refusal, until: Math.min(probeAt, answer.refusal.until ?? Infinity) };
  }
  return attempt('observe', facts);
}

/** No connector shows it by itself. Who went on says that the far side was mended: it is tried, and serves once it is accepted. */
function refusedStep(facts: SwapFacts): NextStep | null {
  const { slot, resumeAskedAt, observation, now } = facts;
  if (!slot.refused) return null;
  if (resumeAskedAt === null) return move('block', refusedWithoutWayBack);
  const triedAt = observation?.lastTriedAt ?? 0;
  const again = triedAt > resumeAskedAt ? triedAt + refusedRestMilliseconds : now;
  return again <= now ? dialled('probe', facts) : { do: 'wait', for: refusedWithoutWayBack, until: again };
}

/** It goes on when what stood in the way is gone, or when somebody asks. */
function blockedStep(facts: SwapFacts): NextStep {
  const { blockedIn, reason, resumeAskedAt } = facts;
  if (blockedIn === null || reason === null) return { do: 'nothing' };
  // Each block forgets who asked before it.
  if (resumeAskedAt !== null) return move('resume');
  // The other certificate cannot serve any more: nothing is left to be kept ready.
  if (blockedIn === 'observed' && windowOver(facts) === null) return move('resume');
  const there = nextStep({ ...facts, state: blockedIn });
  const stillBlocked = there.do === 'transition' && there.name === 'block';
  if (!stillBlocked && blockedIn !== 'active' && blockedIn !== 'observed') return move('resume');
  return { do: 'wait', for: reason, until: reason.until ?? null };
}
