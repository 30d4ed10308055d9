/** When a source is asked again. Pure: time and chance are arguments, so that 10,000 hosts do not ask at the same second and tests can. */

/** Milliseconds; a list that promises to hold for a week may still be replaced any hour, and asking costs a conditional GET. */
export const longestPeriodMilliseconds = 4 * 3_600_000;
/** Milliseconds; nobody is asked more often, however short the window. */
export const shortestPeriodMilliseconds = 60_000;
/** Milliseconds after the first failure, doubled by each further one. */
const firstBackOffMilliseconds = 15_000;
const longestBackOffMilliseconds = 3_600_000;

/**
 * The next look after an answer: between half and three quarters of what is left of its window, never later than the longest period.
 * @param now epoch milliseconds @param nextUpdate null where none is promised @param chance from 0 to below 1
 */
export function nextRefresh(now: number, nextUpdate: number | null, chance: number): number {
  const left = nextUpdate === null ? longestPeriodMilliseconds : nextUpdate - now;
  const period = Math.min(left * (0.5 + 0.25 * chance), longestPeriodMilliseconds * (0.75 + 0.25 * chance));
  return Math.round(now + Math.max(shortestPeriodMilliseconds, period));
}

/** The next look after so many failures in a row: between half of the back-off and the whole. */
export function nextAttempt(now: number, failures: number, chance: number): number {
  const whole = Math.min(firstBackOffMilliseconds * 2 ** Math.max(0, failures - 1), longestBackOffMilliseconds);
  return Math.round(now + whole * (0.5 + 0.5 * chance));
}
