import { X509Error } from './x509-error.ts';

/** Milliseconds since 1970-01-01T00:00:00Z without leap seconds. Every verdict takes one; nothing here reads a clock. */
export type UtcInstant = number & { readonly __utcInstant: unique symbol };

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/** An instant from RFC 3339 text or from epoch milliseconds. @throws X509Error `X509_INSTANT_INVALID` */
export function utcInstant(value: string | number): UtcInstant {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new X509Error('X509_INSTANT_INVALID', 0, 'an instant must be a finite number');
    return Math.trunc(value) as UtcInstant;
  }
  const match = rfc3339.exec(value);
  const milliseconds = match === null ? Number.NaN : Date.parse(value.replace(' ', 'T').toUpperCase());
  if (
    match === null ||
    Number.isNaN(milliseconds) ||
    Number(match[3]) > daysOfMonth(Number(match[1]), Number(match[2]))
  )
    throw new X509Error('X509_INSTANT_INVALID', 0, 'an instant must be RFC 3339 with seconds and offset');
  return milliseconds as UtcInstant;
}

/** Days of a month of the Gregorian calendar; 0 for a month that does not exist. */
export function daysOfMonth(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Epoch milliseconds of a civil UTC date and time, for any year from 0 on (`Date.UTC` moves years below 100). */
export function instantOfCivil(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): UtcInstant {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return ((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000) as UtcInstant;
}

/** RFC 3339 with seconds, in UTC: `2026-11-24T09:00:00Z`. */
export function formatInstant(instant: UtcInstant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
