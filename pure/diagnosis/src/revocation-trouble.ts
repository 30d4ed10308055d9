/** Why nothing says whether a server's certificate is revoked: what was asked, and what came of it. */
import type { Facts } from './facts.ts';
import type { Actor } from './observations.ts';

export interface RevocationTrouble {
  /** `staple`: what the server sends along; `outdated`, `unusable`: something came; `absent`: nothing did. */
  readonly kind: 'staple' | 'outdated' | 'unusable' | 'absent';
  /** Code of the check. */
  readonly code: string;
  readonly words: string;
  /** Where it should have come from. */
  readonly source: string;
  /** Who can act by the check; null where the rule knows better. */
  readonly actor: Actor | null;
}

/** Codes of sources that gave an answer, and one that is too old. */
const outdatedSources = /^(?:crl|ocsp)-stale$/;
const answeringSources =
  /^(?:source-not-der|source-empty|source-http-malformed|source-encoded|crl-(?:malformed|other-issuer|wrong-signer|future|older-than-held)|ocsp-(?:malformed|not-successful|other-certificate|nonce-mismatch|bad-signature|wrong-signer|responder-not-authorised|future|unknown-certificate))$/;
const outdatedChecks = /^X509_(?:CRL|OCSP)_(?:EXPIRED|TOO_OLD)$/;
const stapleChecks = /^X509_(?:OCSP_.+|REVOCATION_NO_SOURCE|REVOCATION_UNDETERMINED)$/;
const demandedStaple = /^X509_OCSP_STAPLE_(?:MISSING|UNUSABLE)$/;

/** Null where revocation is not what refused. */
export function revocationTrouble(facts: Facts): RevocationTrouble | null {
  const check = facts.trouble('revocation');
  if (!facts.serverRefused || check === null || check.code === 'X509_REVOCATION_REVOKED') return null;
  // Where the chain itself was refused, its revocation is not what to look at.
  if (['trust', 'signature', 'validity', 'name'].some((name) => facts.main?.checks[name]?.status === 'fail'))
    return null;
  const named = facts.chain.flatMap(({ crls, ocsp }) => [...crls, ...ocsp]);
  const trouble = (kind: RevocationTrouble['kind'], actor: Actor | null): RevocationTrouble => ({
    kind,
    code: check.code,
    words: check.message,
    source:
      check.source?.url ??
      (named.length === 0 ? 'the place where the authority publishes it' : named.slice(0, 3).join(', ')),
    actor,
  });
  const { leaf, main } = facts;
  const isOnlyStaple = main?.stapled === true && leaf !== null && leaf.crls.length === 0 && leaf.ocsp.length === 0;
  if (demandedStaple.test(check.code) || (isOnlyStaple && stapleChecks.test(check.code)))
    return trouble('staple', null);
  const { source } = check;
  if (source !== null) {
    if (outdatedSources.test(source.code)) return trouble('outdated', null);
    return answeringSources.test(source.code) ? trouble('unusable', null) : trouble('absent', check.actor);
  }
  if (outdatedChecks.test(check.code)) return trouble('outdated', null);
  return /^X509_(?:CRL|OCSP)_/.test(check.code) ? trouble('unusable', check.actor) : trouble('absent', check.actor);
}
