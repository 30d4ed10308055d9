/** What a person has filled in of a rollout, and the request that follows from it. */
import type { RolloutCandidate, RolloutPreview } from '@sallyport/console-api';
import { defaultCohorts, plannedCohorts, type CohortSize, type PlannedCohort } from '@sallyport/lifecycle/cohorts';
import type { PreviewWish } from '../../api/rollouts.ts';
import { instantOfWallClock } from '../../words/rollout-time.ts';

export interface CohortDraft {
  readonly key: number;
  readonly amount: string;
  readonly unit: 'connections' | 'percent';
}

export interface RolloutDraft {
  readonly certificateId: string;
  /** Empty: what most connections use. */
  readonly replaces: string;
  /** Connections that somebody took out. */
  readonly without: ReadonlySet<string>;
  /** These move before all others. */
  readonly first: ReadonlySet<string>;
  readonly cohorts: readonly CohortDraft[];
  readonly canary: { readonly when: 'now' | 'later'; readonly local: string };
  readonly hours: number;
  /** Beginning of a proposed window; `now` for one that is open at once, `own` for one that is typed, empty until one is chosen. */
  readonly window: string;
  readonly ownLocal: string;
  readonly observation: { readonly amount: string; readonly unit: 'seconds' | 'minutes' | 'hours' };
  readonly changeNumber: string;
  readonly note: string;
  readonly emergency: boolean;
}

export const unitSeconds = { seconds: 1, minutes: 60, hours: 3600 } as const;
const hourMilliseconds = 3_600_000;
/** A window from now on begins a little before: it is the same one while the form is filled in. */
const nowStep = 300_000;

export function emptyRolloutDraft(certificateId: string, replaces: string): RolloutDraft {
  return {
    certificateId,
    replaces,
    without: new Set(),
    first: new Set(),
    cohorts: defaultCohorts.map((size, key) => cohortDraft(size, key)),
    canary: { when: 'now', local: '' },
    hours: 4,
    window: '',
    ownLocal: '',
    observation: { amount: '15', unit: 'minutes' },
    changeNumber: '',
    note: '',
    emergency: false,
  };
}

function cohortDraft(size: CohortSize, key: number): CohortDraft {
  return 'connections' in size
    ? { key, amount: String(size.connections), unit: 'connections' }
    : { key, amount: String(size.percent), unit: 'percent' };
}

/** Null where a number is none, or out of its bounds. */
export function cohortSizeOf({ amount, unit }: CohortDraft): CohortSize | null {
  const value = Number(amount.replace(',', '.'));
  if (amount.trim() === '' || !(value > 0)) return null;
  if (unit === 'percent') return value <= 100 ? { percent: value } : null;
  return Number.isInteger(value) && value <= 100_000 ? { connections: value } : null;
}

/** The cohorts as they would move; null where a size is none. */
export function cohortsOf({ cohorts }: Pick<RolloutDraft, 'cohorts'>, connections: number): PlannedCohort[] | null {
  const sizes = cohorts.map(cohortSizeOf);
  return sizes.every((size) => size !== null) ? plannedCohorts(sizes, connections) : null;
}

/** Null where the number is none, or longer than a week. */
export function observationSeconds({
  observation: { amount, unit },
}: Pick<RolloutDraft, 'observation'>): number | null {
  const seconds = Math.round(Number(amount.replace(',', '.')) * unitSeconds[unit]);
  return amount.trim() !== '' && seconds >= 1 && seconds <= 604_800 ? seconds : null;
}

/** Epoch milliseconds; null until there is one. */
export function chosenWindow(
  { window, ownLocal, hours }: Pick<RolloutDraft, 'window' | 'ownLocal' | 'hours'>,
  timeZone: string,
  now: number,
): { readonly startsAt: number; readonly endsAt: number } | null {
  const startsAt =
    window === 'now'
      ? Math.floor(now / nowStep) * nowStep
      : window === 'own'
        ? instantOfWallClock(ownLocal, timeZone)
        : window === ''
          ? null
          : Date.parse(window);
  return startsAt === null ? null : { startsAt, endsAt: startsAt + hours * hourMilliseconds };
}

