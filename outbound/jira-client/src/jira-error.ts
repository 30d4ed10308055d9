/** Why a call of Jira brought nothing; each with who can act and what it means for the rest of the work. */

export type JiraErrorCode =
  | 'JIRA_UNAUTHORIZED'
  | 'JIRA_FORBIDDEN'
  | 'JIRA_CAPTCHA'
  | 'JIRA_ANONYMOUS'
  | 'JIRA_OTHER_ACCOUNT'
  | 'JIRA_LOGIN_REDIRECT'
  | 'JIRA_HTML_ANSWER'
  | 'JIRA_CERTIFICATE_REFUSED'
  | 'JIRA_RATE_LIMITED'
  | 'JIRA_UNAVAILABLE'
  | 'JIRA_SERVER_ERROR'
  | 'JIRA_QUERY_REFUSED'
  | 'JIRA_NOT_FOUND'
  | 'JIRA_UNEXPECTED_STATUS'
  | 'JIRA_ANSWER_TOO_LARGE'
  | 'JIRA_ANSWER_ENCODING'
  | 'JIRA_ANSWER_TRUNCATED'
  | 'JIRA_ANSWER_NOT_JSON'
  | 'JIRA_ANSWER_SHAPE'
  | 'JIRA_REQUEST_NOT_PERMITTED'
  | 'JIRA_CREDENTIAL'
  | 'JIRA_CONNECTION_LOST'
  | 'JIRA_TIMEOUT'
  /** The dial was refused or failed; `dial` holds the dial's own code. */
  | 'JIRA_DIAL_FAILED';

/**
 * What to do next. `stop`: nothing more is sent until a person has acted, as a repetition could lock the account.
 * `wait`: the same again after `waitMilliseconds`. `later`: this run is over, another may be tried later.
 */
export type JiraErrorEffect = 'stop' | 'wait' | 'later';

export interface JiraError {
  readonly code: JiraErrorCode;
  readonly effect: JiraErrorEffect;
  /** One sentence for people; never a secret, never the body of the answer. */
  readonly message: string;
  readonly actor: 'operator' | 'customer' | 'network-team' | 'certificate-authority';
  readonly status: number | null;
  /** For `wait` and `later`: what Jira asked for, else null. */
  readonly waitMilliseconds: number | null;
  /** Code of the failed dial or socket, e.g. `X509_EXPIRED`, `connect-refused`. */
  readonly dial: string | null;
}

/** An error with its usual effect and actor; `more` overrides. */
export function jiraError(code: JiraErrorCode, message: string, more: Partial<JiraError> = {}): JiraError {
  const { effect, actor } = usual[code];
  return { code, effect, message, actor, status: null, waitMilliseconds: null, dial: null, ...more };
}

const usual: Readonly<Record<JiraErrorCode, Pick<JiraError, 'effect' | 'actor'>>> = {
  JIRA_UNAUTHORIZED: { effect: 'stop', actor: 'customer' },
  JIRA_FORBIDDEN: { effect: 'stop', actor: 'customer' },
  JIRA_CAPTCHA: { effect: 'stop', actor: 'customer' },
  JIRA_ANONYMOUS: { effect: 'stop', actor: 'customer' },
  JIRA_OTHER_ACCOUNT: { effect: 'stop', actor: 'customer' },
  JIRA_LOGIN_REDIRECT: { effect: 'later', actor: 'customer' },
  JIRA_HTML_ANSWER: { effect: 'later', actor: 'customer' },
  JIRA_CERTIFICATE_REFUSED: { effect: 'later', actor: 'customer' },
  JIRA_RATE_LIMITED: { effect: 'wait', actor: 'customer' },
  JIRA_UNAVAILABLE: { effect: 'later', actor: 'customer' },
  JIRA_SERVER_ERROR: { effect: 'later', actor: 'customer' },
  JIRA_QUERY_REFUSED: { effect: 'later', actor: 'customer' },
  JIRA_NOT_FOUND: { effect: 'later', actor: 'customer' },
  JIRA_UNEXPECTED_STATUS: { effect: 'later', actor: 'customer' },
  JIRA_ANSWER_TOO_LARGE: { effect: 'later', actor: 'customer' },
  JIRA_ANSWER_ENCODING: { effect: 'later', actor: 'customer' },
  JIRA_ANSWER_TRUNCATED: { effect: 'later', actor: 'network-team' },
  JIRA_ANSWER_NOT_JSON: { effect: 'later', actor: 'customer' },
  JIRA_ANSWER_SHAPE: { effect: 'later', actor: 'customer' },
  JIRA_REQUEST_NOT_PERMITTED: { effect: 'stop', actor: 'operator' },
  JIRA_CREDENTIAL: { effect: 'stop', actor: 'operator' },
  JIRA_CONNECTION_LOST: { effect: 'later', actor: 'network-team' },
  JIRA_TIMEOUT: { effect: 'later', actor: 'network-team' },
  JIRA_DIAL_FAILED: { effect: 'later', actor: 'operator' },
};

/** Codes after which nothing is sent until a person has acted; other errors may pass by themselves. */
export function stopsUntilActed(code: string): boolean {
  return code in usual && usual[code as JiraErrorCode].effect === 'stop';
}
