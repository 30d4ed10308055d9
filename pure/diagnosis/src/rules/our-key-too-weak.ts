import type { Rule } from '../rule.ts';

export const ourKeyTooWeak: Rule = {
  id: 'our-key-too-weak',
  symptom: 'Alert 42 for an RSA key below 2048 bits ("EE certificate key too weak").',
  cause: 'The key of our client certificate is too weak ({bits} bits).',
  severity: 'failure',
  certainty: 'likely',
  actor: 'operator',
  citation: 'RFC 9325 §4.1',
  whatToDo: 'make a new key of at least 2048 bits (or P-256) and get the certificate issued anew.',
  tellApart: 'The size is read from our own certificate.',
  log: 'client-refused',
  repeat: 'own-certificate',
  match: ({ refusal, ours }) =>
    refusal !== null && ours !== null && ours.keyKind.startsWith('rsa') && ours.keyBits > 0 && ours.keyBits < 2048
      ? { probe: refusal.probe, saw: refusal.words, fill: { bits: String(ours.keyBits) } }
      : null,
};
