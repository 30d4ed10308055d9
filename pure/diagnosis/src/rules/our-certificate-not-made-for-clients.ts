import type { Rule } from '../rule.ts';

export const ourCertificateNotMadeForClients: Rule = {
  id: 'our-certificate-not-made-for-clients',
  symptom: 'Our certificate’s extended key usage lacks clientAuth, and is refused (43, 46, or HTTP 400).',
  cause:
    'Our client certificate {ourSubject} is not made for clients: its extended key usage does not name clientAuth.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5280 §4.2.1.12; Chrome Root Program Policy 1.8 (public authorities stop issuing clientAuth)',
  whatToDo:
    'bind a certificate with clientAuth; public authorities no longer issue such, a private authority that is agreed does.',
  tellApart: 'The usage is read from our own certificate.',
  log: 'client-purpose',
  repeat: 'own-certificate',
  match: ({ refusal, ours }) =>
    refusal !== null && ours?.clientAuth === false
      ? { probe: refusal.probe, saw: `${refusal.words} Our certificate does not name clientAuth.` }
      : null,
};
