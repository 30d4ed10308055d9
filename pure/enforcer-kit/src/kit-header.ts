/** What stands at the head of every configuration, as lines without a comment mark. */
import { commentText } from './comment-text.ts';
import type { EnforcerFacts } from './enforcer-facts.ts';

export function headerComment(facts: EnforcerFacts, product: string): readonly string[] {
  const { egressAddresses } = facts;
  return [
    `Sallyport enforcer kit for ${product}: ${commentText(facts.title)}`,
    `Mutual TLS for ${facts.host}${facts.contextPath}, TLS policy ${facts.policy.id}.`,
    `Comes in: ${facts.names.map(({ role, dnsName }) => `${dnsName} (${role})`).join(', ')}.`,
    egressAddresses.length === 0
      ? 'Our addresses: ask the operator, and let only these through the firewall.'
      : `Our addresses, for the firewall: ${egressAddresses.join(', ')}.`,
  ];
}
