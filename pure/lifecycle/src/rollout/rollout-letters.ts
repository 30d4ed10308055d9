/** To each customer whose far side does not trust the next certificate yet: one text for all its hosts, ready to send. */
import { announcement } from '../swap/announcement.ts';
import type { SwapFacts } from '../swap/swap-facts.ts';
import { localText } from '../window/local-time.ts';

export interface Untrusting {
  readonly customerId: string;
  readonly customerName: string;
  readonly host: string;
  readonly facts: SwapFacts;
  readonly contacts: readonly { readonly name: string; readonly email: string }[];
}

export interface RolloutLetter {
  readonly customerId: string;
  readonly customerName: string;
  readonly hosts: readonly string[];
  readonly to: readonly { readonly name: string; readonly email: string }[];
  readonly subject: string;
  readonly text: string;
}

/** A letter a customer, in the order in which their first connections come. */
export function rolloutLetters(swaps: readonly Untrusting[]): RolloutLetter[] {
  const byCustomer = Map.groupBy(swaps, ({ customerId }) => customerId);
  return [...byCustomer.values()].flatMap((ofCustomer) => {
    const [first] = ofCustomer;
    if (first === undefined) return [];
    const hosts = [...new Set(ofCustomer.map(({ host }) => host))];
    const seen = [...new Set(ofCustomer.flatMap((swap) => whatWasSeen(swap) ?? []))];
    // The window of a swap that went back is none any more.
    const facts = first.facts.activatedAt === null ? first.facts : { ...first.facts, window: null };
    const announced = announcement(facts, hosts.join(', ')).split('\n');
    const people = ofCustomer.flatMap(({ contacts }) => contacts);
    return [
      {
        customerId: first.customerId,
        customerName: first.customerName,
        hosts,
        to: people.filter(({ email }, index) => people.findIndex((one) => one.email === email) === index),
        subject: `Our client certificate for ${named(hosts)} will be replaced`,
        text: [
          ...(seen.length === 0 ? announced : announced.filter((line) => !line.startsWith(nothingToDo))),
          ...(seen.length === 0
            ? []
            : ['', 'What we saw when we tried it, while the current one serves on:', ...seen, '', pleaseLook]),
        ]
          .join('\n')
          .replaceAll(/\n{3,}/g, '\n\n'),
      },
    ];
  });
}

/** Begins the announcement's sentence for what changes nothing; untrue where the far side did not take it. */
const nothingToDo = 'There is nothing to do';
const pleaseLook =
  'Please see to it that your side trusts this chain and lets this name in, beside the current certificate, and tell us: then we try it again. Until then you stay on the current one, as long as it is valid.';

function whatWasSeen({ host, facts }: Untrusting): string | null {
  const { canary, state, stateSince, reason, activatedAt } = facts;
  const { timeZone } = facts.customerCalendar;
  const line = (at: number, what: string, message: string | null): string =>
    `- ${host}, ${localText(at, timeZone).replace('T', ' ')} (${timeZone}): ${what}${message === null ? '.' : `. ${message}`}`;
  if (activatedAt !== null)
    return state === 'rolled-back'
      ? line(
          stateSince,
          'your side refused it after the swap, and we went back to the current one',
          reason?.message ?? null,
        )
      : line(stateSince, 'your side refused it after the swap', reason?.message ?? null);
  if (canary === null || canary.verdict === 'accepted') return null;
  const what = canary.verdict === 'refused' ? 'your side refused it' : 'it reached no verdict';
  return line(canary.at, what, canary.message);
}

/** A subject line names a few. */
const mostNamed = 2;

function named(hosts: readonly string[]): string {
  const more = hosts.length - mostNamed;
  return more > 0 ? `${hosts.slice(0, mostNamed).join(', ')} and ${more} more` : hosts.join(', ');
}
