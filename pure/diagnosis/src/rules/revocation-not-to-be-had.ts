import type { Rule } from '../rule.ts';

export const revocationNotToBeHad: Rule = {
  id: 'revocation-not-to-be-had',
  symptom: 'Nothing says whether a certificate is revoked, and the terms ask that something does (UNABLE_TO_GET_CRL).',
  cause: 'Nothing could be had that says whether the certificate of {host} is revoked.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'operator',
  citation: 'RFC 5280 §6.3; RFC 6960 §2.3',
  whatToDo:
    'see why {sources} is not reached from our connectors (port 80 of the authority’s hosts must be allowed), or agree on another source in the terms.',
  tellApart:
    'If the source answers a plain curl from the connector’s host, our cache is at fault; if not, the network or the authority is.',
  log: 'nothing',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('revocation');
    if (!facts.serverRefused || check === null || check.status !== 'unknown' || !undetermined.test(check.code))
      return null;
    // Where the chain itself was refused, its revocation is not what to look at.
    if (['trust', 'signature', 'validity', 'name'].some((name) => facts.main?.checks[name]?.status === 'fail'))
      return null;
    const sources = facts.chain.flatMap(({ crls, ocsp }) => [...crls, ...ocsp]);
    return {
      probe: 'ours',
      saw: check.message,
      fill: {
        sources: sources.length === 0 ? 'the place where the authority publishes it' : sources.slice(0, 3).join(', '),
      },
      actor: check.actor ?? 'operator',
    };
  },
};

const undetermined = /^X509_REVOCATION_(UNDETERMINED|NO_SOURCE)$/;
