import type { Rule } from '../rule.ts';

export const redirectedElsewhere: Rule = {
  id: 'redirected-elsewhere',
  symptom: 'A redirect instead of JSON.',
  cause: '{host} redirects Jira’s REST paths to {location}.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 9110 §15.4',
  whatToDo:
    'tell the URL under which Jira’s REST API answers itself; redirects are never followed, as they would carry the credential elsewhere.',
  tellApart: 'A redirect to an identity provider is another matter.',
  log: 'request',
  repeat: 'http',
  match: ({ answer, answered }) => {
    const location = answer?.headers['location'];
    if (!answered || answer === null || answer.status === null || location === undefined) return null;
    return answer.status >= 300 &&
      answer.status < 400 &&
      !/login|signin|sign-in|sso|saml|oauth|auth|idp|adfs/i.test(location)
      ? { probe: answer.probe, saw: `HTTP ${answer.status} to ${location}.`, fill: { location } }
      : null;
  },
};
