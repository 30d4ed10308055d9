/** From the stored swap to what the API answers. */
import type {
  ProposedTimes,
  Swap,
  SwapCertificate,
  SwapDetail,
  SwapPreview,
  SwapRefusal,
} from '@sallyport/console-api';
import {
  announcement,
  approvalBinds,
  approvalsNeeded,
  classSentence,
  earliestWindow,
  hasStandingApproval,
  judgeTransition,
  latestEnd,
  localText,
  oldIsReady,
  proposeWindows,
  stricterMatching,
  swapWarnings,
  waitsFor,
  type SwapCertificateFacts,
  type SwapRefusal as StoredRefusal,
} from '@sallyport/lifecycle';
import type { StoredCanary, StoredSwap, StoredSwapRequest, SwapWithEvidence } from '@sallyport/store';
import { shownEvidence } from './shown-evidence.ts';

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
const dayMilliseconds = 86_400_000;

export function shownSwap(swap: StoredSwap): Swap {
  const { facts } = swap;
  const canaryRefused = swap.canary?.verdict === 'refused' && facts.activatedAt === null ? swap.canary.at : null;
  return {
    id: swap.id,
    connectionId: swap.connectionId,
    connectionName: swap.connectionName,
    customerId: swap.customerId,
    customerName: swap.customerName,
    host: swap.host,
    rolloutId: swap.rolloutId,
    cohort: swap.cohort,
    state: swap.state,
    stateSince: iso(swap.stateSince),
    blockedIn: swap.blockedIn,
    reason: shownRefusal(swap.reason),
    waitsFor: shownRefusal(waitsFor(facts)),
    warnings: shownWarnings(facts),
    class: facts.swapClass,
    classSentence: classSentence(facts.swapClass, facts.current?.identity ?? null, facts.next.identity, 'operator'),
    matching: stricterMatching(facts.rules.matching, swap.matching),
    emergency: swap.emergency,
    noticeDays: facts.rules.noticeDays[facts.swapClass],
    earliestAt: iso(earliestWindow(facts)),
    current: swap.current === null || facts.current === null ? null : shownCertificate(swap.current, facts.current),
    next: shownCertificate(swap.next, facts.next),
    termsSha256: swap.termsSha256,
    windowStartsAt: isoOrNull(swap.windowStartsAt),
    windowEndsAt: isoOrNull(swap.windowEndsAt),
    changeNumber: swap.changeNumber,
    changeNumberRequired: facts.rules.changeNumberRequired,
    trustedAt: isoOrNull(swap.trustedAt),
    trustedBy: swap.trustedBy,
    canaryAt: isoOrNull(swap.canaryAt),
    canaryRunning: swap.isWorkedOn && swap.state === 'trust-announced',
    canary: swap.canary === null ? null : shownCanary(swap.canary),
    canaryNotBefore: isoOrNull(canaryRefused === null ? null : canaryRefused + dayMilliseconds),
    approvalsNeeded: approvalsNeeded(facts),
    activatedAt: isoOrNull(swap.activatedAt),
    oldReady: oldIsReady(facts),
    observation:
      facts.observation === null || swap.activatedAt === null
        ? null
        : {
            since: iso(swap.activatedAt),
            seconds: facts.observation.seconds,
            accepted: facts.observation.accepted,
            after: facts.observation.after,
            before: facts.observation.before,
            reads: facts.observation.reads,
          },
    proposedBy: swap.proposedBy,
    proposedAt: iso(swap.proposedAt),
    note: swap.note,
  };
}

function shownWarnings(facts: StoredSwap['facts']): SwapRefusal[] {
  return swapWarnings(facts).map(({ code, message, actor }) => ({ code, message, actor }));
}

export function shownRefusal(refusal: StoredRefusal | null): SwapRefusal | null {
  return refusal === null ? null : { code: refusal.code, message: refusal.message, actor: refusal.actor };
}

function shownCertificate(
  { id, name, kind }: { readonly id: string; readonly name: string; readonly kind: string },
  facts: SwapCertificateFacts,
): SwapCertificate {
  return {
    id,
    name,
    kind,
    sha256: facts.sha256,
    notBefore: iso(facts.notBefore),
    notAfter: iso(facts.notAfter),
    chain: [...(facts.identity?.subjects ?? [])],
    revoked: facts.revoked,
  };
}

