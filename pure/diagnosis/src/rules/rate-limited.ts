import type { Rule } from '../rule.ts';

export const rateLimited: Rule = {
  id: 'rate-limited',
  symptom: '429, with Retry-After and X-RateLimit headers.',
  cause: 'Jira limits the rate of the service account{until}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 6585 §4; Jira Data Center rate limiting',
  whatToDo: 'raise the limit of the service account, or exempt it, under Administration, Rate limiting.',
  tellApart: 'If X-RateLimit-Limit is 0, the account is blocked altogether.',
  log: 'request',
  repeat: 'http',
  match: ({ observations: { http } }) => {
    const answer = http.find(({ status }) => status === 429);
    if (answer === undefined) return null;
    const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
    const limit = answer.headers['x-ratelimit-limit'];
    const until = Number.isFinite(seconds)
      ? ` until ${new Date(Date.parse(answer.at) + seconds * 1000).toISOString()}`
      : '';
    return { probe: answer.probe, saw: `HTTP 429${limit === undefined ? '' : `, limit ${limit}`}.`, fill: { until } };
  },
};
