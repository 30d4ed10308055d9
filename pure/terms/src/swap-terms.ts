/** What both sides agreed about swaps of our client certificate. */
import type { TermsFault } from './terms-fault.ts';

const classes = ['no-change', 'new-intermediate', 'new-ca', 'leaf-pinned'] as const;
type TermsSwapClass = (typeof classes)[number];

/** Wall-clock time in the customer's zone, such as `2026-12-20T00:00`. */
export interface TermsFreeze {
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

/** Each member is optional; absent is the stricter one. */
export interface TermsSwaps {
  /** `leaf`: the enforcer lists our very certificate. Absent: it goes by authority and name. */
  readonly matching?: 'ca-and-name' | 'leaf' | undefined;
  /** Days between proposal and window; absent members are 0, 14, 30 and 30. */
  readonly noticeDays?: Partial<Readonly<Record<TermsSwapClass, number>>> | undefined;
  /** Classes that the customer approves each time. Absent: all but `no-change`. */
  readonly customerApproves?: readonly TermsSwapClass[] | undefined;
  /** Swaps of the class `no-change` are a standing change: approved once for all, canary at any time. */
  readonly standingApproval?: boolean | undefined;
  /** Nothing is swapped without the customer's own change number. */
  readonly changeNumberRequired?: boolean | undefined;
  /** When the customer works, and when it changes nothing. */
  readonly calendar?:
    | {
        /** IANA name. */
        readonly timeZone: string;
        readonly freezes: readonly TermsFreeze[];
        /** 1 is Monday; `from` and `until` as `HH:MM`, an earlier `until` being that of the next day. Absent: at any time. */
        readonly hours?:
          | { readonly days: readonly number[]; readonly from: string; readonly until: string }
          | undefined;
      }
    | undefined;
}

const defaultNotice: Readonly<Record<TermsSwapClass, number>> = {
  'no-change': 0,
  'new-intermediate': 14,
  'new-ca': 30,
  'leaf-pinned': 30,
};
const longestNoticeDays = 365;
const mostFreezes = 200;
const localTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

export function swapFaults(swaps: TermsSwaps): TermsFault[] {
  const faults: TermsFault[] = [];
  const add = (path: string, message: string): void => {
    faults.push({ code: 'TERMS_SWAPS', path: `swaps.${path}`, message });
  };
  for (const [name, days] of Object.entries(swaps.noticeDays ?? {}))
    if (!Number.isInteger(days) || days < 0 || days > longestNoticeDays)
      add(`noticeDays.${name}`, `Notice is 0 to ${longestNoticeDays} whole days.`);
  const { calendar } = swaps;
  if (calendar !== undefined)
    for (const { path, message } of calendarFaults(calendar)) add(`calendar.${path}`, message);
  return faults;
}

type TermsCalendar = NonNullable<TermsSwaps['calendar']>;

/** Of either side's calendar; the paths are those within it. */
export function calendarFaults(calendar: TermsCalendar): { readonly path: string; readonly message: string }[] {
  const faults: { path: string; message: string }[] = [];
  const add = (path: string, message: string): void => {
    faults.push({ path, message });
  };
  if (!isTimeZone(calendar.timeZone)) add('timeZone', 'This is no time zone such as Europe/Berlin.');
  if (calendar.freezes.length > mostFreezes) add('freezes', `At most ${mostFreezes} freeze periods.`);
  calendar.freezes.forEach(({ from, until }, index) => {
    if (!isLocalTime(from) || !isLocalTime(until) || from >= until)
      add(`freezes.${index}`, 'A freeze period ends after it begins, in local time such as 2026-12-20T00:00.');
  });
  const { hours } = calendar;
  if (hours === undefined) return faults;
  if (!clockTime.test(hours.from) || !clockTime.test(hours.until) || hours.from === hours.until)
    add('hours', 'Hours are from HH:MM until another HH:MM; an earlier one is that of the next day.');
  if (hours.days.length === 0 || hours.days.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
    add('hours.days', 'Name at least one day; 1 is Monday, 7 is Sunday.');
  return faults;
}

/** Of the form, and a time that there is: the 31st of February or 25 o'clock would freeze nothing that anybody meant. */
function isLocalTime(text: string): boolean {
  const at = localTime.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** How `after` lets a swap pass with less of the customer's say. */
export function swapWeakenings(before: TermsSwaps | undefined, after: TermsSwaps | undefined): string[] {
  const sentences: string[] = [];
  for (const name of classes) {
    const [old, now] = [before, after].map((swaps) => swaps?.noticeDays?.[name] ?? defaultNotice[name]);
    if (old !== undefined && now !== undefined && now < old)
      sentences.push(`Swaps of the class ${name} would come with ${now} instead of ${old} days' notice.`);
  }
  const asked = (swaps: TermsSwaps | undefined): readonly string[] =>
    swaps?.customerApproves ?? classes.filter((name) => name !== 'no-change');
  const dropped = asked(before).filter((name) => !asked(after).includes(name));
  if (dropped.length > 0)
    sentences.push(`The customer would no longer approve swaps of the class ${dropped.join(', ')}.`);
  if (before?.standingApproval !== true && after?.standingApproval === true)
    sentences.push('Swaps that change nothing for the customer would be a standing change, approved once for all.');
  if (before?.changeNumberRequired === true && after?.changeNumberRequired !== true)
    sentences.push('Swaps would not need the customer’s change number any more.');
  if (before?.matching === 'leaf' && after?.matching !== 'leaf')
    sentences.push('Swaps would no longer be treated as if the enforcer listed our very certificate.');
  return sentences;
}

/** For the printed page. */
export function swapWords(swaps: TermsSwaps): string {
  const days = classes.map((name) => `${name} ${swaps.noticeDays?.[name] ?? defaultNotice[name]}`).join(', ');
  const asked = (swaps.customerApproves ?? classes.filter((name) => name !== 'no-change')).join(', ');
  const parts = [
    `The enforcer recognises us by ${swaps.matching === 'leaf' ? 'our very certificate' : 'authority and name'}.`,
    `Days of notice: ${days}.`,
    `The customer approves: ${asked === '' ? 'custom certificates only' : `custom certificates, and ${asked}`}.`,
    ...(swaps.standingApproval === true ? ['What changes nothing is a standing change.'] : []),
    ...(swaps.changeNumberRequired === true ? ['The customer’s change number is required.'] : []),
    ...(swaps.calendar === undefined ? [] : calendarWords(swaps.calendar)),
  ];
  return parts.join(' ');
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Each period by itself: people sign off when nothing is touched, not how often. */
function calendarWords({ timeZone, hours, freezes }: TermsCalendar): string[] {
  const local = (text: string): string => text.replace('T', ' ');
  const days = (hours?.days ?? []).map((day) => weekdays[day - 1] ?? String(day)).join(', ');
  return [
    hours === undefined
      ? `Times are those of ${timeZone}.`
      : `Changes begin ${hours.from} to ${hours.until}${hours.until < hours.from ? ' of the next day' : ''} on ${days}, in ${timeZone}.`,
    ...freezes.map(
      ({ from, until, reason }) =>
        `Nothing is changed from ${local(from)} until ${local(until)}${reason === '' ? '' : ` (${reason})`}.`,
    ),
  ];
}
