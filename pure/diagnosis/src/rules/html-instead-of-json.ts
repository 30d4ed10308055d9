import type { Rule } from '../rule.ts';

export const htmlInsteadOfJson: Rule = {
  id: 'html-instead-of-json',
  symptom: 'A page instead of JSON.',
  cause: 'What answers at {path} is a page, not Jira’s REST API.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 9110 §8.3',
  whatToDo: 'tell the URL under which Jira’s REST API answers, or repair the proxy that shows another page there.',
  tellApart: 'The beginning of the page says what it is.',
  log: 'request',
  repeat: 'http',
  match: ({ answer, answered }) =>
    answered &&
    answer !== null &&
    answer.status !== null &&
    answer.status < 300 &&
    answer.kind === 'html' &&
    !/log ?in|sign ?in|saml|password|single sign/i.test(answer.words)
      ? { probe: answer.probe, saw: `HTTP ${answer.status}: ${answer.words.slice(0, 120)}` }
      : null,
};
