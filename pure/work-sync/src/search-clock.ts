/**
 * How a site is asked for "changed since". Epoch milliseconds mean the same everywhere; where a site refuses or ignores
 * them, minutes in the zone of the asking account; where that zone is not known, UTC less a day, which no zone can miss.
 */
import type { EpochMilliseconds } from './jira-instant.ts';

export type SearchClock =
  | { readonly kind: 'epoch' }
  /** `timeZone` as `myself` names it, IANA. */
  | { readonly kind: 'account-minutes'; readonly timeZone: string }
  | { readonly kind: 'utc-less-a-day' };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The clock to fall back to when epoch milliseconds do not work. */
export function fallbackClock(timeZone: string | null): SearchClock {
  return timeZone !== null && offsetOf(timeZone, 0) !== null
    ? { kind: 'account-minutes', timeZone }
    : { kind: 'utc-less-a-day' };
}

/** The instant from which the site really answers when asked from `from`: never later than it. */
export function windowStart(clock: SearchClock, from: EpochMilliseconds): EpochMilliseconds {
  if (clock.kind === 'epoch') return from;
  const floor = Math.floor(from / minute) * minute;
  if (clock.kind === 'utc-less-a-day') return floor - day;
  // In the hours after a change of the offset a local minute may name two instants: ask from before it.
  const changed = offsetOf(clock.timeZone, floor) !== offsetOf(clock.timeZone, floor - 2 * hour);
  return changed ? floor - 2 * hour : floor;
}

/** The JQL operand for `windowStart(clock, from)`. */
export function clockOperand(clock: SearchClock, from: EpochMilliseconds): string {
  const start = windowStart(clock, from);
  if (clock.kind === 'epoch') return String(start);
  const offset = clock.kind === 'account-minutes' ? (offsetOf(clock.timeZone, start) ?? 0) : 0;
  return `"${new Date(start + offset).toISOString().slice(0, 16).replace('T', ' ')}"`;
}

/** Offset of a zone from UTC at an instant, in milliseconds; null for a zone that is not known. */
function offsetOf(timeZone: string, at: EpochMilliseconds): number | null {
  const form = formOf(timeZone);
  if (form === null) return null;
  const parts = new Map(form.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(at / 1000) * 1000;
}

const forms = new Map<string, Intl.DateTimeFormat>();

function formOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = forms.get(timeZone);
  if (known !== undefined) return known;
  try {
    const form = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    // A site chooses this name: the memory must not grow without end.
    if (forms.size < 1_000) forms.set(timeZone, form);
    return form;
  } catch {
    return null;
  }
}
