import { isWellFormed } from '../own-certificate.ts';
import type { Rule } from '../rule.ts';

export const enforcerClockWrong: Rule = {
  id: 'enforcer-clock-wrong',
  symptom: 'Alert 45 or 42 although our certificate is within its dates, and a Date header that is far off.',
  cause: 'The clock of {host} is wrong, so that our certificate seems to be outside its dates there.',
  severity: 'failure',
  certainty: 'possible',
  actor: 'customer',
  citation: 'RFC 5246 §7.2.2 (certificate_expired)',
  whatToDo:
    'set the clock of what ends TLS at {place} (NTP); our certificate is valid from {ourNotBefore} to {ourNotAfter}.',
  tellApart: 'The Date header of any answer shows that clock. A CRL that has ended looks the same.',
  log: 'client-expired',
  repeat: 'handshake',
  match: (facts) => {
    const { refusal, observations, ours } = facts;
    if (refusal === null || ours === null || !refusal.sent || !isWellFormed(facts)) return null;
    if (refusal.alert !== null && ![42, 45, 46].includes(refusal.alert)) return null;
    const off = observations.http.find(
      ({ clockAheadMilliseconds }) => !holdsAt(ours, facts.at + (clockAheadMilliseconds ?? 0)),
    );
    if (off !== undefined)
      return {
        probe: off.probe,
        saw: `${refusal.words} The Date header is ${Math.round((off.clockAheadMilliseconds ?? 0) / 1000)} s off.`,
        certainty: 'certain',
      };
    return refusal.alert === 45 ? { probe: refusal.probe, saw: refusal.words } : null;
  },
};

function holdsAt(
  { notBefore, notAfter }: { readonly notBefore: string; readonly notAfter: string },
  at: number,
): boolean {
  return Date.parse(notBefore) <= at && at <= Date.parse(notAfter);
}
