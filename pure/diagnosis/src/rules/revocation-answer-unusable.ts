import { revocationTrouble } from '../revocation-trouble.ts';
import type { Rule } from '../rule.ts';

export const revocationAnswerUnusable: Rule = {
  id: 'revocation-answer-unusable',
  symptom: 'A CRL or an OCSP answer came, and cannot be used.',
  cause: 'What says whether the certificate of {host} is revoked cannot be used: {saw}',
  severity: 'failure',
  certainty: 'certain',
  actor: 'certificate-authority',
  citation: 'RFC 5280 §6.3.3; RFC 6960 §3.2',
  whatToDo: 'see to what {source} answers; the code of the check says what is wrong with it.',
  tellApart:
    'A page instead of data may come from a portal or proxy on the way: seen from elsewhere the same address then answers otherwise.',
  log: 'nothing',
  repeat: 'show-certificate',
  match: (facts) => {
    const trouble = revocationTrouble(facts);
    return trouble?.kind === 'unusable'
      ? {
          probe: 'ours',
          saw: trouble.words,
          fill: { saw: trouble.words, source: trouble.source },
          actor: trouble.actor ?? 'certificate-authority',
        }
      : null;
  },
};
