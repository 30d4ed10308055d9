/** The stretch of time that a timeline shows, and where on it an instant lies. */
import { day } from '../../words/time.ts';

/** Three months: what of short-lived certificates can be told apart. */
export const shortestAhead = 90 * day;
/** One year's certificate with some room; what ends later runs out of the picture, and its words say when. */
const longestAhead = 400 * day;
/** Of the time ahead, so much is shown of the past. */
const shareOfPast = 0.22;
const mostTicks = 6;

export interface ExpiryAxis {
  /** Where an instant lies, in percent from the left; below 0 or above 100 where it is out of the picture. */
  place(instant: number): number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/**
 * An axis on which all ends fit that are not too far away, with the first of some months as its ticks.
 * @param furthest the longest time ahead that is wanted
 */
export function expiryAxis(ends: readonly number[], now: number, furthest = longestAhead): ExpiryAxis {
  const wanted = ends.reduce((most, end) => Math.max(most, (end - now) * 1.06), shortestAhead);
  const ahead = Math.min(furthest, wanted);
  const begin = now - ahead * shareOfPast;
  const length = ahead * (1 + shareOfPast);
  const place = (instant: number): number => (100 * (instant - begin)) / length;
  const months = monthsWithin(begin, begin + length);
  const step = Math.max(1, Math.ceil(months.length / mostTicks));
  const ticks = months
    .filter((_, index) => index % step === 0)
    .map((at, index, all) => ({ at: place(at), label: monthLabel(at, all[index - 1]) }))
    // A label at the very edge would be cut.
    .filter(({ at }) => at < 92);
  return { place, ticks };
}

function monthsWithin(begin: number, end: number): readonly number[] {
  const first = new Date(begin);
  const months: number[] = [];
  for (let month = 1; ; month += 1) {
    const at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
    if (at >= end) return months;
    months.push(at);
  }
}

const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });

/** The year stands with its first label; the one of the earliest label is said by “today”. */
function monthLabel(at: number, before: number | undefined): string {
  const year = new Date(at).getUTCFullYear();
  const newYear = before !== undefined && new Date(before).getUTCFullYear() !== year;
  return newYear ? `${monthFormat.format(at)} ’${String(year).slice(-2)}` : monthFormat.format(at);
}
