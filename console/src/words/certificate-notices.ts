import { day } from './time.ts';

/** Days before the end on which people are told, besides half and two thirds of the life. */
const daysBeforeTheEnd = [30, 14, 7, 3, 1] as const;

/**
 * When notices about a certificate's end fall due, earliest first: at half and two thirds of its life and some days
 * before the end; none in the first third, so that a short-lived one does not nag from birth, and none within a day of another.
 */
export function noticeInstants(notBefore: string, notAfter: string): readonly number[] {
  const begin = Date.parse(notBefore);
  const end = Date.parse(notAfter);
  const life = end - begin;
  const due = [begin + life / 2, begin + (life * 2) / 3, ...daysBeforeTheEnd.map((days) => end - days * day)]
    .filter((instant) => instant >= begin + life / 3)
    .toSorted((one, other) => one - other);
  const kept: number[] = [];
  for (const instant of due) {
    const last = kept.at(-1);
    if (last === undefined || instant - last >= day) kept.push(instant);
  }
  return kept;
}
