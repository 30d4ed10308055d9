import type { Rule } from '../rule.ts';

export const noAnswerToRequest: Rule = {
  id: 'no-answer-to-request',
  symptom: 'The handshake succeeds, and the request gets no answer.',
  cause: '{host} takes the connection and does not answer the request.',
  severity: 'failure',
  certainty: 'possible',
  actor: 'network-team',
  citation: 'RFC 9110 §15.5.9',
  whatToDo: 'see which device between {source} and Jira ends or holds the request.',
  tellApart: 'If Jira’s access log shows the request, Jira is slow; if not, it is lost before.',
  log: 'request',
  repeat: 'http',
  match: ({ main, answer, refusal }) =>
    main?.verdict === 'accepted' &&
    refusal === null &&
    answer !== null &&
    answer.status === null &&
    answer.error?.code !== 'client-certificate-by-renegotiation'
      ? { probe: answer.probe, saw: answer.error?.message ?? 'No answer.' }
      : null,
};
