/** Wall-clock times of the operator's zone, as `<input type="datetime-local">` writes them: `2026-12-20T09:30`. */

const minute = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

/** `2026-12-20T09:30`; the Swedish form of a date is the ISO one. */
export function wallClock(at: number, timeZone: string): string {
  return formatOf(timeZone).format(at).replace(' ', 'T');
}

/**
 * The instant of a wall-clock time in a zone; null for a text that is no time. Of a time that comes twice in autumn one is
 * taken, and one that a zone leaves out in spring becomes the hour after it.
 */
export function instantOfWallClock(text: string, timeZone: string): number | null {
  // Date.parse takes stranger texts for times.
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/u.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (at: number): number => Date.parse(`${wallClock(at, timeZone)}:00Z`) - at;
  // The offset of the instant itself, which the first guess may miss by a change of the clocks.
  const guess = asUtc - offsetAt(Math.floor(asUtc / minute) * minute);
  return asUtc - offsetAt(guess);
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** `Thu 17 Dec, 12:00 to 16:00`, of two wall-clock times of one zone. */
export function windowWords(local: string, localEnd: string): string {
  const day = (text: string): string => dayFormat.format(Date.parse(`${text.slice(0, 16)}:00Z`)).replace(',', '');
  const clock = (text: string): string => text.slice(11, 16);
  const sameDay = local.slice(0, 10) === localEnd.slice(0, 10);
  return `${day(local)}, ${clock(local)} to ${sameDay ? '' : `${day(localEnd)}, `}${clock(localEnd)}`;
}
