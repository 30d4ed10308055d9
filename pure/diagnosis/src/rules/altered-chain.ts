import type { Rule } from '../rule.ts';

export const alteredChain: Rule = {
  id: 'altered-chain',
  symptom: 'An issuer is at hand, and its key did not make the signature.',
  cause: 'A certificate of {host} was altered on the way, or somebody else made it in the name of its issuer.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'network-team',
  citation: 'RFC 5280 §6.1.3 (a)(1)',
  whatToDo:
    'find out what stands between {source} and {place}, and compare the certificate on the server with the one shown here.',
  tellApart:
    'An intermediate of the same name with another key, installed by mistake, looks the same: compare the files.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('signature');
    return facts.serverRefused && check?.code === 'X509_SIGNATURE_INVALID'
      ? { probe: 'ours', saw: check.message, fill: { alert: '42', alertName: 'bad_certificate' } }
      : null;
  },
};
