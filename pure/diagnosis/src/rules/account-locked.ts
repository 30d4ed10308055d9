import type { Rule } from '../rule.ts';

export const accountLocked: Rule = {
  id: 'account-locked',
  symptom: '403 with X-Authentication-Denied-Reason: CAPTCHA_CHALLENGE.',
  cause: 'Jira has locked the service account behind a CAPTCHA after failed log-ins.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'JRASERVER-72572; X-Authentication-Denied-Reason of Seraph',
  whatToDo:
    'reset the failed log-in count of the service account in Jira’s user administration, then give us a personal access token: tokens are not locked by CAPTCHA.',
  tellApart: 'Even the right password gets this answer until somebody resets the count.',
  log: 'request',
  repeat: 'http',
  match: ({ observations: { http, lastError } }) => {
    const answer = http.find(({ headers }) => /CAPTCHA/i.test(headers['x-authentication-denied-reason'] ?? ''));
    if (answer !== undefined) return { probe: answer.probe, saw: `HTTP ${answer.status}, CAPTCHA_CHALLENGE.` };
    return lastError?.code === 'JIRA_CAPTCHA' ? { probe: 'work', saw: lastError.message } : null;
  },
};
