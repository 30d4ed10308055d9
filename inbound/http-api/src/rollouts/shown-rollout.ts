/** From the stored rollout to what the API answers. */
import type { Rollout, RolloutBoard } from '@sallyport/console-api';
import { notTrusting, plannedCohorts, rolloutStep } from '@sallyport/lifecycle';
import type { MemberTally, StoredRollout, StoredRolloutBoard, StoredRolloutMember } from '@sallyport/store';
import { shownRefusal } from '../swaps/shown-swap.ts';

type Tally = Omit<MemberTally, 'rolloutId'>;

export function shownBoard(
  { rollout, members, waits }: StoredRolloutBoard,
  names: RolloutBoard['names'] = {},
): RolloutBoard {
  const step = rolloutStep({
    state: rollout.state,
    cohort: rollout.cohort,
    sizes: rollout.cohorts,
    members: members.map((member) => ({ ...member, waitsFor: waits.get(member.swapId) ?? null })),
    approved: rollout.approvedAt !== null,
    goOnAskedAt: rollout.goOnAskedAt?.getTime() ?? null,
  });
  return {
    names,
    ...shownRollout(
      rollout,
      members.map((member) => ({ ...member, connections: 1 })),
    ),
    waitsFor: step.do === 'wait' ? shownRefusal(step.for) : null,
    members: members.map((member) => ({
      ...shownMember(member),
      waitsFor: shownRefusal(waits.get(member.swapId) ?? null),
    })),
    notTrusting: notTrusting(members).map((member) => {
      const { swapId, customerId, customerName, host, message, canary, moved } = member as StoredRolloutMember;
      return {
        swapId,
        customerId,
        customerName,
        host,
        message: message ?? 'It has not been tried yet.',
        tried: moved || canary !== null,
      };
    }),
    leftOut: [...rollout.leftOut],
  };
}

function shownMember(member: StoredRolloutMember): Omit<RolloutBoard['members'][number], 'waitsFor'> {
  return {
    swapId: member.swapId,
    connectionId: member.connectionId,
    connectionName: member.name,
    customerId: member.customerId,
    customerName: member.customerName,
    host: member.host,
    cohort: member.cohort,
    state: member.state,
    stateSince: new Date(member.stateSince).toISOString(),
    canary: member.canary,
    reason: shownRefusal(member.reason),
  };
}

const isObserved = ({ state }: Tally): boolean => state === 'observed' || state === 'done';
const isGone = ({ state, moved, blockedIn }: Tally): boolean =>
  state === 'rolled-back' || (state === 'blocked' && moved && blockedIn !== null);

/** @param tallies how many connections stand where; they may be of one connection each */
export function shownRollout(rollout: StoredRollout, tallies: readonly Tally[]): Rollout {
  const count = (fits: (tally: Tally) => boolean): number => sum(tallies.filter(fits));
  const all = sum(tallies);
  const planned = plannedCohorts(rollout.cohorts, all);
  const taken = sum(tallies.filter(({ cohort }) => cohort !== null));
  return {
    id: rollout.id,
    certificateId: rollout.certificateId,
    certificateName: rollout.certificateName,
    sha256: rollout.sha256,
    replaces: rollout.replaces.map((one) => ({ ...one })),
    state: rollout.state,
    stateSince: rollout.stateSince.toISOString(),
    reason: shownRefusal(rollout.reason),
    matching: rollout.matching ?? 'ca-and-name',
    emergency: rollout.emergency,
    canaryAt: rollout.canaryAt.toISOString(),
    windowStartsAt: rollout.windowStartsAt.toISOString(),
    windowEndsAt: rollout.windowEndsAt.toISOString(),
    observationSeconds: rollout.observationSeconds,
    cohort: rollout.cohort,
    cohorts: planned.map(({ size, reached, connections: wanted }, index) => {
      const number = index + 1;
      const of = tallies.filter(({ cohort }) => cohort === number);
      const connections = sum(of);
      return {
        number,
        size,
        // Planned until it begins, with what those before it left to it; then those that are in it.
        connections:
          connections > 0 ? connections : number === rollout.cohort + 1 ? Math.max(0, reached - taken) : wanted,
        active: sum(of.filter(({ state }) => state === 'active')),
        observed: sum(of.filter(isObserved)),
        failed: sum(of.filter(isGone)),
        startedAt: rollout.cohortStarted[String(number)] ?? null,
        observedAt:
          connections > 0 && of.every(isObserved)
            ? new Date(Math.max(...of.map(({ stateSince }) => stateSince))).toISOString()
            : null,
      };
    }),
    counts: {
      connections: all,
      canaryAccepted: count(({ canary }) => canary === 'accepted'),
      canaryRefused: count(({ canary }) => canary === 'refused'),
      canaryFailed: count(({ canary }) => canary === 'failed'),
      waiting: count(({ canary }) => canary === null),
      moved: count((tally) => tally.moved && !isGone(tally)),
      observed: count(isObserved),
      wentBack: count(isGone),
    },
    proposedBy: rollout.proposedBy,
    proposedAt: rollout.proposedAt.toISOString(),
    approvedBy: rollout.approvedBy,
    approvedAt: rollout.approvedAt?.toISOString() ?? null,
  };
}

function sum(tallies: readonly Tally[]): number {
  return tallies.reduce((total, { connections }) => total + connections, 0);
}
