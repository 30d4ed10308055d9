/** Jira's dates: tolerant of every form seen, strict about what they mean. */

/** Epoch milliseconds, UTC. */
export type EpochMilliseconds = number;

const instantForm =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)$/i;
const dayForm = /^(\d{4})-(\d{2})-(\d{2})/;

/**
 * Reads `2018-05-02T12:28:16.000-0700`, with or without the colon in the offset, `Z`, seconds and fraction. A number
 * is taken as epoch milliseconds. Null for anything else: an instant without an offset means nothing.
 */
export function readJiraInstant(value: unknown): EpochMilliseconds | null {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : null;
  if (typeof value !== 'string') return null;
  const parts = instantForm.exec(value.trim());
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone = 'Z'] = parts;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    milliseconds,
  );
  if (!isCalendarDay(Number(year), Number(month), Number(day)) || Number(hour) > 24 || Number(minute) > 59) return null;
  return local - offsetMilliseconds(zone);
}

/** Reads the day of `2018-05-02`, also from a longer text; null when there is none. */
export function readJiraDay(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const parts = dayForm.exec(value);
  if (parts === null) return null;
  return isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) ? parts[0] : null;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0;
}

function offsetMilliseconds(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
