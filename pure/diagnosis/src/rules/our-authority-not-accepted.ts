import { isWellFormed, issuerAboveIsAccepted, issuerIsAccepted, mayLackIntermediate } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const ourAuthorityNotAccepted: Rule = {
  id: 'our-authority-not-accepted',
  symptom: 'Alert 48 (or any refusal) where the list of accepted authorities lacks ours.',
  cause: '{host} does not accept the authority of our certificate, {ourIssuer}.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5246 §7.2.2 (unknown_ca), §7.4.4',
  whatToDo:
    'import the authority of our client certificate, {ourIssuer}, into the list of client authorities of {place}, with what is above it, and reload.',
  tellApart:
    'A throw-away certificate that is refused in the same way shows that authorities are looked at; the list in CertificateRequest shows which.',
  log: 'client-unknown-authority',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal, ours, main } = facts;
    if (refusal === null || ours === null || !refusal.sent || !isWellFormed(facts)) return null;
    const authorities = main?.certificateRequest?.authorities ?? [];
    if (issuerAboveIsAccepted(facts)) return null;
    if (authorities.length > 0 && !issuerIsAccepted(facts))
      return {
        probe: refusal.probe,
        saw: `${refusal.words} It accepts ${authorities.slice(0, 3).join(' · ')}${authorities.length > 3 ? ` and ${authorities.length - 3} more` : ''}.`,
        certainty: refusal.alert === 48 && mayLackIntermediate(facts) === null ? 'certain' : 'likely',
      };
    return refusal.alert === 48 && !issuerIsAccepted(facts) ? { probe: refusal.probe, saw: refusal.words } : null;
  },
};
