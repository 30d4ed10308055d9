import type { Rule } from '../rule.ts';

export const addressNotInCertificate: Rule = {
  id: 'address-not-in-certificate',
  symptom: 'The URL names an address, and the certificate does not.',
  cause: 'The URL names the address {host}, and the certificate is for names.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9525 §6.5',
  whatToDo: 'tell the name under which Jira is reached, or add the address to subjectAltName.',
  tellApart: 'The URL shows it.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('name');
    return facts.serverRefused && check?.status === 'fail' && /^[\d.]+$|:/.test(facts.target.host)
      ? { probe: 'ours', saw: check.message, fill: { alert: '42', alertName: 'bad_certificate' } }
      : null;
  },
};
