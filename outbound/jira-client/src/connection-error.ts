/** A request that brought no answer: what the dialer or the socket said, as an error of the client. */
import { lateCertificateRefusal } from '@sallyport/tls-dialer';
import { jiraError, type JiraError } from './jira-error.ts';

const actors = ['operator', 'customer', 'network-team', 'certificate-authority'] as const;

/** Dial errors carry a code, a sentence and who can act; they are handed on as they are. */
export function connectionError(error: unknown): JiraError {
  const { code, name, message, actor, cause } = error as {
    code?: unknown;
    name?: unknown;
    message?: unknown;
    actor?: unknown;
    cause?: unknown;
  };
  const known = actors.find((candidate) => candidate === actor);
  if (known !== undefined && typeof code === 'string')
    return jiraError('JIRA_DIAL_FAILED', String(message), { dial: code, actor: known });
  const refusal = lateCertificateRefusal(error);
  if (refusal !== null) return connectionError(refusal);
  if (typeof cause === 'object' && cause !== null && 'actor' in cause) return connectionError(cause);
  const seen = String(code ?? name ?? 'unknown');
  if (/TIMEOUT|Timeout|Abort/i.test(seen) || name === 'AbortError')
    return jiraError('JIRA_TIMEOUT', 'Jira did not answer in time.', { dial: seen });
  return jiraError('JIRA_CONNECTION_LOST', 'The connection to Jira was lost before it had answered.', { dial: seen });
}
