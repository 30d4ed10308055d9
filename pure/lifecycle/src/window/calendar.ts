/** A side's calendar: hours in which it changes things, and periods in which it changes nothing. */
import { instantOf, localText, localTime } from './local-time.ts';

export interface Freeze {
  /** Wall-clock time, such as `2026-12-20T00:00`; `until` is not part of it. */
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

export interface Calendar {
  /** IANA name. */
  readonly timeZone: string;
  readonly freezes: readonly Freeze[];
  /** Absent: at any time. */
  readonly hours?: { readonly days: readonly number[]; readonly from: string; readonly until: string } | undefined;
}

/** What holds where a side has said nothing. */
export const openCalendar: Calendar = { timeZone: 'UTC', freezes: [] };

export interface Window {
  /** Epoch milliseconds; `endsAt` is not part of it. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The freeze period that a window touches; null where it touches none. */
export function freezeIn({ startsAt, endsAt }: Window, { freezes, timeZone }: Calendar): Freeze | null {
  return (
    freezes.find(({ from, until }) => instantOf(from, timeZone) < endsAt && instantOf(until, timeZone) > startsAt) ??
    null
  );
}

/** Windows that suit both sides, the earliest first. */
export function proposeWindows(choice: {
  readonly earliestAt: number;
  readonly lengthMilliseconds: number;
  readonly operator: Calendar;
  readonly customer: Calendar;
  /** How many are wanted. */
  readonly count: number;
}): Window[] {
  const { earliestAt, lengthMilliseconds, operator, customer, count } = choice;
  const found: Window[] = [];
  let startsAt = Math.ceil(earliestAt / step) * step;
  const end = startsAt + horizon;
  while (startsAt < end && found.length < count) {
    const window = { startsAt, endsAt: startsAt + lengthMilliseconds };
    const busyUntil = Math.max(notBefore(window, operator), notBefore(window, customer));
    if (busyUntil > startsAt) {
      startsAt = Math.ceil(busyUntil / step) * step;
      continue;
    }
    found.push(window);
    // One a day: people choose a day first.
    startsAt = Math.max(instantOf(`${nextDay(startsAt, customer.timeZone)}T00:00`, customer.timeZone), startsAt + step);
  }
  return found;
}

const minute = 60_000;
const step = 15 * minute;
const day = 24 * 60 * minute;
/** Beyond a year nobody plans. */
const horizon = 400 * day;

/** The window's own beginning where it suits; otherwise a later instant from which it could. */
function notBefore(window: Window, calendar: Calendar): number {
  const freeze = freezeIn(window, calendar);
  if (freeze !== null) return instantOf(freeze.until, calendar.timeZone);
  const { hours, timeZone } = calendar;
  if (hours === undefined) return window.startsAt;
  const local = localTime(window.startsAt, timeZone);
  const date = localText(window.startsAt, timeZone).slice(0, 10);
  const opens = instantOf(`${date}T${hours.from}`, timeZone);
  const closes = instantOf(`${date}T${hours.until}`, timeZone);
  const isWorkday = hours.days.includes(local.weekday);
  if (isWorkday && window.startsAt >= opens && window.startsAt < closes) return window.startsAt;
  if (isWorkday && window.startsAt < opens) return opens;
  return instantOf(`${nextDay(window.startsAt, timeZone)}T${hours.from}`, timeZone);
}

/** `2026-12-21`: the date after that of an instant, in a zone. */
function nextDay(at: number, timeZone: string): string {
  const { year, month, day: dayOfMonth } = localTime(at, timeZone);
  return new Date(Date.UTC(year, month - 1, dayOfMonth + 1)).toISOString().slice(0, 10);
}
