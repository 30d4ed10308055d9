/** A side's calendar: hours in which it changes things, and periods in which it changes nothing. */
import { instantOf, localTime } from './local-time.ts';

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
  /** Absent: at any time. Where `until` is earlier than `from`, it is that of the next day. */
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

/** Whether a side changes things at this instant. */
export function inHours(at: number, calendar: Calendar): boolean {
  return opensAt(at, calendar) === at;
}

/** Windows that suit both sides, the earliest first. */
export function proposeWindows(choice: {
  readonly earliestAt: number;
  /** None ends later; absent or null: whenever. */
  readonly latestEndAt?: number | null;
  readonly lengthMilliseconds: number;
  readonly operator: Calendar;
  readonly customer: Calendar;
  /** How many are wanted. */
  readonly count: number;
}): Window[] {
  const { earliestAt, lengthMilliseconds, operator, customer, count } = choice;
  const found: Window[] = [];
  let startsAt = Math.ceil(earliestAt / step) * step;
  const end = Math.min(startsAt + horizon, (choice.latestEndAt ?? Infinity) - lengthMilliseconds + 1);
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
  return freeze === null ? opensAt(window.startsAt, calendar) : instantOf(freeze.until, calendar.timeZone);
}

/** The instant itself where the side changes things then; otherwise a later one from which it may. */
function opensAt(at: number, { hours, timeZone }: Calendar): number {
  if (hours === undefined) return at;
  // What began yesterday may go on past midnight.
  for (const days of [-1, 0]) {
    const date = dateNear(at, timeZone, days);
    if (!hours.days.includes(weekdayOf(date))) continue;
    const opens = instantOf(`${date}T${hours.from}`, timeZone);
    const last = hours.until > hours.from ? date : dateNear(at, timeZone, days + 1);
    if (at >= opens && at < instantOf(`${last}T${hours.until}`, timeZone)) return at;
    if (days === 0 && at < opens) return opens;
  }
  return instantOf(`${nextDay(at, timeZone)}T${hours.from}`, timeZone);
}

/** `2026-12-21`: the date after that of an instant, in a zone. */
function nextDay(at: number, timeZone: string): string {
  return dateNear(at, timeZone, 1);
}

/** The date of an instant in a zone, so many days later. */
function dateNear(at: number, timeZone: string, days: number): string {
  const { year, month, day: dayOfMonth } = localTime(at, timeZone);
  return new Date(Date.UTC(year, month - 1, dayOfMonth + days)).toISOString().slice(0, 10);
}

/** 1 is Monday. */
function weekdayOf(date: string): number {
  const weekday = new Date(`${date}T00:00Z`).getUTCDay();
  return weekday === 0 ? 7 : weekday;
}
