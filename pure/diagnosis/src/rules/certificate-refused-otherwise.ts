import { isWellFormed } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const certificateRefusedOtherwise: Rule = {
  id: 'certificate-refused-otherwise',
  symptom: 'Another alert about our certificate (40, 42, 47, 49, 116).',
  cause: '{host} refuses our certificate with alert {alert} ({alertName}); on our side nothing is wrong with it.',
  severity: 'failure',
  certainty: 'possible',
  actor: 'customer',
  citation: 'RFC 5246 §7.2.2',
  whatToDo: 'see in the log of {place} why our certificate of {ourIssuer} was refused at that moment.',
  tellApart: 'The far side’s log names the reason.',
  log: 'client-refused',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal } = facts;
    if (refusal?.how !== 'alert' || facts.ours === null || !refusal.sent || !isWellFormed(facts)) return null;
    return [43, 44, 45, 46, 48].includes(refusal.alert ?? 0) ? null : { probe: refusal.probe, saw: refusal.words };
  },
};
