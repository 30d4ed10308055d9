/** The dates of JQL: epoch milliseconds, minute strings in the zone of the account, offsets from now, functions. */
import { instantOfWallTime, zoneOffsetMinutes } from '../zone.ts';
import { JqlError } from './jql-error.ts';
import type { Operand } from './parse.ts';

const unitMilliseconds: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000 };

/** The instant, epoch milliseconds, that `operand` names for a person in `zone` at `now`. */
export function readInstant(field: string, operand: Operand, zone: string, now: number): number {
  if (operand.kind === 'function') return readFunction(field, operand.name, operand.parameters, zone, now);
  if (operand.kind === 'empty')
    throw new JqlError(`The field '${field}' cannot be compared with EMPTY by this operator.`);
  const text = operand.text.trim();
  // A number alone counts milliseconds since 1970 and knows no zone.
  if (/^-?\d+$/.test(text)) return Number(text);
  const offset = readOffset(text);
  if (offset !== null) return now + offset;
  // The finest grain is the minute: a string with seconds is no date for Jira.
  const [whole, year, month, day, hour = '0', minute = '0'] =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text) ?? [];
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  const isReal =
    whole !== undefined && new Date(wall).getUTCDate() === Number(day) && Number(hour) < 24 && Number(minute) < 60;
  if (!isReal) {
    throw new JqlError(
      `Date value '${text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    );
  }
  return instantOfWallTime(wall, zone);
}

function readFunction(field: string, name: string, parameters: readonly string[], zone: string, now: number): number {
  const dayMilliseconds = 86_400_000;
  const wallNow = now + zoneOffsetMinutes(now, zone) * 60_000;
  const midnight = Math.floor(wallNow / dayMilliseconds) * dayMilliseconds;
  const offset = parameters[0] === undefined ? 0 : readOffset(parameters[0]);
  if (offset === null || parameters.length > 1)
    throw new JqlError(`The function '${name}' in field '${field}' has wrong arguments.`);
  if (name === 'now') return now + offset;
  if (name === 'startofday') return instantOfWallTime(midnight, zone) + offset;
  if (name === 'endofday') return instantOfWallTime(midnight + dayMilliseconds, zone) - 1 + offset;
  throw new JqlError(`Unable to find JQL function '${name}(${parameters.join(', ')})'.`);
}

/** `-4w 2d`, milliseconds; null where it is no offset. */
function readOffset(text: string): number | null {
  if (!/^[+-]?\d+[wdhm](?:\s+\d+[wdhm])*$/.test(text)) return null;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([wdhm])/g))
    sum += Number(count) * (unitMilliseconds[unit ?? ''] ?? 0);
  return text.startsWith('-') ? -sum : sum;
}
