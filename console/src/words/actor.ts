import type { Actor } from '@sallyport/console-api';

const words: Readonly<Record<Actor, string>> = {
  operator: 'We, the operator,',
  customer: 'The customer’s Jira administrator',
  'network-team': 'The customer’s network team',
  'certificate-authority': 'The certificate authority',
};

/** The subject of the sentence “… must act.” */
export function actorWords(actor: Actor): string {
  return words[actor];
}

/** Home's two baskets: what we can repair ourselves, and what waits for the customer or those the customer must ask. */
export function needsWhom(actor: Actor | null): 'us' | 'customer' {
  return actor === null || actor === 'operator' ? 'us' : 'customer';
}
