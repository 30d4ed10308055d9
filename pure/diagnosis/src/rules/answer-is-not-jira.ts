import type { Rule } from '../rule.ts';

export const answerIsNotJira: Rule = {
  id: 'answer-is-not-jira',
  symptom: 'Something else than JSON, and no page either.',
  cause: 'What answers at {path} does not look like Jira.',
  severity: 'note',
  certainty: 'likely',
  actor: 'customer',
  citation: 'Jira REST API: serverInfo is JSON',
  whatToDo: 'see whether the URL of this connection leads to Jira.',
  tellApart: 'The beginning of the answer says what it is.',
  log: 'request',
  repeat: 'http',
  match: ({ answer, answered }) =>
    answered && answer?.status === 200 && (answer.kind === 'text' || answer.kind === 'empty')
      ? { probe: answer.probe, saw: `HTTP 200: ${answer.words.slice(0, 120)}` }
      : null,
};
