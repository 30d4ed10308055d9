/** Wall-clock time in a zone and back. The zones' rules come from the platform (Intl); the instant is an argument. */

export interface LocalTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const minute = 60_000;
const hour = 60 * minute;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** @param at epoch milliseconds @throws RangeError for a zone that the platform does not know */
export function localTime(at: number, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, hour: part('hour'), minute: part('minute'), weekday: weekday === 0 ? 7 : weekday };
}

/** `2026-12-20T09:30` */
export function localText(at: number, timeZone: string): string {
  const { year, month, day, hour: hours, minute: minutes } = localTime(at, timeZone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hours)}:${two(minutes)}`;
}

/**
 * The instant of a wall-clock time such as `2026-03-29T02:30`. One that a zone leaves out in spring is taken as the moment when
 * clocks are put forward; of one that comes twice in autumn, the first is meant.
 */
export function instantOf(text: string, timeZone: string): number {
  const asUtc = Date.parse(`${text}:00Z`);
  // Zones lie between −12 and +14 hours: the offsets around the day are the only ones that can hold.
  const offsets = [asUtc - 26 * hour, asUtc + 26 * hour].map((near) => offsetAt(near, timeZone));
  const candidates = offsets.map((offset) => asUtc - offset).filter((at) => localText(at, timeZone) === text);
  if (candidates.length > 0) return Math.min(...candidates);
  return firstAfterGap(asUtc, offsets, timeZone);
}

function offsetAt(at: number, timeZone: string): number {
  const { year, month, day, hour: hours, minute: minutes } = localTime(at, timeZone);
  return Date.UTC(year, month - 1, day, hours, minutes) - Math.floor(at / minute) * minute;
}

/** Between the instants by the two offsets lies the change of the clocks; minutes are fine enough. */
function firstAfterGap(asUtc: number, offsets: readonly number[], timeZone: string): number {
  let low = asUtc - Math.max(...offsets);
  let high = asUtc - Math.min(...offsets);
  const before = offsetAt(low, timeZone);
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / 2 / minute) * minute;
    if (offsetAt(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return high;
}
