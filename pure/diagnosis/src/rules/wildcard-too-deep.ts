import type { Rule } from '../rule.ts';

export const wildcardTooDeep: Rule = {
  id: 'wildcard-too-deep',
  symptom: 'A wildcard covers one label, and the name has more of them below it.',
  cause: 'The certificate is for {wildcard}, which does not cover {host}: a wildcard stands for one label.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9525 §6.3',
  whatToDo: 'add {host} itself to subjectAltName and have the certificate issued anew.',
  tellApart: 'A wrong virtual host shows a certificate of another domain.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('name');
    if (!facts.serverRefused || check?.status !== 'fail') return null;
    const wildcard = (facts.leaf?.alternativeNames ?? []).find(
      (name) =>
        name.startsWith('*.') && (facts.target.host.endsWith(name.slice(1)) || facts.target.host === name.slice(2)),
    );
    return wildcard === undefined
      ? null
      : { probe: 'ours', saw: check.message, fill: { wildcard, alert: '42', alertName: 'bad_certificate' } };
  },
};
