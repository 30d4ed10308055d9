import type { SwapClass, TermsDocument } from '@sallyport/console-api';
import { swapClassWords } from './swap.ts';

type SwapTerms = NonNullable<TermsDocument['swaps']>;

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const classes: readonly SwapClass[] = ['no-change', 'new-intermediate', 'new-ca', 'leaf-pinned'];

/** What the terms say about swaps of our certificate; where they say nothing, what holds then. */
export function swapTermsSentences(terms: SwapTerms | undefined): readonly string[] {
  if (terms === undefined) {
    return [
      'As usual: known by authority and name; 0, 14 or 30 days of notice by what changes; the customer approves whatever does.',
    ];
  }
  const { matching, noticeDays = {}, customerApproves, standingApproval, changeNumberRequired, calendar } = terms;
  const notice = classes.flatMap((name) => {
    const days = noticeDays[name];
    return days === undefined ? [] : [`${swapClassWords(name).toLowerCase()} ${days}`];
  });
  return [
    matching === 'leaf' ? 'Our very certificate is pinned there.' : 'Known by authority and name.',
    ...(notice.length === 0 ? [] : [`Days of notice: ${notice.join(', ')}.`]),
    ...(customerApproves === undefined ? [] : [approvalWords(customerApproves)]),
    ...(standingApproval === true ? ['What changes nothing for them is a standing change.'] : []),
    ...(changeNumberRequired === true ? ['Their own change number is required.'] : []),
    ...(calendar === undefined ? [] : calendarSentences(calendar)),
  ];
}

function approvalWords(approved: readonly SwapClass[]): string {
  if (approved.length === 0) return 'The customer approves swaps of their own certificates only.';
  return `The customer approves: ${classes
    .filter((name) => approved.includes(name))
    .map((name) => swapClassWords(name).toLowerCase())
    .join(', ')}.`;
}

function calendarSentences({ timeZone, hours, freezes }: NonNullable<SwapTerms['calendar']>): readonly string[] {
  const local = (text: string): string => text.replace('T', ' ');
  const days = (hours?.days ?? []).flatMap((day) => weekdays[day - 1] ?? []).join(', ');
  return [
    hours === undefined
      ? `Times are those of ${timeZone}.`
      : `Changes begin ${hours.from} to ${hours.until}${hours.until < hours.from ? ' of the next day' : ''} on ${days}, in ${timeZone}.`,
    ...freezes.map(
      ({ from, until, reason }) =>
        `Nothing is changed from ${local(from)} until ${local(until)}${reason === '' ? '' : `: ${reason}`}.`,
    ),
  ];
}
