import type { NewConnection, SwapClass } from '@sallyport/console-api';
import {
  calendarFaults,
  calendarOf,
  draftOfCalendar,
  emptyCalendar,
  type CalendarDraft,
} from '../settings/calendar/calendar-draft.ts';

type SwapTerms = NonNullable<NewConnection['swaps']>;

/** What the terms say about swaps of our client certificate, as it is typed. */
export interface SwapsDraft {
  readonly matching: 'ca-and-name' | 'leaf';
  /** Days; empty: the usual notice. */
  readonly noticeDays: Readonly<Record<SwapClass, string>>;
  readonly customerApproves: readonly SwapClass[];
  readonly standingApproval: boolean;
  readonly changeNumberRequired: boolean;
  readonly withCalendar: boolean;
  readonly calendar: CalendarDraft;
}

/** In the order of how much they ask of the customer. */
export const swapClasses: readonly SwapClass[] = ['no-change', 'new-intermediate', 'new-ca', 'leaf-pinned'];
/** What holds where the terms say nothing. */
export const usualNotice: Readonly<Record<SwapClass, number>> = {
  'no-change': 0,
  'new-intermediate': 14,
  'new-ca': 30,
  'leaf-pinned': 30,
};
const usuallyApproved = swapClasses.filter((name) => name !== 'no-change');

export const emptySwaps: SwapsDraft = {
  matching: 'ca-and-name',
  noticeDays: { 'no-change': '', 'new-intermediate': '', 'new-ca': '', 'leaf-pinned': '' },
  customerApproves: usuallyApproved,
  standingApproval: false,
  changeNumberRequired: false,
  withCalendar: false,
  calendar: emptyCalendar,
};

export function draftOfSwaps(terms: SwapTerms = {}): SwapsDraft {
  const days = (name: SwapClass): string => String(terms.noticeDays?.[name] ?? '');
  return {
    matching: terms.matching ?? 'ca-and-name',
    noticeDays: {
      'no-change': days('no-change'),
      'new-intermediate': days('new-intermediate'),
      'new-ca': days('new-ca'),
      'leaf-pinned': days('leaf-pinned'),
    },
    customerApproves: terms.customerApproves ?? usuallyApproved,
    standingApproval: terms.standingApproval ?? false,
    changeNumberRequired: terms.changeNumberRequired ?? false,
    withCalendar: terms.calendar !== undefined,
    calendar: terms.calendar === undefined ? emptyCalendar : draftOfCalendar(terms.calendar),
  };
}

/** Only what differs from what holds anyway; null where nothing does. */
export function swapsOf(draft: SwapsDraft): SwapTerms | null {
  const { matching, noticeDays, standingApproval, changeNumberRequired } = draft;
  const notice = swapClasses.flatMap((name) =>
    noticeDays[name].trim() === '' ? [] : [[name, Number(noticeDays[name])] as const],
  );
  const approves = swapClasses.filter((name) => draft.customerApproves.includes(name));
  const terms: SwapTerms = {
    ...(matching === 'leaf' ? { matching } : {}),
    ...(notice.length === 0 ? {} : { noticeDays: Object.fromEntries(notice) }),
    ...(approves.join() === usuallyApproved.join() ? {} : { customerApproves: approves }),
    ...(standingApproval ? { standingApproval } : {}),
    ...(changeNumberRequired ? { changeNumberRequired } : {}),
    ...(draft.withCalendar ? { calendar: calendarOf(draft.calendar) } : {}),
  };
  return Object.keys(terms).length === 0 ? null : terms;
}

const mostDays = 365;

/** By path within the terms, such as `swaps.noticeDays.new-ca`. */
export function swapsFaults(draft: SwapsDraft): Readonly<Record<`swaps.${string}`, string>> {
  const faults: Record<`swaps.${string}`, string> = {};
  for (const name of swapClasses) {
    const text = draft.noticeDays[name].trim();
    if (text !== '' && !(/^\d{1,3}$/u.test(text) && Number(text) <= mostDays))
      faults[`swaps.noticeDays.${name}`] = `Whole days, 0 to ${mostDays}, or nothing.`;
  }
  if (draft.withCalendar)
    for (const [path, message] of Object.entries(calendarFaults(draft.calendar)))
      faults[`swaps.calendar.${path}`] = message;
  return faults;
}
