/** What an answer of Jira, or of something before it, means: success, or a typed error. */
import { readJiraErrors } from '@sallyport/work-sync';
import { jiraError, type JiraError } from './jira-error.ts';

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A longer wait than this is not believed. */
const longestWaitMilliseconds = 60 * 60_000;
/** Where Jira limits without saying for how long. */
const usualWaitMilliseconds = 5_000;

/** The first value of a header; null when absent. */
export function headerOf(headers: AnswerHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Null for a 2xx that is not HTML. `text` is the body, or its beginning. `now` is for a date in Retry-After. */
export function judgeAnswer(status: number, headers: AnswerHeaders, text: string, now: number): JiraError | null {
  const loginReason = headerOf(headers, 'x-seraph-loginreason') ?? '';
  const denied = headerOf(headers, 'x-authentication-denied-reason') ?? '';
  const html = looksLikeHtml(headers, text);
  if (/CAPTCHA_CHALLENGE/i.test(denied))
    return jiraError(
      'JIRA_CAPTCHA',
      'Jira asks for a CAPTCHA: the account has failed to sign in too often. A person must sign in to Jira with it once; nothing more is sent until then.',
      { status },
    );
  if (status === 401)
    return jiraError(
      'JIRA_UNAUTHORIZED',
      'Jira refused the credentials. They are not tried again until they are replaced.',
      { status },
    );
  if (status === 403) return jiraError('JIRA_FORBIDDEN', `Jira refused the account.${errorTexts(text)}`, { status });
  if (status >= 300 && status < 400)
    return jiraError(
      'JIRA_LOGIN_REDIRECT',
      `The answer leads elsewhere (${placeOf(headerOf(headers, 'location'))}), most likely to a sign-in page before Jira; it was not followed.`,
      { status },
    );
  if (status === 429) {
    const waitMilliseconds = retryAfter(headers, now) ?? usualWaitMilliseconds;
    const seconds = Math.ceil(waitMilliseconds / 1000);
    const message = `Jira limits how fast this account may ask. It may ask again in ${seconds} s.`;
    return jiraError('JIRA_RATE_LIMITED', message, { status, waitMilliseconds });
  }
  if (status === 503)
    return jiraError('JIRA_UNAVAILABLE', 'Jira is not available: it starts, stops or is under maintenance.', {
      status,
      waitMilliseconds: retryAfter(headers, now),
    });
  if (status === 400 && /ssl certificate|certificate was sent/i.test(text) && html)
    return jiraError('JIRA_CERTIFICATE_REFUSED', 'The proxy before Jira refused our client certificate.', { status });
  if (status >= 500)
    return jiraError('JIRA_SERVER_ERROR', `Jira, or the proxy before it, failed (HTTP ${status}).`, {
      status,
      waitMilliseconds: retryAfter(headers, now),
    });
  if (html)
    return jiraError(
      'JIRA_HTML_ANSWER',
      `A web page came instead of data (HTTP ${status}): most likely a sign-in or error page before Jira.`,
      { status },
    );
  if (status === 400) return jiraError('JIRA_QUERY_REFUSED', `Jira refused the query.${errorTexts(text)}`, { status });
  if (status === 404)
    return jiraError('JIRA_NOT_FOUND', `Jira does not have what was asked for.${errorTexts(text)}`, { status });
  if (status < 200 || status >= 300)
    return jiraError('JIRA_UNEXPECTED_STATUS', `Jira answered HTTP ${status}.${errorTexts(text)}`, { status });
  // A 200 may be the answer to nobody: the credentials failed and what is public was served.
  if (/AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/i.test(loginReason))
    return jiraError('JIRA_ANONYMOUS', 'Jira did not accept the credentials and answered as to nobody.', { status });
  return null;
}

/** Checks who Jira says was answered. `expected` null accepts every name but none. */
export function judgeAccount(headers: AnswerHeaders, expected: string | null): JiraError | null {
  const header = headerOf(headers, 'x-ausername');
  if (header === null) return null;
  const name = decoded(header);
  if (name === '' || /^anonymous$/i.test(name))
    return jiraError('JIRA_ANONYMOUS', 'Jira answered as to nobody, although credentials were sent.');
  return expected === null ? null : judgeName(name, expected);
}

/** Null where the two are the same login name; Jira keeps these in lower case. */
export function judgeName(name: string, expected: string): JiraError | null {
  if (name.toLowerCase() === expected.toLowerCase()) return null;
  return jiraError(
    'JIRA_OTHER_ACCOUNT',
    `Jira answered as to '${name.slice(0, 80)}', the terms name '${expected.slice(0, 80)}'.`,
  );
}

/** How long to rest before the next request, by the headers of a success; 0 while tokens remain. */
export function restAfter(headers: AnswerHeaders, now: number): number {
  const remaining = headerOf(headers, 'x-ratelimit-remaining');
  if (remaining === null || Number(remaining) > 0 || Number.isNaN(Number(remaining))) return 0;
  const interval = Number(headerOf(headers, 'x-ratelimit-interval-seconds') ?? '1');
  return retryAfter(headers, now) ?? Math.min(interval * 1000 || 1000, longestWaitMilliseconds);
}

/** `Retry-After` (RFC 9110 §10.2.3): seconds, or a date. */
function retryAfter(headers: AnswerHeaders, now: number): number | null {
  const value = headerOf(headers, 'retry-after');
  if (value === null) return null;
  const milliseconds = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(milliseconds) ? Math.min(Math.max(milliseconds, 0), longestWaitMilliseconds) : null;
}

function looksLikeHtml(headers: AnswerHeaders, text: string): boolean {
  const type = headerOf(headers, 'content-type') ?? '';
  return /text\/html|application\/xhtml/i.test(type) || /^\s*<(!doctype|html|head|body)/i.test(text.slice(0, 200));
}

function errorTexts(text: string): string {
  try {
    const errors = readJiraErrors(JSON.parse(text));
    return errors.length === 0 ? '' : ` It says: ${errors.join(' ')}`;
  } catch {
    return '';
  }
}

/** Where a redirect leads, without its query: that may hold a token. */
function placeOf(location: string | null): string {
  if (location === null) return 'it does not say where';
  const url = URL.parse(location);
  return (url === null ? (location.split(/[?#]/)[0] ?? '') : `${url.host}${url.pathname}`).slice(0, 120);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
