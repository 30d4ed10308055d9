/** What the customer's side is told of a swap, ready to send: what changes, what to do, by when. */
import { localText } from '../window/local-time.ts';
import { earliestWindow } from './guards.ts';
import { classSentence } from './swap-class.ts';
import type { SwapFacts } from './swap-facts.ts';

type Announced = Pick<
  SwapFacts,
  'swapClass' | 'next' | 'current' | 'window' | 'customerCalendar' | 'rules' | 'emergency' | 'proposedAt'
>;

export function announcement(facts: Announced, host: string): string {
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
    ...newForYou(facts),
    'The certificate with its chain, and the authority where it is a private one, comes with this text as a PEM file; please compare the fingerprint.',
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

/** What the far side may not have yet, by name, so that whoever reads this knows what to look for in the file. */
function newForYou({ swapClass, next, current }: Announced): string[] {
  const [theirs, ours] = [current?.identity ?? null, next.identity];
  if (ours === null || swapClass === 'no-change') return [];
  const subjectOf = (intermediate: string): string => intermediate.slice(0, intermediate.lastIndexOf('|'));
  const found = [
    ...(swapClass === 'leaf-pinned' || theirs?.name !== ours.name ? [`the certificate ${ours.subjects[0] ?? ''}`] : []),
    ...ours.intermediates
      .filter((one) => theirs?.intermediates.includes(one) !== true)
      .map((one) => `the intermediate ${subjectOf(one)}`),
    ...(theirs?.authority === ours.authority ? [] : [`the authority ${ours.authority}`]),
  ];
  return found.length === 0 ? [] : [`New for you: ${found.join('; ')}`];
}
