/** The one table of transitions: from where, to where, and what must hold. Nothing else changes a swap's state. */
import { approvalMissing } from './approvals.ts';
import {
  canaryAccepted,
  changeNumbered,
  cohortsTurn,
  emergencyTrue,
  firstOf,
  mayBeScheduled,
  nextJudged,
  nextUsable,
  notPaused,
  nothingToTakeBack,
  observedWell,
  pointerAsBefore,
  trustAnnounced,
  wayBack,
  windowOpen,
  windowOver,
  type Guard,
} from './guards.ts';
import type { SwapFacts } from './swap-facts.ts';
import {
  refusal,
  statesAfterActivation,
  statesBeforeActivation,
  type SwapRefusal,
  type SwapState,
} from './swap-state.ts';

export const transitionNames = [
  'validate',
  'announce-trust',
  'pass-canary',
  'void-canary',
  'schedule',
  'void-schedule',
  'activate',
  'observe',
  'finish',
  'roll-back',
  'cancel',
  'block',
  'resume',
] as const;
export type TransitionName = (typeof transitionNames)[number];

interface Transition {
  readonly from: readonly SwapState[];
  /** Null: back to where it was blocked. */
  readonly to: SwapState | null;
  readonly guard: Guard;
  /** Whether the block must have come in one of these states. */
  readonly blockedIn?: readonly SwapState[];
}

const always: Guard = () => null;

/** A canary that is not of this certificate and these terms any more. */
const canaryVoid: Guard = (facts) =>
  canaryAccepted(facts) === null
    ? refusal('canary-holds', 'The canary holds for this certificate and these terms.', null)
    : null;

/** Something that was agreed has changed, or its window has passed. */
const scheduleVoid: Guard = (facts) =>
  whyScheduleIsVoid(facts) === null ? refusal('schedule-holds', 'What was agreed holds.', null) : null;

/** Null while the schedule holds. */
export const whyScheduleIsVoid: Guard = firstOf(canaryAccepted, mayBeScheduled);

export const transitions: Readonly<Record<TransitionName, Transition>> = {
  validate: {
    from: ['proposed'],
    to: 'validated',
    guard: firstOf(nextUsable, nextJudged, pointerAsBefore, emergencyTrue),
  },
  'announce-trust': {
    from: ['validated'],
    to: 'trust-announced',
    guard: firstOf(nextUsable, pointerAsBefore, trustAnnounced),
  },
  'pass-canary': {
    from: ['trust-announced'],
    to: 'canary',
    guard: firstOf(nextUsable, pointerAsBefore, canaryAccepted),
  },
  'void-canary': { from: ['canary'], to: 'trust-announced', guard: canaryVoid },
  schedule: { from: ['canary'], to: 'scheduled', guard: mayBeScheduled },
  'void-schedule': { from: ['scheduled'], to: 'canary', guard: scheduleVoid },
  activate: {
    from: ['scheduled'],
    to: 'active',
    guard: firstOf(
      nextUsable,
      pointerAsBefore,
      emergencyTrue,
      notPaused,
      canaryAccepted,
      changeNumbered,
      approvalMissing,
      windowOpen,
      cohortsTurn,
    ),
  },
  observe: { from: ['active'], to: 'observed', guard: observedWell },
  finish: { from: ['observed'], to: 'done', guard: windowOver },
  'roll-back': {
    from: [...statesAfterActivation, 'blocked'],
    to: 'rolled-back',
    guard: wayBack,
    blockedIn: statesAfterActivation,
  },
  cancel: {
    from: [...statesBeforeActivation, ...statesAfterActivation, 'blocked'],
    to: 'cancelled',
    guard: nothingToTakeBack,
  },
  block: { from: [...statesBeforeActivation, ...statesAfterActivation], to: 'blocked', guard: always },
  resume: { from: ['blocked'], to: null, guard: always },
};

export type TransitionAnswer =
  | { readonly ok: true; readonly to: SwapState }
  | { readonly ok: false; readonly refusal: SwapRefusal };

/** Whether a transition is possible, and where it leads. */
export function judgeTransition(name: TransitionName, facts: SwapFacts): TransitionAnswer {
  const { from, to, guard, blockedIn } = transitions[name];
  const { state } = facts;
  const fits =
    from.includes(state) &&
    (state !== 'blocked' ||
      blockedIn === undefined ||
      (facts.blockedIn !== null && blockedIn.includes(facts.blockedIn)));
  const target = to ?? facts.blockedIn;
  if (!fits || target === null)
    return {
      ok: false,
      refusal: refusal(
        'state-does-not-allow',
        `This is not possible while the swap is ${state === 'blocked' ? `blocked in ${facts.blockedIn ?? 'no state'}` : state}.`,
        null,
      ),
    };
  const found = guard(facts);
  return found === null ? { ok: true, to: target } : { ok: false, refusal: found };
}
