import type { Rule } from '../rule.ts';

export const restPathBlocked: Rule = {
  id: 'rest-path-blocked',
  symptom: '403, 404 or 405 without JSON for one path, where another is answered by Jira.',
  cause: 'A gateway in front of Jira does not let {path} through.',
  severity: 'failure',
  certainty: 'likely',
  actor: 'customer',
  citation: 'RFC 9110 §15.5.4',
  whatToDo:
    'allow GET and POST for /rest/api/2/*, /rest/agile/1.0/* and /rest/auth/* below {contextPath} on the gateway.',
  tellApart: 'Jira itself refuses with JSON; a gateway with a page.',
  log: 'request',
  repeat: 'http',
  match: ({ answered, observations: { http }, answer }) => {
    if (!answered) return null;
    const isRefusal = (status: number | null): boolean => status === 403 || status === 404 || status === 405;
    const blocked = http.find(
      ({ probe, status, kind }) => probe === 'rest-paths' && isRefusal(status) && kind !== 'json',
    );
    if (blocked !== undefined)
      return {
        probe: 'rest-paths',
        saw: `HTTP ${blocked.status} for ${blocked.path}, no JSON.`,
        fill: { path: blocked.path.split('?')[0] ?? '' },
      };
    return answer?.status === 403 && answer.kind !== 'json' && !('x-seraph-loginreason' in answer.headers)
      ? { probe: answer.probe, saw: `HTTP 403 for ${answer.path}, no JSON.` }
      : null;
  },
};
