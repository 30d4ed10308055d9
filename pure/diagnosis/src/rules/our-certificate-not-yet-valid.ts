import type { Rule } from '../rule.ts';

export const ourCertificateNotYetValid: Rule = {
  id: 'our-certificate-not-yet-valid',
  symptom: 'Our certificate is before its notBefore, and is refused.',
  cause: 'Our client certificate {ourSubject} is valid from {ourNotBefore} on, and not before.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5280 §4.1.2.5',
  whatToDo: 'bind the certificate that is valid now, and swap to the new one when it is.',
  tellApart: 'The date is read from our own certificate.',
  log: 'client-not-yet-valid',
  repeat: 'own-certificate',
  match: ({ refusal, ours, at }) =>
    refusal !== null && ours !== null && Date.parse(ours.notBefore) > at
      ? { probe: refusal.probe, saw: `${refusal.words} Our certificate begins on ${ours.notBefore}.` }
      : null,
};
