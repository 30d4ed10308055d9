import type { ProposedTimes } from '@sallyport/console-api';

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

/** For a select: times that suit both sides by their place, and `now` where that is possible. */
export function timeOptions({ items }: ProposedTimes, mayBeNow: boolean): { value: string; label: string }[] {
  const times = items.map(({ operatorLocal, customerLocal }, index) => ({
    value: String(index),
    label: [...new Set([operatorLocal, customerLocal])].map((local) => local.replace('T', ' ')).join(' · '),
  }));
  return mayBeNow ? [...times, { value: 'now', label: 'From now on' }] : times;
}
