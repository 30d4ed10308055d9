import type { Rule } from '../rule.ts';

export const singleSignOnInFront: Rule = {
  id: 'single-sign-on-in-front',
  symptom: 'A redirect to an identity provider, or a page to log in, instead of JSON.',
  cause: 'A single-sign-on gateway stands in front of Jira’s REST paths{provider}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9110 §15.4; measured',
  whatToDo:
    'exempt {contextPath}/rest/* from single sign-on for connections with our client certificate: Jira itself asks for the credential.',
  tellApart: 'Jira itself answers REST paths with JSON, also when it refuses.',
  log: 'request',
  repeat: 'http',
  match: ({ answer, answered }) => {
    if (!answered || answer === null || answer.status === null) return null;
    const { location } = answer.headers;
    if (answer.status >= 300 && answer.status < 400 && location !== undefined)
      return /login|signin|sign-in|sso|saml|oauth|auth|idp|adfs/i.test(location)
        ? { probe: answer.probe, saw: `HTTP ${answer.status} to ${location}.`, fill: { provider: ` (${location})` } }
        : null;
    return answer.kind === 'html' && /log ?in|sign ?in|saml|password|single sign/i.test(answer.words)
      ? {
          probe: answer.probe,
          saw: `HTTP ${answer.status} with a page to log in.`,
          fill: { provider: '' },
          certainty: 'likely',
        }
      : null;
  },
};
