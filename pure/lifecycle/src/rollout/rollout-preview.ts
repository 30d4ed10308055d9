/** A rollout before it is proposed: what each connection's swap would be, what would keep it waiting, and windows that suit many. */
import { approvalsNeeded, hasStandingApproval } from '../swap/approvals.ts';
import { changeNumbered, earliestWindow, emergencyTrue, firstOf, nextUsable, windowSound } from '../swap/guards.ts';
import type { SwapFacts } from '../swap/swap-facts.ts';
import type { SwapRefusal } from '../swap/swap-state.ts';
import { proposeWindows, type Calendar, type Window } from '../window/calendar.ts';

/** A connection that could be in a rollout, as far as it decides about its swap. */
export type RolloutCandidate = Pick<
  SwapFacts,
  | 'now'
  | 'swapClass'
  | 'rules'
  | 'emergency'
  | 'next'
  | 'current'
  | 'changeNumber'
  | 'operatorCalendar'
  | 'customerCalendar'
> & {
  /** The far side refuses what it presents now, and nothing leads back. */
  readonly isRefused: boolean;
};

/** The same guards judge it that will judge the swap; a window that is not chosen yet keeps nobody waiting. */
const soonest = firstOf(nextUsable, emergencyTrue, changeNumbered);
const withWindow = firstOf(nextUsable, emergencyTrue, windowSound, changeNumbered);

/** What would keep this connection from moving in the window; null where nothing would. */
export function candidateObstacle(candidate: RolloutCandidate, window: Window | null): SwapRefusal | null {
  return (window === null ? soonest : withWindow)(asProposed(candidate, window));
}

/** Whether the customer has to say yes each time. */
export function customerMustApprove(candidate: Pick<RolloutCandidate, 'next' | 'swapClass' | 'rules'>): boolean {
  return approvalsNeeded(candidate).includes('customer') && !hasStandingApproval(candidate);
}

/** The earliest beginning of its window. */
export function candidateEarliest(candidate: RolloutCandidate): number {
  return earliestWindow({ ...candidate, proposedAt: candidate.now });
}

export interface RolloutTime extends Window {
  /** How many could move in it. */
  readonly fits: number;
}

/** A person fills in the form meanwhile: a window at the very edge of a notice would be too early when it is proposed. */
const roomForTheForm = 3_600_000;
/** Of one notice and one calendar. */
const windowsEach = 2;
/** Calendars of this many groups are tried; what is rarer is only counted. */
const mostGroups = 12;

/** Windows in the operator's hours that suit as many as possible, the earliest first; one that suits nobody is not among them. */
export function rolloutTimes(
  candidates: readonly RolloutCandidate[],
  operator: Calendar,
  choice: { readonly now: number; readonly lengthMilliseconds: number; readonly count: number },
): RolloutTime[] {
  const groups = groupsOf(candidates);
  const { now, lengthMilliseconds, count } = choice;
  const found = new Map<number, RolloutTime>();
  for (const { candidate } of groups.slice(0, mostGroups)) {
    const earliestAt = Math.max(now, candidateEarliest(candidate));
    for (const window of proposeWindows({
      earliestAt: earliestAt > now ? earliestAt + roomForTheForm : now,
      lengthMilliseconds,
      operator,
      customer: candidate.customerCalendar,
      count: windowsEach,
    })) {
      if (found.has(window.startsAt)) continue;
      const fits = groups
        .filter((group) => candidateObstacle(group.candidate, window) === null)
        .reduce((sum, { size }) => sum + size, 0);
      if (fits > 0) found.set(window.startsAt, { ...window, fits });
    }
  }
  const byFits = [...found.values()].toSorted((one, other) => other.fits - one.fits || one.startsAt - other.startsAt);
  return byFits.slice(0, count).toSorted((one, other) => one.startsAt - other.startsAt);
}

/** Judges many: of those that are alike in all that decides, one is judged. Gives the obstacle of each, in their order. */
export function candidateObstacles(
  candidates: readonly RolloutCandidate[],
  window: Window | null,
): (SwapRefusal | null)[] {
  const judged = new Map<string, SwapRefusal | null>();
  return candidates.map((candidate) => {
    const key = keyOf(candidate);
    const known = judged.get(key);
    if (known !== undefined) return known;
    const obstacle = candidateObstacle(candidate, window);
    judged.set(key, obstacle);
    return obstacle;
  });
}

interface Group {
  readonly candidate: RolloutCandidate;
  readonly size: number;
}

/** The largest first. */
function groupsOf(candidates: readonly RolloutCandidate[]): Group[] {
  const groups = new Map<string, { candidate: RolloutCandidate; size: number }>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { candidate, size: 1 });
    else group.size += 1;
  }
  return [...groups.values()].toSorted((one, other) => other.size - one.size);
}

/** Alike in this, two connections are judged alike. */
function keyOf({ swapClass, rules, current, customerCalendar, changeNumber }: RolloutCandidate): string {
  return JSON.stringify([
    swapClass,
    rules.noticeDays[swapClass],
    rules.changeNumberRequired,
    changeNumber,
    current?.id,
    customerCalendar,
  ]);
}

/** The swap as it would be right after its proposal. */
function asProposed(candidate: RolloutCandidate, window: Window | null): SwapFacts {
  const { now, current } = candidate;
  return {
    ...candidate,
    // The class goes by it already.
    matching: null,
    window,
    state: 'proposed',
    stateSince: now,
    blockedIn: null,
    reason: null,
    resumeAskedAt: null,
    proposedAt: now,
    termsSha256: '',
    connectionRetired: false,
    connectionPaused: false,
    slot: {
      generation: 0,
      currentId: current?.id ?? null,
      nextId: null,
      previousId: null,
      refused: candidate.isRefused,
    },
    generation: 0,
    activeGeneration: null,
    approvals: [],
    trustedAt: null,
    canaryAt: null,
    canaryAskedAt: null,
    canary: null,
    activatedAt: null,
    finishAskedAt: null,
    observation: null,
    observationSeconds: 0,
    heldByRollout: true,
  };
}
