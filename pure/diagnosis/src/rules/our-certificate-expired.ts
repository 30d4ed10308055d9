import type { Rule } from '../rule.ts';

export const ourCertificateExpired: Rule = {
  id: 'our-certificate-expired',
  symptom: 'Our certificate is past its notAfter, and is refused (45, 46, 42, a closed connection, or HTTP 400).',
  cause: 'Our client certificate {ourSubject} expired on {ourNotAfter}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5280 §4.1.2.5; RFC 5246 §7.2.2 (certificate_expired)',
  whatToDo: 'bind a certificate that is valid.',
  tellApart: 'The date is read from our own certificate.',
  log: 'client-expired',
  repeat: 'own-certificate',
  match: ({ refusal, ours, at, code, main }) => {
    if (code === 'client-certificate-expired') return { probe: 'ours', saw: main?.error?.message ?? '' };
    return refusal !== null && ours !== null && Date.parse(ours.notAfter) < at
      ? { probe: refusal.probe, saw: `${refusal.words} Our certificate ended on ${ours.notAfter}.` }
      : null;
  },
};
