import type { Rule } from '../rule.ts';

export const wrongBasePath: Rule = {
  id: 'wrong-base-path',
  symptom: '404 under the context path of the URL; JSON under another.',
  cause: 'Jira is not under {contextPath} on {host}{found}.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'operator',
  citation: 'Jira: the context path of Tomcat is part of the base URL',
  whatToDo: 'put the right context path into the URL of this connection.',
  tellApart: 'The probe context-path asks where Jira answers instead.',
  log: 'request',
  repeat: 'http',
  match: ({ answer, answered, observations }) => {
    if (!answered || answer === null) return null;
    if (answer.status === 200 && answer.kind === 'json' && 'version' in answer.json) return null;
    const elsewhere = observations.http.find(
      ({ probe, status, kind, json }) =>
        probe === 'context-path' && status === 200 && kind === 'json' && 'version' in json,
    );
    if (elsewhere !== undefined)
      return {
        probe: 'context-path',
        saw: `HTTP ${answer.status} under the path of the URL; Jira ${elsewhere.json['version']} at ${elsewhere.path}.`,
        fill: { found: `; it answers at ${elsewhere.path.replace(/\/rest\/api\/2\/serverInfo$/, '') || '/'}` },
      };
    return answer.status === 404 && answer.kind !== 'json'
      ? { probe: answer.probe, saw: `HTTP 404 for ${answer.path}.`, fill: { found: '' }, certainty: 'possible' }
      : null;
  },
};
