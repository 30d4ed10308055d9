/** Wall-clock time of a zone, as Jira writes and reads it. */

const formats = new Map<string, Intl.DateTimeFormat>();
/** Offsets change on the quarter hour at most; asking Intl for every date would cost more than all the rest. */
const offsets = new Map<string, number>();
const offsetGrainMilliseconds = 900_000;
const mostOffsets = 20_000;

/** Offset from UTC in minutes of `zone` at `instant` (epoch milliseconds). */
export function zoneOffsetMinutes(instant: number, zone: string): number {
  const quarter = Math.floor(instant / offsetGrainMilliseconds);
  const cacheKey = `${zone} ${quarter}`;
  const known = offsets.get(cacheKey);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format
    .formatToParts(quarter * offsetGrainMilliseconds)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name ?? '') ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (offsets.size >= mostOffsets) offsets.clear();
  offsets.set(cacheKey, offset);
  return offset;
}

/** `2018-05-02T12:28:16.000-0700`: no colon in the offset. */
export function jiraTimestamp(instant: number, zone: string): string {
  const offset = zoneOffsetMinutes(instant, zone);
  const local = new Date(instant + offset * 60_000).toISOString().slice(0, 23);
  const absolute = Math.abs(offset);
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${digits(Math.floor(absolute / 60))}${digits(absolute % 60)}`;
}

/** The instant at which clocks in `zone` show the given wall time; in the hour that is skipped, that of the old offset. */
export function instantOfWallTime(wallMilliseconds: number, zone: string): number {
  const guess = wallMilliseconds - zoneOffsetMinutes(wallMilliseconds, zone) * 60_000;
  return wallMilliseconds - zoneOffsetMinutes(guess, zone) * 60_000;
}
