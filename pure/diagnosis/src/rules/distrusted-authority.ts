import type { Rule } from '../rule.ts';

export const distrustedAuthority: Rule = {
  id: 'distrusted-authority',
  symptom: 'The root is distrusted for certificates issued after a date.',
  cause: 'The authority of {host} is no longer trusted for certificates of this date.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'Root programmes of Chrome and Mozilla (distrust after a date)',
  whatToDo: 'get a certificate for {host} from another authority.',
  tellApart: 'The same root is still trusted for older certificates.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('trust');
    return facts.serverRefused && check?.code === 'X509_DISTRUSTED_AFTER'
      ? { probe: 'ours', saw: check.message, fill: { alert: '48', alertName: 'unknown_ca' } }
      : null;
  },
};
