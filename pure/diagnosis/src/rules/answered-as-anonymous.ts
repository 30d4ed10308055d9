import type { Rule } from '../rule.ts';

export const answeredAsAnonymous: Rule = {
  id: 'answered-as-anonymous',
  symptom: 'A request with a credential is answered as anonymous.',
  cause:
    'Jira answers us as anonymous: the credential is dropped on the way, or not accepted, and only public issues are seen.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'Jira REST API: without a challenge whoever has no credential gets the public subset',
  whatToDo:
    'see that the proxy in front of Jira hands the Authorization header on, and that the token belongs to the service account.',
  tellApart: 'A refused credential gets 401; here Jira answered 200 to somebody without a name.',
  log: 'request',
  repeat: 'http',
  match: ({ answers, observations: { lastError } }) => {
    const answer = answers.find(
      ({ authenticated, status, headers }) => authenticated && status === 200 && headers['x-ausername'] === 'anonymous',
    );
    if (answer !== undefined) return { probe: answer.probe, saw: 'X-AUSERNAME: anonymous.' };
    return lastError?.code === 'JIRA_ANONYMOUS' ? { probe: 'work', saw: lastError.message, certainty: 'likely' } : null;
  },
};
