import type { Rule } from '../rule.ts';

export const clockDifference: Rule = {
  id: 'clock-difference',
  symptom: 'The Date header is more than a minute away from our clock.',
  cause: 'The clock of {host} is {seconds} seconds {direction} ours.',
  severity: 'weakness',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9110 §6.6.1; RFC 5849 §3.3',
  whatToDo: 'set the clock of {host} by NTP; we have looked at ours.',
  tellApart: 'If other hosts show the same difference, the clock that is wrong is ours.',
  log: 'request',
  repeat: 'http',
  match: ({ observations: { http } }) => {
    const answer = http.find(({ clockAheadMilliseconds }) => Math.abs(clockAheadMilliseconds ?? 0) > 60_000);
    if (answer === undefined) return null;
    const ahead = answer.clockAheadMilliseconds ?? 0;
    return {
      probe: answer.probe,
      saw: `The Date header differs by ${Math.round(ahead / 1000)} s.`,
      fill: { seconds: String(Math.round(Math.abs(ahead) / 1000)), direction: ahead > 0 ? 'ahead of' : 'behind' },
    };
  },
};
