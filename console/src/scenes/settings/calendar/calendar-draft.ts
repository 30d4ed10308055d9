import type { SideCalendar } from '@sallyport/console-api';

/** A side's calendar as it is typed. */
export interface CalendarDraft {
  readonly timeZone: string;
  readonly withHours: boolean;
  /** 1 is Monday. */
  readonly days: readonly number[];
  readonly from: string;
  readonly until: string;
  readonly freezes: readonly FreezeDraft[];
}

export interface FreezeDraft {
  /** Only for the list on the page: periods are added and removed. */
  readonly key: number;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
}

/** By path within the calendar, such as `freezes.0.until`. */
export type CalendarFaults = Readonly<Record<string, string>>;

export const workdays: readonly number[] = [1, 2, 3, 4, 5];
export const emptyCalendar: CalendarDraft = {
  timeZone: 'UTC',
  withHours: false,
  days: workdays,
  from: '09:00',
  until: '17:00',
  freezes: [],
};

export function draftOfCalendar({ timeZone, freezes, hours }: SideCalendar): CalendarDraft {
  return {
    timeZone,
    withHours: hours !== undefined,
    days: hours?.days ?? workdays,
    from: hours?.from ?? emptyCalendar.from,
    until: hours?.until ?? emptyCalendar.until,
    freezes: freezes.map((freeze, key) => ({ key, ...freeze })),
  };
}

/** Freeze periods in the order in which they come. */
export function calendarOf({ timeZone, withHours, days, from, until, freezes }: CalendarDraft): SideCalendar {
  return {
    timeZone: timeZone.trim(),
    freezes: freezes
      .map((freeze) => ({ from: freeze.from, until: freeze.until, reason: freeze.reason.trim() }))
      .toSorted((one, other) => one.from.localeCompare(other.from)),
    ...(withHours ? { hours: { days: days.toSorted((one, other) => one - other), from, until } } : {}),
  };
}

const localTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u;

/** What a person can see and repair before anything is sent. */
export function calendarFaults(draft: CalendarDraft): CalendarFaults {
  const faults: Record<string, string> = {};
  if (!isTimeZone(draft.timeZone.trim())) faults.timeZone = 'This is no time zone such as Europe/Berlin.';
  if (draft.withHours && draft.days.length === 0) faults['hours.days'] = 'Choose at least one day.';
  if (draft.withHours && (draft.from === '' || draft.until === '' || draft.from === draft.until))
    faults['hours.until'] = 'Another time than the beginning; an earlier one is that of the next day.';
  draft.freezes.forEach(({ from, until, reason }, index) => {
    if (!localTime.test(from)) faults[`freezes.${index}.from`] = 'Say when it begins.';
    if (!localTime.test(until)) faults[`freezes.${index}.until`] = 'Say when it ends.';
    else if (localTime.test(from) && from >= until) faults[`freezes.${index}.until`] = 'It ends before it begins.';
    if (reason.trim() === '') faults[`freezes.${index}.reason`] = 'Say why, in a few words.';
  });
  return faults;
}

export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
