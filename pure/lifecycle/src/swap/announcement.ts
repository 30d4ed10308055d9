/** What the customer's side is told of a swap, ready to send: what changes, what to do, by when. */
import { localText } from '../window/local-time.ts';
import { earliestWindow } from './guards.ts';
import { classSentence } from './swap-class.ts';
import type { SwapFacts } from './swap-facts.ts';

export function announcement(
  facts: Pick<
    SwapFacts,
    'swapClass' | 'next' | 'current' | 'window' | 'customerCalendar' | 'rules' | 'emergency' | 'proposedAt'
  >,
  host: string,
): string {
  const { swapClass, next, current, window, customerCalendar, rules, emergency } = facts;
  const { timeZone } = customerCalendar;
  const when = (at: number): string => `${localText(at, timeZone).replace('T', ' ')} (${timeZone})`;
  const subjects = next.identity?.subjects ?? [];
  return [
    `Our client certificate for ${host} will be replaced.`,
    classSentence(swapClass, current?.identity ?? null, next.identity),
    '',
    `Next certificate (SHA-256): ${next.sha256}`,
    `Chain: ${subjects.join(' ← ')}`,
    `Valid until ${when(next.notAfter)}${current === null ? '' : `; the current one until ${when(current.notAfter)}`}`,
    window === null
      ? `Not before ${when(earliestWindow(facts))}; the window is to be agreed.`
      : `Window: ${when(window.startsAt)} to ${when(window.endsAt)}`,
    '',
    swapClass === 'no-change'
      ? rules.standingApproval || emergency
        ? 'There is nothing to do. Before the swap we try the next certificate while the current one serves.'
        : 'There is nothing to do at your side but to tell us that the next certificate is trusted, or when we may try it: we do so while the current one serves.'
      : 'Please trust the next certificate beside the current one, and tell us when that is done: then we try it while the current one serves. Remove the old one after the window.',
    ...(rules.changeNumberRequired ? ['Please give us your change number.'] : []),
  ].join('\n');
}
