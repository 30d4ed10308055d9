import { intermediateCertainty, issuerIsUnknown, missingIssuer } from '../unknown-issuer.ts';
import type { Rule } from '../rule.ts';

export const intermediateNotSent: Rule = {
  id: 'intermediate-not-sent',
  symptom:
    'The chain as sent does not reach a trusted root, and its issuer is an intermediate of a trusted authority (UNABLE_TO_VERIFY_LEAF_SIGNATURE).',
  cause: '{host} does not send the intermediate certificate {missing}.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5246 §7.4.2',
  whatToDo:
    'install the full chain on {place}: the certificate of {host} first, then {missing} and what is above it, without the root.',
  tellApart:
    'A private authority would be of a name that no trusted one bears, and its issuer could not be fetched from a public place.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const missing = missingIssuer(facts.chain);
    if (!issuerIsUnknown(facts) || missing === null) return null;
    const fill = { missing: missing.name, alert: '48', alertName: 'unknown_ca' };
    const saw = `${facts.chain.length} certificate${facts.chain.length === 1 ? '' : 's'} sent; nobody in it is ${missing.name}.`;
    if (facts.observations.issuerFetch?.completes === true)
      return {
        probe: 'ours',
        saw: `${saw} Fetched from ${facts.observations.issuerFetch.url} it completes the chain.`,
        fill,
        certainty: 'certain',
      };
    const certainty = intermediateCertainty(facts, missing);
    return certainty === null ? null : { probe: 'ours', saw, fill, certainty };
  },
};
