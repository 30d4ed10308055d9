/** What the customer's side is told of a swap, ready to send: by where it stands, what to do, by when. */
import { currentIsDead, oldIsReady } from './guards.ts';
import { askedText, changeNumberText, proposalText, whenOf, type ProposalFacts } from './proposal-text.ts';
import type { SwapFacts } from './swap-facts.ts';
import { whatToChange, whatWasSeen } from './what-was-seen.ts';

export type Announced = ProposalFacts & Pick<SwapFacts, 'state' | 'stateSince' | 'reason' | 'canary' | 'activatedAt'>;

export function announcement(facts: Announced, host: string): string {
  return lines(facts, host).join('\n');
}

function lines(facts: Announced, host: string): string[] {
  const { state, activatedAt } = facts;
  if (state === 'cancelled') return cancelledText(facts, host);
  if (state === 'done') return doneText(facts, host);
  const seen = whatWasSeen(facts, host);
  if (seen !== null) return refusedText(facts, host, [seen]);
  if (state === 'rolled-back') return backText(facts, host);
  return activatedAt === null
    ? [...proposalText(facts, host), '', ...askedText(facts)]
    : servesText(facts, host, activatedAt);
}

/** With what was seen at each host, and what to change. */
export function refusedText(facts: Announced, hosts: string, seen: readonly string[]): string[] {
  // The window of a swap that went back is none any more.
  const of = facts.activatedAt === null ? facts : { ...facts, window: null };
  return [
    ...proposalText(of, hosts, true),
    '',
    facts.emergency
      ? 'What we saw when we tried it:'
      : 'What we saw when we tried it, while the current one serves on:',
    ...seen,
    '',
    ...whatToChange(facts),
    ...changeNumberText(facts.rules),
  ];
}

function cancelledText(facts: Announced, host: string): string[] {
  const { next, current, activatedAt, stateSince } = facts;
  const when = whenOf(facts);
  if (activatedAt !== null)
    return [
      `Our client certificate for ${host} was replaced on ${when(activatedAt)}, and this change was ended on ${when(stateSince)}.`,
      'We will tell you of another certificate.',
    ];
  return [
    `The replacement of our client certificate for ${host} was cancelled on ${when(stateSince)}.`,
    current === null || currentIsDead(facts)
      ? 'There is nothing to do.'
      : `There is nothing to do: the current one goes on serving (SHA-256 ${current.sha256}).`,
    `Where you have entered the one that was to come, you may remove it (SHA-256 ${next.sha256}).`,
  ];
}

function doneText(facts: Announced, host: string): string[] {
  const { activatedAt, stateSince } = facts;
  return [...replacedText(facts, host, activatedAt ?? stateSince), ...nothingLeft(facts)];
}

function servesText(facts: Announced, host: string, activatedAt: number): string[] {
  const { current, window } = facts;
  const replaced = replacedText(facts, host, activatedAt);
  if (current === null || window === null || !oldIsReady(facts)) return [...replaced, ...nothingLeft(facts)];
  const until = whenOf(facts)(window.endsAt);
  return [
    ...replaced,
    `Please keep the one before trusted until ${until} (SHA-256 ${current.sha256}): until then we may go back to it.`,
  ];
}

function replacedText(facts: Announced, host: string, at: number): string[] {
  const when = whenOf(facts);
  return [
    `Our client certificate for ${host} was replaced on ${when(at)}.`,
    `In use since then (SHA-256): ${facts.next.sha256}`,
    `Valid until ${when(facts.next.notAfter)}`,
  ];
}

function nothingLeft({ current }: Announced): string[] {
  const before =
    current === null
      ? ''
      : ` The one before is not shown any more; where it is entered by itself, you may remove it (SHA-256 ${current.sha256}).`;
  return [`There is nothing to do.${before}`];
}

function backText(facts: Announced, host: string): string[] {
  const { next, current, stateSince } = facts;
  return [
    `We took the replacement of our client certificate for ${host} back on ${whenOf(facts)(stateSince)}.`,
    `There is nothing to do: the certificate from before serves again${current === null ? '' : ` (SHA-256 ${current.sha256})`}. Please keep it trusted.`,
    `We will tell you before the next certificate is tried again (SHA-256 ${next.sha256}).`,
  ];
}
