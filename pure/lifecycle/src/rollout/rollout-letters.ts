/** To each customer whose far side does not trust the next certificate yet: one text for all its hosts, ready to send. */
import { announcement, refusedText } from '../swap/announcement.ts';
import type { SwapFacts } from '../swap/swap-facts.ts';
import { whatWasSeen } from '../swap/what-was-seen.ts';

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
    const seen = [...new Set(ofCustomer.flatMap(({ facts, host }) => whatWasSeen(facts, host) ?? []))];
    // One text for all: what each host did stands in its line.
    const text =
      seen.length === 0
        ? announcement(first.facts, hosts.join(', '))
        : refusedText(first.facts, hosts.join(', '), seen).join('\n');
    const people = ofCustomer.flatMap(({ contacts }) => contacts);
    return [
      {
        customerId: first.customerId,
        customerName: first.customerName,
        hosts,
        to: people.filter(({ email }, index) => people.findIndex((one) => one.email === email) === index),
        subject: `Our client certificate for ${named(hosts)} will be replaced`,
        text,
      },
    ];
  });
}

/** A subject line names a few. */
const mostNamed = 2;

function named(hosts: readonly string[]): string {
  const more = hosts.length - mostNamed;
  return more > 0 ? `${hosts.slice(0, mostNamed).join(', ')} and ${more} more` : hosts.join(', ');
}
