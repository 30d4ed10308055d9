import { isWellFormed } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const enforcerCrlOutdated: Rule = {
  id: 'enforcer-crl-outdated',
  symptom: 'Alert 45 although our certificate is within its dates.',
  cause:
    '{host} takes our certificate for expired, and it is not: most likely its own file of revoked certificates (CRL) has ended.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5280 §5.1.2.5; measured with HAProxy and stunnel',
  whatToDo:
    'fetch the CRL of {ourIssuer} anew on {place}, reload, and have that done by a job before each nextUpdate (docs/enforcer.md has one).',
  tellApart:
    'Its log says "CRL has expired" or "certificate has expired"; the Date header of any answer shows whether its clock is right.',
  log: 'client-expired',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal } = facts;
    return refusal?.alert === 45 && refusal.sent && isWellFormed(facts)
      ? { probe: refusal.probe, saw: refusal.words }
      : null;
  },
};
