import type { TermsAnchors } from './terms-trust.ts';

/** By what they say: a document that comes out of the database has its members in another order. */
export function sameAnchors(one: TermsAnchors, other: TermsAnchors): boolean {
  if (one.kind === 'public' || other.kind === 'public') return one.kind === other.kind;
  // Where lines break says nothing.
  return one.pem.replaceAll(/\s/g, '') === other.pem.replaceAll(/\s/g, '');
}
