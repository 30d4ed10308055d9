import { revocationTrouble } from '../revocation-trouble.ts';
import type { Rule } from '../rule.ts';

export const revocationNotToBeHad: Rule = {
  id: 'revocation-not-to-be-had',
  symptom: 'Nothing says whether a certificate is revoked, and the terms ask that something does (UNABLE_TO_GET_CRL).',
  cause: 'Nothing could be had that says whether the certificate of {host} is revoked: {saw}',
  severity: 'failure',
  certainty: 'likely',
  actor: 'operator',
  citation: 'RFC 5280 §6.3; RFC 6960 §2.3',
  whatToDo:
    'see why {source} brings nothing to our connectors (port 80 of the authority’s hosts must be allowed), or agree on another source in the terms.',
  tellApart:
    'If the source answers a plain curl from the connector’s host, our cache is at fault; if not, the network or the authority is.',
  log: 'nothing',
  repeat: 'show-certificate',
  match: (facts) => {
    const trouble = revocationTrouble(facts);
    return trouble?.kind === 'absent'
      ? {
          probe: 'ours',
          saw: trouble.words,
          fill: { saw: trouble.words, source: trouble.source },
          actor: trouble.actor ?? 'operator',
        }
      : null;
  },
};