export function previewWishOf(draft: RolloutDraft, timeZone: string, now: number): PreviewWish | null {
  if (draft.certificateId === '') return null;
  const window = chosenWindow(draft, timeZone, now);
  return {
    certificateId: draft.certificateId,
    ...(draft.replaces === '' ? {} : { replaces: draft.replaces }),
    emergency: draft.emergency,
    hours: draft.hours,
    ...(window === null
      ? {}
      : {
          windowStartsAt: new Date(window.startsAt).toISOString(),
          windowEndsAt: new Date(window.endsAt).toISOString(),
        }),
    // That there is one decides; not asking anew with every letter.
    ...(draft.changeNumber.trim() === '' ? {} : { changeNumber: 'given' }),
  };
}

/** Those that would be in the rollout, in their order. */
export function chosenConnections(
  preview: RolloutPreview,
  draft: Pick<RolloutDraft, 'without'>,
): readonly RolloutCandidate[] {
  return preview.connections.filter(
    ({ verdict, connectionId }) => verdict !== 'left-out' && !draft.without.has(connectionId),
  );
}

/** What still has to be given, by field; empty where the rollout can be proposed. */
export function missingOf(draft: RolloutDraft, preview: RolloutPreview, now: number): Readonly<Record<string, string>> {
  const window = chosenWindow(draft, preview.operatorTimeZone, now);
  const canaryAt = draft.canary.when === 'now' ? now : instantOfWallClock(draft.canary.local, preview.operatorTimeZone);
  return {
    ...(chosenConnections(preview, draft).length === 0 ? { connections: 'Choose at least one connection.' } : {}),
    ...(draft.cohorts.length === 0 || draft.cohorts.some((cohort) => cohortSizeOf(cohort) === null)
      ? { cohorts: 'Each cohort is a whole number of connections, or a share up to 100 %.' }
      : {}),
    ...(observationSeconds(draft) === null ? { observation: 'From one second to a week.' } : {}),
    ...(canaryAt === null
      ? { canary: 'Give the day and time of the canaries.' }
      : canaryAt < now
        ? { canary: 'This time is over: agree on one to come.' }
        : {}),
    ...(window === null
      ? { window: 'Choose a window.' }
      : window.endsAt <= now
        ? { window: 'This window is over.' }
        : {}),
    ...(window !== null && canaryAt !== null && canaryAt >= window.endsAt
      ? { canary: 'The canaries come before the window ends.' }
      : {}),
  };
}

/** The body of POST /rollouts; only of a draft of which nothing is missing. */
export function rolloutRequest(draft: RolloutDraft, preview: RolloutPreview, now: number): object {
  const chosen = chosenConnections(preview, draft);
  const window = chosenWindow(draft, preview.operatorTimeZone, now) ?? {
    startsAt: now,
    endsAt: now + hourMilliseconds,
  };
  const canaryAt =
    draft.canary.when === 'now' ? null : instantOfWallClock(draft.canary.local, preview.operatorTimeZone);
  const ids = new Set(chosen.map(({ connectionId }) => connectionId));
  return {
    certificateId: draft.certificateId,
    ...(draft.without.size === 0 && preview.replaces !== null
      ? { replaces: preview.replaces }
      : { connectionIds: [...ids] }),
    first: [...draft.first].filter((id) => ids.has(id)),
    cohorts: draft.cohorts.flatMap((cohort) => cohortSizeOf(cohort) ?? []),
    emergency: draft.emergency,
    ...(canaryAt === null ? {} : { canaryAt: new Date(canaryAt).toISOString() }),
    windowStartsAt: new Date(window.startsAt).toISOString(),
    windowEndsAt: new Date(window.endsAt).toISOString(),
    observationSeconds: observationSeconds(draft) ?? 900,
    ...(draft.changeNumber.trim() === '' ? {} : { changeNumber: draft.changeNumber.trim() }),
    ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
  };
}
