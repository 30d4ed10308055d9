import type { ConnectionState, SyncProgress } from '@sallyport/console-api';

/** What is being read just now, as the page draws it. */
export interface Reading {
  /** Issues stored of this sweep, and how many it expects; null where Jira has not told. */
  readonly stored: number;
  readonly expected: number | null;
  /** Between 0 and 1; null where nobody can tell yet. */
  readonly share: number | null;
  readonly words: string;
}

/** Sweeps of fewer issues are over before anybody has read the bar. */
const fewIssues = 100;

/** Whether something moves that a person wants to watch: a sweep runs, or the first one has not ended yet. */
export function isReading(state: ConnectionState, progress: SyncProgress): boolean {
  return progress.running || (state === 'active' && progress.lagSeconds === null);
}

/** The sweep to draw as a bar, or null where there is none worth drawing. */
export function readingOf(state: ConnectionState, progress: SyncProgress): Reading | null {
  if (!isReading(state, progress)) return null;
  const { running, phase, sweepStored: stored, issuesExpected: expected, lagSeconds } = progress;
  const isFirst = lagSeconds === null;
  if (!isFirst && (expected === null || expected < fewIssues)) return null;
  const share = expected === null || expected === 0 ? null : Math.min(1, stored / expected);
  const words =
    phase === 'waiting'
      ? 'Waiting, as Jira asked'
      : phase === 'stopped'
        ? 'Reading has stopped'
        : running
          ? 'Reading issues'
          : 'A connector is about to begin';
  return { stored, expected, share, words };
}
