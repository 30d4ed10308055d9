import type { SideCalendar } from '@sallyport/console-api';

export type DayState = 'open' | 'closed' | 'frozen' | 'partly-frozen';

export interface CalendarDay {
  /** `2026-12-24` */
  readonly date: string;
  readonly dayOfMonth: number;
  readonly state: DayState;
  readonly isToday: boolean;
  /** In words, for whoever points at it. */
  readonly words: string;
}

export interface CalendarMonth {
  /** `2026-12` */
  readonly month: string;
  readonly label: string;
  readonly days: readonly CalendarDay[];
}

const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

const stateWords: Readonly<Record<DayState, string>> = {
  open: 'changes are made',
  closed: 'no working day',
  frozen: 'frozen',
  'partly-frozen': 'frozen for a part of the day',
};

/**
 * The next months as a side sees them. Freeze periods are wall-clock times of the calendar's own zone, and so are the
 * days: nothing is converted but today. @param now epoch milliseconds
 */
export function calendarMonths(calendar: SideCalendar, now: number, count: number): readonly CalendarMonth[] {
  const today = localDate(now, calendar.timeZone);
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const first = new Date(Date.UTC(year, month - 1 + index, 1));
    const length = new Date(Date.UTC(year, month + index, 0)).getUTCDate();
    return {
      month: first.toISOString().slice(0, 7),
      label: monthFormat.format(first),
      days: Array.from({ length }, (_day, place) => dayOf(calendar, first, place + 1, today)),
    };
  });
}

function dayOf({ freezes, hours }: SideCalendar, first: Date, dayOfMonth: number, today: string): CalendarDay {
  const at = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), dayOfMonth));
  const date = at.toISOString().slice(0, 10);
  const [begin, end] = [`${date}T00:00`, `${new Date(at.getTime() + 86_400_000).toISOString().slice(0, 10)}T00:00`];
  // Wall-clock times of one form: their order is that of their texts.
  const touching = freezes.filter(({ from, until }) => from < end && until > begin);
  const whole = touching.some(({ from, until }) => from <= begin && until >= end);
  const weekday = at.getUTCDay() === 0 ? 7 : at.getUTCDay();
  const closed = hours !== undefined && !hours.days.includes(weekday);
  const state = whole ? 'frozen' : touching.length > 0 ? 'partly-frozen' : closed ? 'closed' : 'open';
  const reasons = touching.map(({ reason }) => reason).filter((reason) => reason !== '');
  return {
    date,
    dayOfMonth,
    state,
    isToday: date === today,
    words: `${dayFormat.format(at)}: ${[stateWords[state], ...reasons].join(', ')}${date === today ? ' (today)' : ''}`,
  };
}

/** `2026-11-26` in a zone; in UTC where the zone is not one yet, because somebody is typing. */
function localDate(now: number, timeZone: string): string {
  const parts = (zone: string): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
  try {
    return parts(timeZone);
  } catch {
    return parts('UTC');
  }
}
