import type { ProposedTimes } from '@sallyport/console-api';
import { instantWords } from '../../words/time.ts';

/** Lengths of a window that are offered, for a select. */
export const windowLengths = [1, 4, 12, 24].map((hours) => ({
  value: String(hours),
  label: hours === 1 ? '1 hour' : `${hours} hours`,
}));
const hourMilliseconds = 3_600_000;

/** A window that has begun. */
export function fromNow(hours: number): { readonly startsAt: string; readonly endsAt: string } {
  const now = Date.now();
  return { startsAt: new Date(now).toISOString(), endsAt: new Date(now + hours * hourMilliseconds).toISOString() };
}

/** For a select: times that suit both sides by their place, in UTC as all times of the page, and `now` where that is possible. */
export function timeOptions({ items }: ProposedTimes, mayBeNow: boolean): { value: string; label: string }[] {
  const times = items.map(({ startsAt, operatorLocal, customerLocal }, index) => {
    const locals = [...new Set([operatorLocal, customerLocal])].filter((local) => local !== startsAt.slice(0, 16));
    const clocks = locals.map((local) =>
      local.slice(0, 10) === startsAt.slice(0, 10) ? local.slice(11) : local.replace('T', ' '),
    );
    const inUtc = instantWords(startsAt).replace(/:00 UTC$/u, ' UTC');
    return { value: String(index), label: clocks.length === 0 ? inUtc : `${inUtc} (${clocks.join(', ')})` };
  });
  return mayBeNow ? [...times, { value: 'now', label: 'From now on' }] : times;
}

/** What the clocks in brackets are of. */
export function zonesWords({ operatorTimeZone, customerTimeZone }: ProposedTimes): string {
  const zones = [...new Set([operatorTimeZone, customerTimeZone])].filter((zone) => zone !== 'UTC');
  return zones.length === 0 ? 'In UTC.' : `In UTC; in brackets the clock in ${zones.join(' and ')}.`;
}
