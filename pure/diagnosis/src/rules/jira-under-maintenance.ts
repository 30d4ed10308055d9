import type { Rule } from '../rule.ts';

export const jiraUnderMaintenance: Rule = {
  id: 'jira-under-maintenance',
  symptom: '503.',
  cause: 'Jira is under maintenance, or starting.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 9110 §15.6.4; Jira /status',
  whatToDo:
    'tell us until when Jira is under maintenance, so that the connection is paused for that time; else see why it answers 503.',
  tellApart: 'A load balancer without a healthy node answers 503 too: its page differs from Jira’s.',
  log: 'request',
  repeat: 'http',
  match: ({ answer, answered }) =>
    answered && answer?.status === 503 ? { probe: answer.probe, saw: 'HTTP 503.' } : null,
};
