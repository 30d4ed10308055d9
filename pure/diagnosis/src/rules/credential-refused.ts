import type { Rule } from '../rule.ts';

export const credentialRefused: Rule = {
  id: 'credential-refused',
  symptom: '401, or 200 with X-Seraph-LoginReason AUTHENTICATED_FAILED.',
  cause: 'Jira does not accept the credential of the service account.',
  severity: 'failure',
  certainty: 'certain',
  actor: 'customer',
  citation: 'RFC 9110 §15.5.2; X-Seraph-LoginReason of Jira',
  whatToDo:
    'make a new personal access token for the service account and tell it to us; the present one is wrong, expired or withdrawn.',
  tellApart: 'TLS and client certificate are accepted: the answer comes from Jira itself.',
  log: 'request',
  repeat: 'http',
  match: ({ observations: { http, lastError }, answers }) => {
    const failed = answers.find(
      ({ authenticated, status, headers }) =>
        authenticated &&
        (status === 401 || /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(headers['x-seraph-loginreason'] ?? '')),
    );
    // Whoever was let in without a name before has no credential that could be refused.
    const isIgnored = answers.some(
      ({ authenticated, status, headers }) => authenticated && status === 200 && headers['x-ausername'] === 'anonymous',
    );
    if (isIgnored) return null;
    if (failed !== undefined)
      return { probe: failed.probe, saw: `HTTP ${failed.status} for a request with our credential.` };
    // What the work met stands as long as the doctor may not try the credential itself.
    return lastError?.code === 'JIRA_UNAUTHORIZED' && !http.some(({ authenticated }) => authenticated)
      ? { probe: 'work', saw: lastError.message, certainty: 'likely' }
      : null;
  },
};
