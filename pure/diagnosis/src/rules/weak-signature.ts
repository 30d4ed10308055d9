import type { Rule } from '../rule.ts';

export const weakSignature: Rule = {
  id: 'weak-signature',
  symptom: 'SHA-1 or MD5 in the chain ("CA signature digest algorithm too weak").',
  cause: 'A certificate of {host} is signed with an algorithm that is broken.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9325 §4.1; RFC 9155',
  whatToDo: 'get the certificate of {host} issued anew, signed with SHA-256 or better, and its intermediates too.',
  tellApart: 'The algorithm is read from the certificate.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('signature');
    return facts.serverRefused && check !== null && /_SHA1$|_MD5$|SIGNATURE_ALGORITHM_UNSUPPORTED$/.test(check.code)
      ? { probe: 'ours', saw: check.message, fill: { alert: '42', alertName: 'bad_certificate' } }
      : null;
  },
};
