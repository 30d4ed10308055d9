import type { Rule } from '../rule.ts';

export const ourCertificateRevoked: Rule = {
  id: 'our-certificate-revoked',
  symptom: 'Alert 44, or any refusal of a certificate that its own authority says is revoked.',
  cause: 'Our client certificate {ourSubject} is revoked, or the enforcer’s list of revoked certificates says so.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'RFC 5246 §7.2.2 (certificate_revoked)',
  whatToDo: 'ask the authority about serial number {ourSerial}, and bind another certificate.',
  tellApart: 'If the authority does not list it, the enforcer’s own list is wrong, or past its nextUpdate.',
  log: 'client-revoked',
  repeat: 'own-certificate',
  match: ({ refusal, ours }) => {
    if (refusal === null || ours === null) return null;
    if (ours.revocation === 'revoked')
      return { probe: refusal.probe, saw: `${refusal.words} Its own authority says that it is revoked.` };
    return refusal.alert === 44 ? { probe: refusal.probe, saw: refusal.words, certainty: 'likely' } : null;
  },
};
