/** What a rollout would be, as the API answers it. */
import type { PreviewRollout, RolloutPreview } from '@sallyport/console-api';
import {
  candidateEarliest,
  candidateObstacles,
  chainIdentity,
  customerMustApprove,
  localText,
  rolloutTimes,
  type Window,
} from '@sallyport/lifecycle';
import type { RolloutCandidates, StoredCandidate } from '@sallyport/store';
import { shownRefusal } from '../swaps/shown-swap.ts';

const timesWanted = 8;
const hourMilliseconds = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

export function shownPreview(found: RolloutCandidates, asked: PreviewRollout): RolloutPreview {
  const { candidates, next, now, operatorCalendar } = found;
  const movable = candidates.filter(({ openSwapId }) => openSwapId === null);
  const obstacles = candidateObstacles(candidates, windowOf(asked));
  const connections = candidates.map((candidate, index) => shownCandidate(candidate, obstacles[index] ?? null));
  const count = (verdict: RolloutPreview['connections'][number]['verdict']): number =>
    connections.filter((one) => one.verdict === verdict).length;
  const times = rolloutTimes(movable, operatorCalendar, {
    now,
    lengthMilliseconds: asked.hours * hourMilliseconds,
    count: timesWanted,
  });
  // Without a window, what speaks against all of them is the certificate itself.
  const ofNext = candidateObstacles(movable, null).find((obstacle) => obstacle?.code.startsWith('next-') ?? false);
  return {
    next: {
      id: next.id,
      name: next.name,
      kind: next.kind,
      sha256: next.sha256,
      notBefore: iso(next.notBefore),
      notAfter: iso(next.notAfter),
      chain: [...(chainIdentity(next.chainPem)?.subjects ?? [])],
      revoked: next.status === null || next.status === 'unknown' ? null : next.status === 'revoked',
    },
    nextObstacle: shownRefusal(ofNext ?? next.blocks),
    inUse: found.inUse.map(({ id, name, notAfter, connections: using, isUnusable }) => ({
      certificateId: id,
      name,
      notAfter: notAfter.toISOString(),
      connections: using,
      unusable: isUnusable,
    })),
    replaces: found.replaces,
    counts: {
      connections: connections.length,
      moves: count('moves'),
      waits: count('waits'),
      leftOut: count('left-out'),
      customerMustApprove: movable.filter(customerMustApprove).length,
    },
    connections,
    operatorTimeZone: operatorCalendar.timeZone,
    times: times.map(({ startsAt, endsAt, fits }) => ({
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
      operatorLocal: localText(startsAt, operatorCalendar.timeZone),
      operatorLocalEnd: localText(endsAt, operatorCalendar.timeZone),
      fits,
    })),
  };
}

function windowOf({ windowStartsAt, windowEndsAt }: PreviewRollout): Window | null {
  if (windowStartsAt === undefined || windowEndsAt === undefined) return null;
  return { startsAt: Date.parse(windowStartsAt), endsAt: Date.parse(windowEndsAt) };
}

function shownCandidate(
  candidate: StoredCandidate,
  found: ReturnType<typeof candidateObstacles>[number],
): RolloutPreview['connections'][number] {
  const { swapClass, rules, openSwapId } = candidate;
  const busy = {
    code: 'swap-open',
    message: 'A swap of this connection is under way already: it stays with that one.',
    actor: 'operator',
  } as const;
  return {
    connectionId: candidate.connectionId,
    connectionName: candidate.connectionName,
    customerId: candidate.customerId,
    customerName: candidate.customerName,
    host: candidate.host,
    class: swapClass,
    noticeDays: rules.noticeDays[swapClass],
    earliestAt: iso(candidateEarliest(candidate)),
    customerMustApprove: customerMustApprove(candidate),
    verdict: openSwapId !== null ? 'left-out' : found === null ? 'moves' : 'waits',
    obstacle: openSwapId !== null ? busy : shownRefusal(found),
    openSwapId,
  };
}
