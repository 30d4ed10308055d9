import { isWellFormed } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const certificateRefusedByClosing: Rule = {
  id: 'certificate-refused-by-closing',
  symptom: 'The connection is closed without an alert after our certificate was sent.',
  cause: '{host} ended the connection after it had seen our certificate, and said no reason.',
  severity: 'failure',
  certainty: 'possible',
  actor: 'customer',
  citation: 'Measured with Node.js and load balancers as enforcers',
  whatToDo: 'see in the log of {place} why our certificate of {ourIssuer} was refused at that moment.',
  tellApart: 'If the far side’s log knows nothing of it, a load balancer or filter before it ended the connection.',
  log: 'client-refused',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal } = facts;
    return refusal?.how === 'closed' && facts.ours !== null && refusal.sent && isWellFormed(facts)
      ? { probe: refusal.probe, saw: refusal.words }
      : null;
  },
};
