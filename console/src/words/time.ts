import type { Tone } from './tone.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Milliseconds of a day. */
export const day = 24 * hour;

/** A length of time in the two largest units that say something: `12 s`, `4 min`, `3 h 20 min`, `46 days`. */
export function durationWords(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length < second) return `${Math.round(length)} ms`;
  if (length < minute) return `${Math.round(length / second)} s`;
  if (length < hour) return `${Math.floor(length / minute)} min`;
  if (length < day) {
    const minutes = Math.floor((length % hour) / minute);
    return minutes === 0 ? `${Math.floor(length / hour)} h` : `${Math.floor(length / hour)} h ${minutes} min`;
  }
  const days = Math.floor(length / day);
  return days === 1 ? '1 day' : `${days} days`;
}

/** `3 min ago`, `in 46 days`, `just now`. */
export function relativeWords(instant: string, now: number): string {
  const difference = Date.parse(instant) - now;
  if (Math.abs(difference) < 2 * second) return 'just now';
  return difference < 0 ? `${durationWords(difference)} ago` : `in ${durationWords(difference)}`;
}

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const clockFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** `9 Jan 2027`, in UTC like every instant of the system. */
export function dateWords(instant: string): string {
  return dateFormat.format(new Date(instant));
}

/** `14:02:11 UTC`. */
export function clockWords(instant: string): string {
  return `${clockFormat.format(new Date(instant))} UTC`;
}

/** `25 Nov 2026, 14:02:11 UTC`. */
export function instantWords(instant: string): string {
  return `${dateWords(instant)}, ${clockWords(instant)}`;
}

/** Whole days until a certificate's end; negative after it. */
export function daysUntil(instant: string, now: number): number {
  return Math.floor((Date.parse(instant) - now) / day);
}

/**
 * A certificate worries people from 30 days before its end (the first of the late notices), and alarms from 7; but never
 * in the first third of its life, so that a short-lived one is not born worrying.
 */
export function expiryTone(certificate: { readonly notBefore?: string; readonly notAfter: string }, now: number): Tone {
  const days = daysUntil(certificate.notAfter, now);
  if (days < 0) return 'bad';
  if (certificate.notBefore !== undefined) {
    const begin = Date.parse(certificate.notBefore);
    if (now - begin < (Date.parse(certificate.notAfter) - begin) / 3) return 'ok';
  }
  if (days < 7) return 'bad';
  return days < 30 ? 'warn' : 'ok';
}

/** Of what ends then: `46 days left`, `ends in 5 h`, `ended 11 min ago`, `ended 3 days ago`. */
export function lifeLeftWords(notAfter: string, now: number): string {
  const left = Date.parse(notAfter) - now;
  if (left <= 0) return `ended ${relativeWords(notAfter, now)}`;
  return left < day ? `ends ${relativeWords(notAfter, now)}` : `${durationWords(left)} left`;
}
