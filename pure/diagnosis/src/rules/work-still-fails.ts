import type { Rule } from '../rule.ts';

export const workStillFails: Rule = {
  id: 'work-still-fails',
  symptom: 'The connection answers, and its work was refused by Jira for a reason that no probe may try.',
  cause: 'The connection itself works; its work was refused: {saw}',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'The last error of the connection’s work',
  whatToDo: 'see to what Jira refused: {saw}',
  tellApart: 'The probes reach Jira; what they do not try is the work itself.',
  log: 'request',
  repeat: 'http',
  onlyAlone: true,
  match: ({ observations: { lastError }, answered }) =>
    answered && lastError !== null && lastError.code.startsWith('JIRA_')
      ? {
          probe: 'work',
          saw: lastError.message,
          fill: { saw: lastError.message },
          actor: lastError.actor ?? 'customer',
        }
      : null,
};
