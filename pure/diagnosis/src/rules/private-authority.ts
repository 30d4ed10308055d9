import { intermediateCertainty, issuerIsUnknown, missingIssuer } from '../unknown-issuer.ts';
import type { MissingIssuer } from '../unknown-issuer.ts';
import type { Facts } from '../facts.ts';
import type { Certainty, Rule } from '../rule.ts';

export const privateAuthority: Rule = {
  id: 'private-authority',
  symptom:
    'The issuer is nobody whom the trust list knows (SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_GET_ISSUER_CERT_LOCALLY).',
  cause: 'The certificate of {host} comes from {issuer}, an authority that was not agreed on.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5280 §6.1.1 (d)',
  whatToDo:
    'install a certificate of a public authority for {host}, or send us the root certificate of {issuer}, so that it can be agreed in the terms.',
  tellApart:
    'If the chain is of a public authority and only an intermediate is missing, a browser mostly still shows the page; with a private one it warns.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    if (!issuerIsUnknown(facts) || facts.leaf?.selfIssued === true) return null;
    const missing = missingIssuer(facts.chain);
    const saw =
      missing === null
        ? `The chain ends in ${facts.chain.at(-1)?.subject ?? 'a root'}, which is not trusted.`
        : `Issued by ${missing.name}, which is not trusted.`;
    return {
      probe: 'ours',
      saw,
      fill: { issuer: facts.chain.at(-1)?.issuer ?? 'its issuer', alert: '48', alertName: 'unknown_ca' },
      certainty: certaintyOf(facts, missing),
    };
  },
};

function certaintyOf(facts: Facts, missing: MissingIssuer | null): Certainty {
  // Whoever sends the root along says whose it is; so does a root that was fetched.
  if (missing === null || (!missing.isBetween && facts.observations.issuerFetch?.isRoot === true)) return 'certain';
  return intermediateCertainty(facts, missing) === 'likely' ? 'possible' : 'likely';
}
