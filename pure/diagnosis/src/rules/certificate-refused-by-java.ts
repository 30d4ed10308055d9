import { isWellFormed, issuerIsAccepted } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const certificateRefusedByJava: Rule = {
  id: 'certificate-refused-by-java',
  symptom: 'Alert 46: an enforcer on Java, which says the same for every reason.',
  cause:
    '{host} does not accept our certificate, and as Java does it says no reason; on our side nothing is wrong with it.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5246 §7.2.2 (certificate_unknown); measured with Java 17 and 25',
  whatToDo:
    'see the reason in the log of Tomcat or Jira: most often our authority {ourIssuer} is missing in its truststore.',
  tellApart: 'Its log names the reason: a path that was not found, a date, a usage, or a revoked certificate.',
  log: 'client-unknown-authority',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal } = facts;
    return refusal?.alert === 46 && refusal.sent && isWellFormed(facts)
      ? { probe: refusal.probe, saw: refusal.words, certainty: issuerIsAccepted(facts) ? 'likely' : 'possible' }
      : null;
  },
};
