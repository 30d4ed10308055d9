/** What a swap is, for the customer's side, before it is made: what changes, what comes with the text, when. */
import { localText } from '../window/local-time.ts';
import { earliestWindow } from './guards.ts';
import { classSentence } from './swap-class.ts';
import type { SwapFacts } from './swap-facts.ts';

export type ProposalFacts = Pick<
  SwapFacts,
  | 'swapClass'
  | 'next'
  | 'current'
  | 'window'
  | 'customerCalendar'
  | 'rules'
  | 'emergency'
  | 'proposedAt'
  | 'now'
  | 'slot'
>;

/** The certificate, what is new of it, and its window, without what is asked. `isRefused`: the far side did not take it. */
export function proposalText(facts: ProposalFacts, host: string, isRefused = false): string[] {
  const { swapClass, next, current, window } = facts;
  const when = whenOf(facts);
  return [
    `Our client certificate for ${host} will be replaced.`,
    ...emergencyText(facts),
    isRefused && swapClass === 'no-change'
      ? 'The next one has the same name as the current one and is signed by the same authority.'
      : classSentence(swapClass, current?.identity ?? null, next.identity),
    '',
    `Next certificate (SHA-256): ${next.sha256}`,
    `Chain: ${(next.identity?.subjects ?? []).join(' ← ')}`,
    ...newForYou(facts),
    'The certificate with its chain, and the authority where it is a private one, comes with this text as a PEM file; please compare the fingerprint.',
    `Valid until ${when(next.notAfter)}${current === null ? '' : `; the current one until ${when(current.notAfter)}`}`,
    window === null
      ? `Not before ${when(earliestWindow(facts))}; the window is to be agreed.`
      : `Window: ${when(window.startsAt)} to ${when(window.endsAt)}`,
  ];
}

/** What is asked of the customer before the window. */
export function askedText({ swapClass, rules, emergency }: ProposalFacts): string[] {
  if (emergency)
    return [
      swapClass === 'no-change'
        ? 'There is nothing to do. Before the swap we try the next certificate.'
        : 'Please trust the next certificate at once: nothing is read before, since the current one can serve no longer. Remove that one.',
      ...changeNumberText(rules),
    ];
  return [
    swapClass === 'no-change'
      ? rules.standingApproval
        ? 'There is nothing to do. Before the swap we try the next certificate while the current one serves.'
        : 'There is nothing to do at your side but to tell us that the next certificate is trusted, or when we may try it: we do so while the current one serves.'
      : 'Please trust the next certificate beside the current one, and tell us when that is done: then we try it while the current one serves. Remove the old one after the window.',
    ...changeNumberText(rules),
  ];
}

export function changeNumberText({ changeNumberRequired }: SwapFacts['rules']): string[] {
  return changeNumberRequired ? ['Please give us your change number.'] : [];
}

/** Instants in the customer's zone, with its name. */
export function whenOf({ customerCalendar: { timeZone } }: Pick<SwapFacts, 'customerCalendar'>) {
  return (at: number): string => `${localText(at, timeZone).replace('T', ' ')} (${timeZone})`;
}

/** That it is one, and why; empty where it is none. */
export function emergencyText(
  facts: Pick<SwapFacts, 'emergency' | 'current' | 'now' | 'slot' | 'customerCalendar'>,
  farSide = 'your side',
): string[] {
  const { emergency, current, now, slot } = facts;
  if (!emergency) return [];
  const why =
    current?.revoked === true
      ? 'the current certificate is revoked'
      : current !== null && current.notAfter <= now
        ? `the current certificate has ended on ${whenOf(facts)(current.notAfter)}`
        : slot.refused
          ? `${farSide} refuses the current certificate`
          : 'the current certificate can serve no longer';
  return [`This is an emergency: ${why}. No notice is kept, and freeze periods are not waited for.`];
}

/** What the far side may not have yet, by name, so that whoever reads this knows what to look for in the file. */
function newForYou({ swapClass, next, current }: ProposalFacts): string[] {
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
