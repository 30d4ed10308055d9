import { isWellFormed, issuerIsAccepted } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const enforcerCrlMissing: Rule = {
  id: 'enforcer-crl-missing',
  symptom: 'Alert 48 although the list of accepted authorities holds ours.',
  cause:
    '{host} names our authority among those that it accepts, and cannot verify our certificate all the same: most likely its file of CRLs lacks that of {ourIssuer}.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5280 §6.3; measured with HAProxy, stunnel and Apache',
  whatToDo:
    'add the CRLs of {ourIssuer} and of every authority above it to the file of CRLs on {place}, see that the greatest depth of chains is at least 2, and reload.',
  tellApart: 'Its log says "unable to get certificate CRL", or that the chain is too long.',
  log: 'client-unknown-authority',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal } = facts;
    return refusal?.alert === 48 && refusal.sent && isWellFormed(facts) && issuerIsAccepted(facts)
      ? { probe: refusal.probe, saw: `${refusal.words} It names our authority among those that it accepts.` }
      : null;
  },
};
