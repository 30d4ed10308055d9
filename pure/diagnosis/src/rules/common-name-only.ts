import type { Rule } from '../rule.ts';

export const commonNameOnly: Rule = {
  id: 'common-name-only',
  symptom: 'The certificate has no subjectAltName.',
  cause: 'The certificate of {host} names its server in the common name only, which no longer counts.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9525 §2',
  whatToDo: 'get the certificate issued anew with {host} in subjectAltName.',
  tellApart: 'A certificate with a subjectAltName of another name is another matter.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('name');
    return facts.serverRefused &&
      check?.status === 'fail' &&
      facts.leaf !== null &&
      (facts.leaf.alternativeNames ?? []).length === 0
      ? { probe: 'ours', saw: check.message, fill: { alert: '42', alertName: 'bad_certificate' } }
      : null;
  },
};
