import type { Rule } from '../rule.ts';

export const crlOutdated: Rule = {
  id: 'crl-outdated',
  symptom: 'A CRL should have been replaced by a newer one (CRL_HAS_EXPIRED).',
  cause: 'The newest CRL that could be had for the chain of {host} is out of date.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'certificate-authority',
  citation: 'RFC 5280 §5.1.2.5, §6.3.3',
  whatToDo: 'publish a present CRL; its nextUpdate has passed.',
  tellApart: 'If the place in the certificate offers a newer one, ours is stale and only has to be fetched again.',
  log: 'nothing',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('revocation');
    return facts.serverRefused && check !== null && /^X509_(CRL|OCSP)_(EXPIRED|TOO_OLD)$/.test(check.code)
      ? { probe: 'ours', saw: check.message, actor: check.actor ?? 'certificate-authority' }
      : null;
  },
};
