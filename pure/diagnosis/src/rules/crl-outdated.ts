import { revocationTrouble } from '../revocation-trouble.ts';
import type { Rule } from '../rule.ts';

export const crlOutdated: Rule = {
  id: 'crl-outdated',
  symptom: 'A CRL or an OCSP answer should have been replaced by a newer one (CRL_HAS_EXPIRED).',
  cause: 'The newest revocation data that could be had for the chain of {host} is out of date: {saw}',
  severity: 'failure',
  certainty: 'certain',
  actor: 'certificate-authority',
  citation: 'RFC 5280 §5.1.2.5, §6.3.3; RFC 6960 §3.2',
  whatToDo: 'publish present revocation data at {source}; its nextUpdate has passed.',
  tellApart: 'If the place in the certificate offers a newer one, ours is stale and only has to be fetched again.',
  log: 'nothing',
  repeat: 'show-certificate',
  match: (facts) => {
    const trouble = revocationTrouble(facts);
    return trouble?.kind === 'outdated'
      ? { probe: 'ours', saw: trouble.words, fill: { saw: trouble.words, source: trouble.source } }
      : null;
  },
};
