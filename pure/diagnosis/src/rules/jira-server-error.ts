import type { Rule } from '../rule.ts';

export const jiraServerError: Rule = {
  id: 'jira-server-error',
  symptom: '500.',
  cause: 'Jira, or the proxy in front of it, has an error of its own.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9110 §15.6.1',
  whatToDo: 'see the error in Jira’s log (atlassian-jira.log) at that moment.',
  tellApart: 'TLS and client certificate are accepted: the fault is behind them.',
  log: 'request',
  repeat: 'http',
  match: ({ answer, answered }) =>
    answered && answer?.status === 500 ? { probe: answer.probe, saw: 'HTTP 500.' } : null,
};
