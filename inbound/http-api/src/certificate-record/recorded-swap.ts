/** One swap as the record of a certificate holds it: what was asked, approved, tried, done and seen. */
import { swapObservation, type RecordedSwap, type Separation } from '@sallyport/console-api';
import type { StoredCertificateRecord } from '@sallyport/store';
import { shownDetail } from '../swaps/shown-swap.ts';
import { deedOf, recordedActor, type ActorNames } from './deeds.ts';

type StoredRecordedSwap = StoredCertificateRecord['swaps'][number];

export function recordedSwap(
  stored: StoredRecordedSwap,
  certificateId: string,
  { actors, termsVersions }: Pick<StoredCertificateRecord, 'actors' | 'termsVersions'>,
): RecordedSwap {
  const { events, ...swap } = stored;
  const shown = shownDetail({ swap, events, requests: [] });
  const brings = shown.next.id === certificateId;
  const other = brings ? shown.current : shown.next;
  const termsSha256 = termsOfActivation(events) ?? shown.termsSha256;
  const approvals = approvalsOf(stored, shown.approvals, termsSha256);
  return {
    id: shown.id,
    role: brings ? 'brings-it' : 'takes-it-away',
    other: other === null ? null : { id: other.id, name: other.name, sha256: other.sha256 },
    connectionId: shown.connectionId,
    connectionName: shown.connectionName,
    customerName: shown.customerName,
    host: shown.host,
    rolloutId: shown.rolloutId,
    state: shown.state,
    stateSince: shown.stateSince,
    reason: shown.reason?.message ?? null,
    class: shown.class,
    classSentence: shown.classSentence,
    emergency: shown.emergency,
    changeNumber: shown.changeNumber,
    terms: { version: termsVersions.get(`${shown.connectionId} ${termsSha256}`) ?? null, sha256: termsSha256 },
    requested: deedOf(actors, shown.proposedBy, Date.parse(shown.proposedAt)),
    approvals: approvals.map(({ side, by, byName, at, standing, holds }) => ({
      side,
      at,
      standing,
      holds,
      by: { actor: by, name: byName ?? recordedActor(actors, by).name },
    })),
    separation: separationOf(shown.proposedBy, approvals, actors),
    trusted:
      shown.trustedAt === null || shown.trustedBy === null
        ? null
        : deedOf(actors, shown.trustedBy, Date.parse(shown.trustedAt)),
    canary: shown.canary,
    windowStartsAt: shown.windowStartsAt,
    windowEndsAt: shown.windowEndsAt,
    activatedAt: shown.activatedAt,
    observation: shown.observation ?? observationOf(stored),
    events: shown.events.map(({ at, from, to, step, actor }) => ({
      at,
      from,
      to,
      step,
      by: recordedActor(actors, actor),
    })),
  };
}

interface JudgedApproval {
  readonly side: 'operator' | 'customer';
  readonly by: string;
  readonly byName: string | null;
  readonly at: string;
  readonly standing: boolean;
  readonly holds: boolean;
}

/** Terms change after a swap is over: an approval counts by what was in force when the pointer moved. */
function approvalsOf(
  swap: StoredRecordedSwap,
  approvals: ReturnType<typeof shownDetail>['approvals'],
  termsSha256: string,
): readonly JudgedApproval[] {
  const { windowStartsAt, windowEndsAt, next } = swap;
  return approvals
    .filter(({ standing }) => !standing || termsSha256 === swap.termsSha256)
    .map((approval) => ({
      ...approval,
      holds:
        approval.sha256 === next.sha256 &&
        approval.termsSha256 === termsSha256 &&
        Date.parse(approval.windowStartsAt) === windowStartsAt &&
        Date.parse(approval.windowEndsAt) === windowEndsAt,
    }));
}

/** A token stands for its person: asking with one and approving with the other hand is still one person. */
function separationOf(requester: string, approvals: readonly JudgedApproval[], actors: ActorNames): Separation {
  const personOf = (actor: string): string => actors.get(actor)?.personId ?? actor;
  const holding = approvals.filter(({ holds }) => holds);
  const people = holding.filter(({ standing }) => !standing).map(({ by }) => personOf(by));
  if (people.some((person) => person !== personOf(requester))) return 'two-people';
  if (people.length > 0) return 'same-person';
  return holding.length > 0 ? 'standing-change' : 'not-approved';
}

interface Evidence {
  readonly termsSha256?: unknown;
  readonly observation?: unknown;
}

function termsOfActivation(events: StoredRecordedSwap['events']): string | null {
  const activation = events.findLast(({ step }) => step === 'activate');
  const { termsSha256 } = (activation?.evidence ?? {}) as Evidence;
  return typeof termsSha256 === 'string' ? termsSha256 : null;
}

/** When a swap is over, it is no longer counted; what decided stands with the step. */
function observationOf({ events, activatedAt }: StoredRecordedSwap): RecordedSwap['observation'] {
  const observed = events.findLast(({ step }) => step === 'observe');
  if (observed === undefined || activatedAt === null) return null;
  const { observation } = (observed.evidence ?? {}) as Evidence;
  return (
    swapObservation.safeParse({ ...(observation as object), since: new Date(activatedAt).toISOString() }).data ?? null
  );
}
