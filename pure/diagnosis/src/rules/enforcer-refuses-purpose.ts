import { isWellFormed } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const enforcerRefusesPurpose: Rule = {
  id: 'enforcer-refuses-purpose',
  symptom: 'Alert 43 although our certificate names clientAuth.',
  cause: '{host} does not take our certificate for this use.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5246 §7.2.2 (unsupported_certificate)',
  whatToDo: 'see in the log of {place} which usage or key is asked for; ours names clientAuth.',
  tellApart: 'The log names what is unsupported: usage, key, or type.',
  log: 'client-purpose',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal } = facts;
    return refusal?.alert === 43 && refusal.sent && isWellFormed(facts)
      ? { probe: refusal.probe, saw: refusal.words }
      : null;
  },
};
