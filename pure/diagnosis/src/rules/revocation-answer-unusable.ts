import type { Rule } from '../rule.ts';

export const revocationAnswerUnusable: Rule = {
  id: 'revocation-answer-unusable',
  symptom: 'A CRL or an OCSP response came, and cannot be used.',
  cause: 'What says whether the certificate of {host} is revoked cannot be used: {saw}',
  severity: 'failure',
  certainty: 'certain',
  actor: 'certificate-authority',
  citation: 'RFC 5280 §6.3.3; RFC 6960 §3.2',
  whatToDo:
    'see to the CRL or the OCSP responder of this authority; the code of the check says what is wrong with its answer.',
  tellApart: 'An answer that is altered on the way fails in its signature.',
  log: 'nothing',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('revocation');
    if (!facts.serverRefused || check === null || !/^X509_(CRL|OCSP)_/.test(check.code)) return null;
    if (/^X509_(CRL|OCSP)_(EXPIRED|TOO_OLD)$/.test(check.code)) return null;
    if (['trust', 'signature', 'validity', 'name'].some((name) => facts.main?.checks[name]?.status === 'fail'))
      return null;
    return {
      probe: 'ours',
      saw: check.message,
      fill: { saw: check.message },
      actor: check.actor ?? 'certificate-authority',
    };
  },
};
