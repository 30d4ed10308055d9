import type { Rule } from '../rule.ts';

export const weakServerKey: Rule = {
  id: 'weak-server-key',
  symptom: 'A key that is too small or malformed.',
  cause: 'The key in a certificate of {host} is too weak.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9325 §4.1',
  whatToDo: 'make a new key (RSA of at least 2048 bits, or P-256) and get the certificate of {host} issued anew.',
  tellApart: 'The size is read from the certificate.',
  log: 'our-alert',
  repeat: 'show-certificate',
  match: (facts) => {
    const check = facts.trouble('signature');
    return facts.serverRefused && check !== null && check.code.startsWith('X509_KEY_')
      ? { probe: 'ours', saw: check.message, fill: { alert: '42', alertName: 'bad_certificate' } }
      : null;
  },
};
