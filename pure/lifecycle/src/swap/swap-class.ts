/** What a swap means for the far side; the class sets the least notice and who has to agree. */
import type { ChainIdentity } from './chain-identity.ts';

export const swapClasses = ['no-change', 'new-intermediate', 'new-ca', 'leaf-pinned'] as const;
export type SwapClass = (typeof swapClasses)[number];

/** How the far side recognises us: by the certificate itself, or by who signed it and its name. */
export type SwapMatching = 'ca-and-name' | 'leaf';

/** A proposal may be stricter than what is agreed, and never less: what it asks for beyond that counts as not asked. */
export function stricterMatching(agreed: SwapMatching, asked: SwapMatching | null): SwapMatching {
  return agreed === 'leaf' || asked === 'leaf' ? 'leaf' : 'ca-and-name';
}

/** Null stands for no certificate, or one that cannot be read: then everything about the next one is new. */
export function classOf(current: ChainIdentity | null, next: ChainIdentity, matching: SwapMatching): SwapClass {
  if (matching === 'leaf') return 'leaf-pinned';
  if (current === null || current.name !== next.name || current.authority !== next.authority) return 'new-ca';
  const sameIntermediates =
    current.issuer === next.issuer && current.intermediates.join('\n') === next.intermediates.join('\n');
  return sameIntermediates ? 'no-change' : 'new-intermediate';
}

/** The class for people; with what is new of it. Said to the customer's side, or to us of it. */
export function classSentence(
  swapClass: SwapClass,
  current: ChainIdentity | null,
  next: ChainIdentity | null,
  saidTo: 'customer' | 'operator' = 'customer',
): string {
  const you = saidTo === 'customer';
  switch (swapClass) {
    case 'no-change':
      return `Nothing changes for ${you ? 'you' : 'them'}: the same name, signed by the same authority.`;
    case 'new-intermediate':
      return 'The same name under the same root authority, but another intermediate signs it: an enforcer that lists intermediates needs the new one.';
    case 'leaf-pinned':
      return `${you ? 'You recognise' : 'They recognise'} our certificate itself: the next one must be entered before the swap, beside the current one.`;
    case 'new-ca':
      return current !== null && next !== null && current.authority === next.authority
        ? 'Our certificate bears another name: the enforcer must let the new name in.'
        : 'Another authority signs our certificate: the enforcer must trust it before the swap.';
  }
}
