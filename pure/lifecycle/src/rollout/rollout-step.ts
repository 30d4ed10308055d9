/** What a rollout does next, from what is stored: canaries for all, then cohort after cohort, and a stop at the first that went wrong. */
import { refusal, type SwapRefusal, type SwapState } from '../swap/swap-state.ts';
import { wasRefusedAfterMove } from '../swap/what-was-seen.ts';
import { plannedCohorts, type CohortSize } from './cohorts.ts';

export const rolloutStates = ['canaries', 'ready', 'moving', 'stopped', 'done', 'cancelled'] as const;
export type RolloutState = (typeof rolloutStates)[number];

export interface RolloutMemberFacts {
  readonly swapId: string;
  /** For people. */
  readonly name: string;
  readonly state: SwapState;
  readonly stateSince: number;
  readonly blockedIn: SwapState | null;
  /** From 1; null while it is in none. */
  readonly cohort: number | null;
  readonly canary: 'accepted' | 'refused' | 'failed' | null;
  /** Whether it has ever moved. */
  readonly moved: boolean;
  readonly message: string | null;
  /** Why it is blocked or went back. */
  readonly reason: SwapRefusal | null;
  /** What it waits for, where that was asked for. */
  readonly waitsFor?: SwapRefusal | null;
}

export interface RolloutFacts {
  readonly state: RolloutState;
  /** The one that moves now; 0 before the first. */
  readonly cohort: number;
  readonly sizes: readonly CohortSize[];
  /** In the order in which they are to move. */
  readonly members: readonly RolloutMemberFacts[];
  /** Whether the operator's side approved it. */
  readonly approved: boolean;
  /** When a person last asked to begin without waiting for the canaries that are missing, or to go on; null: never. */
  readonly goOnAskedAt: number | null;
}

export type RolloutStep =
  | { readonly do: 'state'; readonly to: RolloutState; readonly reason: SwapRefusal | null }
  /** These move now, as this cohort. */
  | { readonly do: 'cohort'; readonly number: number; readonly swapIds: readonly string[] }
  | { readonly do: 'wait'; readonly for: SwapRefusal }
  | { readonly do: 'nothing' };

const final: readonly SwapState[] = ['done', 'cancelled', 'rolled-back'];
const arrived: readonly SwapState[] = ['observed', 'done'];

export function rolloutStep(facts: RolloutFacts): RolloutStep {
  switch (facts.state) {
    case 'canaries':
      return canariesStep(facts);
    case 'ready':
      return facts.approved
        ? { do: 'state', to: 'moving', reason: null }
        : wait(
            'rollout-approval-missing',
            'The operator has not approved the rollout of this certificate in this window.',
          );
    case 'moving':
      return movingStep(facts);
    default:
      return { do: 'nothing' };
  }
}

/** The first member that moved and then went wrong since somebody last said to go on; null where none did. */
export function wentWrong({
  members,
  goOnAskedAt,
}: Pick<RolloutFacts, 'members' | 'goOnAskedAt'>): RolloutMemberFacts | null {
  return members.find((member) => isWrong(member) && member.stateSince > (goOnAskedAt ?? 0)) ?? null;
}

/** Those whose far side does not take the next certificate yet: by their canary, or by what it did once they had moved. */
export function notTrusting(members: readonly RolloutMemberFacts[]): RolloutMemberFacts[] {
  return members.filter((member) =>
    member.moved ? wasRefusedAfterMove(member) : !final.includes(member.state) && member.canary !== 'accepted',
  );
}

function isWrong({ state, blockedIn, moved }: RolloutMemberFacts): boolean {
  return (
    moved && (state === 'rolled-back' || (state === 'blocked' && (blockedIn === 'active' || blockedIn === 'observed')))
  );
}

function canariesStep({ members, goOnAskedAt }: RolloutFacts): RolloutStep {
  const untried = members.filter(
    ({ canary, state }) => canary === null && state !== 'blocked' && !final.includes(state),
  );
  if (untried.length === 0 || goOnAskedAt !== null) return { do: 'state', to: 'ready', reason: null };
  return wait(
    'canaries-under-way',
    `${untried.length} of ${members.length} canaries ${untried.length === 1 ? 'is' : 'are'} still to be made.`,
    null,
  );
}

function movingStep(facts: RolloutFacts): RolloutStep {
  const { members, cohort, sizes } = facts;
  const wrong = wentWrong(facts);
  if (wrong !== null)
    return {
      do: 'state',
      to: 'stopped',
      reason: refusal(
        'member-went-wrong',
        `${wrong.name} ${wrong.state === 'rolled-back' ? 'went back to the certificate before' : 'is blocked'}${wrong.message === null ? '' : `: ${wrong.message}`} Nothing more is moved until somebody resumes.`,
        'operator',
      ),
    };
  const planned = plannedCohorts(sizes, members.length);
  // What was taken out of the schedule again is in no cohort until it is back.
  const underWay = members.filter((member) => member.cohort !== null && !member.moved && member.state === 'scheduled');
  const observed = members.filter((member) => member.moved && member.state === 'active');
  if (underWay.length + observed.length > 0)
    return wait(
      'cohort-under-way',
      `Cohort ${cohort}: ${underWay.length} to move, ${observed.length} being observed.${waitsOf(underWay.filter((member) => member.waitsFor != null))}`,
      underWay.find(({ waitsFor }) => waitsFor?.actor != null)?.waitsFor?.actor ?? null,
    );
  const movable = members.filter(
    ({ state, cohort: taken, moved }) => taken === null && !moved && state === 'scheduled',
  );
  const begun = members.filter(({ moved }) => moved).length;
  if (movable.length > 0) {
    // What was left behind and comes later goes with the last one.
    const number = Math.max(cohort, Math.min(cohort + 1, planned.length));
    const room = Math.max(1, (planned[number - 1]?.reached ?? members.length) - begun);
    return { do: 'cohort', number, swapIds: movable.slice(0, room).map(({ swapId }) => swapId) };
  }
  const left = members.filter(
    (member) => !arrived.includes(member.state) && !final.includes(member.state) && !isWrong(member),
  );
  if (left.length === 0) return { do: 'state', to: 'done', reason: null };
  return wait(
    'members-left',
    `${left.length === 1 ? '1 connection has' : `${left.length} connections have`} not moved.${waitsOf(left)}`,
    mostFrequent(left)[0]?.[1][0]?.waitsFor?.actor ?? 'operator',
  );
}

/** So many are told apart; the table has all. */
const mostTold = 3;
const unknownWait = 'It is blocked, or its canary is missing.';

function waitsOf(members: readonly RolloutMemberFacts[]): string {
  return mostFrequent(members)
    .slice(0, mostTold)
    .map(([message, waiting]) => ` Of ${waiting.length}: ${message}`)
    .join('');
}

function mostFrequent(members: readonly RolloutMemberFacts[]): [string, RolloutMemberFacts[]][] {
  const byMessage = Map.groupBy(members, ({ waitsFor, message }) => waitsFor?.message ?? message ?? unknownWait);
  return [...byMessage].toSorted(([, one], [, other]) => other.length - one.length);
}

function wait(code: string, message: string, actor: SwapRefusal['actor'] = 'operator'): RolloutStep {
  return { do: 'wait', for: refusal(code, message, actor) };
}
