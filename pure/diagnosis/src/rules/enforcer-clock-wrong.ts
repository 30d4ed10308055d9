import { isWellFormed } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const enforcerClockWrong: Rule = {
  id: 'enforcer-clock-wrong',
  symptom: 'Alert 45 although our certificate is within its dates.',
  cause:
    '{host} takes our certificate for expired, and it is not: its clock is wrong, or it looks at an old certificate.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 5246 §7.2.2 (certificate_expired)',
  whatToDo:
    'set the clock of what ends TLS at {place} (NTP); our certificate is valid from {ourNotBefore} to {ourNotAfter}.',
  tellApart:
    'The Date header of any answer shows that clock. An expired intermediate or authority in the enforcer’s list looks the same.',
  log: 'client-expired',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal } = facts;
    return refusal?.alert === 45 && refusal.sent && isWellFormed(facts)
      ? { probe: refusal.probe, saw: refusal.words }
      : null;
  },
};