/** Written by a connector in the form of the schema; the schema holds it to that. */
function shownCanary({
  at,
  connectorId,
  verdict,
  code,
  message,
  addresses,
  differences,
}: StoredCanary): Swap['canary'] {
  return {
    at: iso(at),
    connectorId,
    verdict,
    code,
    message,
    addresses: addresses as NonNullable<Swap['canary']>['addresses'],
    differences: [...differences],
  };
}

export function shownDetail({ swap, events, requests }: SwapWithEvidence, names: SwapDetail['names'] = {}): SwapDetail {
  const { facts } = swap;
  return {
    names,
    ...shownSwap(swap),
    events: [
      {
        id: '0',
        at: iso(swap.proposedAt),
        from: null,
        to: 'proposed' as const,
        step: 'propose',
        actor: swap.proposedBy,
        evidence: { sha256: swap.next.sha256, note: swap.note },
      },
      ...events.map(({ at, evidence, ...event }) => ({
        ...event,
        at: at.toISOString(),
        evidence: shownEvidence(evidence),
      })),
    ],
    approvals: [
      ...swap.approvals.map((approval) => ({
        side: approval.side,
        by: approval.by,
        byName: approval.byName,
        at: iso(approval.at),
        sha256: approval.sha256,
        windowStartsAt: iso(approval.windowStartsAt),
        windowEndsAt: iso(approval.windowEndsAt),
        termsSha256: approval.termsSha256,
        binds: approvalBinds(approval, facts),
        standing: false,
      })),
      ...standingApproval(swap),
    ],
    requests: requests.map(shownRequest),
    announcement: announcement(facts, swap.host),
  };
}

/** The terms themselves are the approval, for whatever window is chosen. */
function standingApproval(swap: StoredSwap): SwapDetail['approvals'] {
  const { facts, proposedAt } = swap;
  const { window } = facts;
  if (!hasStandingApproval(facts) || window === null || !approvalsNeeded(facts).includes('customer')) return [];
  return [
    {
      side: 'customer',
      by: 'terms',
      byName: null,
      at: iso(proposedAt),
      sha256: facts.next.sha256,
      windowStartsAt: iso(window.startsAt),
      windowEndsAt: iso(window.endsAt),
      termsSha256: facts.termsSha256,
      binds: true,
      standing: true,
    },
  ];
}

function shownRequest({
  id,
  ask,
  by,
  at,
  detail,
  answeredAt,
  refusal,
}: StoredSwapRequest): SwapDetail['requests'][number] {
  return {
    id,
    ask,
    by,
    at: at.toISOString(),
    detail,
    answeredAt: answeredAt?.toISOString() ?? null,
    refusal: shownRefusal(refusal),
  };
}

/** Of a proposal that was not made. */
export function shownPreview(swap: StoredSwap, hours: number): SwapPreview {
  const { facts } = swap;
  const { rules, swapClass } = facts;
  const validated = judgeTransition('validate', facts);
  return {
    class: swapClass,
    classSentence: classSentence(swapClass, facts.current?.identity ?? null, facts.next.identity, 'operator'),
    noticeDays: rules.noticeDays[swapClass],
    approvalsNeeded: approvalsNeeded(facts),
    standingApproval: hasStandingApproval(facts),
    changeNumberRequired: rules.changeNumberRequired,
    refusal: validated.ok ? null : shownRefusal(validated.refusal),
    warnings: shownWarnings(facts),
    times: timesFor(swap, hours),
  };
}

const timesWanted = 10;
const hourMilliseconds = 3_600_000;

/** Windows of this length that suit both sides. */
export function timesFor({ facts }: StoredSwap, hours: number): ProposedTimes {
  const earliestAt = Math.max(earliestWindow(facts), facts.now);
  const { operatorCalendar: operator, customerCalendar: customer } = facts;
  const lengthMilliseconds = hours * hourMilliseconds;
  const choice = { earliestAt, lengthMilliseconds, operator, customer, count: timesWanted };
  const safe = proposeWindows({ ...choice, latestEndAt: latestEnd(facts) });
  // Where none leaves a way back, at least it is not to begin after the end of the current certificate.
  const ends = latestEnd(facts) === null ? null : (facts.current?.notAfter ?? null);
  const windows =
    safe.length > 0 || ends === null ? safe : proposeWindows({ ...choice, latestEndAt: ends - 1 + lengthMilliseconds });
  return {
    earliestAt: iso(earliestAt),
    items: windows.map(({ startsAt, endsAt }) => ({
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
      operatorLocal: localText(startsAt, operator.timeZone),
      customerLocal: localText(startsAt, customer.timeZone),
    })),
    operatorTimeZone: operator.timeZone,
    customerTimeZone: customer.timeZone,
  };
}
