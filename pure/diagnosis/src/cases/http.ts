import { answer, answered, good } from './observed.ts';
import type { RuleCase } from './observed.ts';

const lastError = (code: string) => ({ code, message: `The work broke: ${code}.`, actor: 'customer' }) as const;
const page = { kind: 'html', json: {}, words: 'It works! Apache default page' } as const;
const elsewhere = { ...answer, probe: 'context-path', path: '/rest/api/2/serverInfo' };
const other = { ...answer, probe: 'rest-paths', path: '/jira/rest/agile/1.0/board?maxResults=1' };

/** What Jira, or what stands before it, answers. */
export const httpCases: readonly RuleCase[] = [
  {
    rule: 'account-locked',
    actor: 'customer',
    fires: answered({
      status: 403,
      headers: {
        'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://x/login.jsp',
        'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
      },
    }),
    nearMiss: answered({ status: 403, kind: 'html' }),
  },
  {
    rule: 'basic-switched-off',
    actor: 'customer',
    fires: answered(
      { authenticated: false, json: { version: '11.3.0' } },
      { authentication: 'basic', lastError: lastError('JIRA_UNAUTHORIZED') },
    ),
    nearMiss: answered(
      { authenticated: false, json: { version: '10.3.0' } },
      { authentication: 'basic', lastError: lastError('JIRA_UNAUTHORIZED') },
    ),
  },
  {
    rule: 'credential-refused',
    actor: 'customer',
    fires: answered({ status: 401, kind: 'html' }),
    nearMiss: answered({ status: 401, kind: 'html', authenticated: false }),
  },
  {
    rule: 'answered-as-anonymous',
    actor: 'customer',
    fires: answered({ headers: { 'x-ausername': 'anonymous' } }),
    nearMiss: answered({ headers: { 'x-ausername': 'anonymous' }, authenticated: false }),
  },
  {
    rule: 'rate-limited',
    actor: 'customer',
    fires: answered({ status: 429, headers: { 'retry-after': '30', 'x-ratelimit-limit': '10' } }),
    nearMiss: answered({ headers: { 'x-ratelimit-limit': '10' } }),
  },
  {
    rule: 'single-sign-on-in-front',
    actor: 'customer',
    fires: answered({
      status: 302,
      kind: 'html',
      json: {},
      headers: { location: 'https://idp.example.com/saml/login' },
    }),
    nearMiss: answered({ status: 302, kind: 'html', json: {}, headers: { location: 'https://www.example.com/' } }),
  },
  {
    rule: 'redirected-elsewhere',
    actor: 'customer',
    fires: answered({ status: 301, kind: 'html', json: {}, headers: { location: 'https://www.example.com/' } }),
    nearMiss: answered({
      status: 302,
      kind: 'html',
      json: {},
      headers: { location: 'https://idp.example.com/saml/login' },
    }),
  },
  {
    rule: 'wrong-base-path',
    actor: 'operator',
    fires: { ...answered({ status: 404, ...page }), http: [{ ...answer, status: 404, ...page }, elsewhere] },
    nearMiss: { ...good, http: [answer, elsewhere] },
  },
  {
    rule: 'rest-path-blocked',
    actor: 'customer',
    fires: { ...good, http: [answer, { ...other, status: 403, ...page }] },
    nearMiss: { ...good, http: [answer, { ...other, status: 404 }] },
  },
  {
    rule: 'create-metadata-removed',
    actor: 'operator',
    fires: {
      ...good,
      http: [
        answer,
        {
          ...answer,
          probe: 'work',
          path: '/jira/rest/api/2/issue/createmeta',
          status: 404,
          words: '{"errorMessages":["Issue Does Not Exist"]}',
        },
      ],
    },
    nearMiss: {
      ...good,
      http: [
        answer,
        {
          ...answer,
          probe: 'work',
          path: '/jira/rest/api/2/issue/X-1',
          status: 404,
          words: '{"errorMessages":["Issue Does Not Exist"]}',
        },
      ],
    },
  },
  {
    rule: 'gateway-without-backend',
    actor: 'customer',
    fires: answered({ status: 502, ...page }),
    nearMiss: answered({ status: 503, ...page }),
  },
  {
    rule: 'jira-under-maintenance',
    actor: 'customer',
    fires: answered({ status: 503, ...page }),
    nearMiss: answered({ status: 502, ...page }),
  },
  {
    rule: 'jira-server-error',
    actor: 'customer',
    fires: answered({ status: 500, ...page }),
    nearMiss: answered({ status: 502, ...page }),
  },
  {
    rule: 'html-instead-of-json',
    actor: 'customer',
    fires: answered(page),
    nearMiss: answered({ ...page, words: 'Please log in' }),
  },
  {
    rule: 'answer-is-not-jira',
    actor: 'customer',
    fires: answered({ kind: 'text', json: {}, words: 'ok' }),
    nearMiss: answered(page),
  },
  {
    rule: 'no-answer-to-request',
    actor: 'network-team',
    fires: answered({
      status: null,
      kind: null,
      json: {},
      error: { code: 'http-timeout', message: 'No answer came in time.', actor: 'network-team' },
    }),
    nearMiss: answered({
      status: null,
      kind: null,
      json: {},
      alert: 48,
      error: { code: 'http-lost', message: 'Lost.', actor: null },
    }),
  },
  {
    rule: 'clock-difference',
    actor: 'customer',
    fires: answered({ clockAheadMilliseconds: -360_000 }),
    nearMiss: answered({ clockAheadMilliseconds: 2_000 }),
  },
  {
    rule: 'work-still-fails',
    actor: 'customer',
    fires: { ...good, lastError: lastError('JIRA_OTHER_ACCOUNT') },
    nearMiss: { ...answered({ status: 429 }), lastError: lastError('JIRA_OTHER_ACCOUNT') },
  },
  {
    rule: 'failed-before-not-now',
    actor: 'network-team',
    fires: { ...good, lastError: { code: 'connect-timeout', message: 'Nothing answered.', actor: 'network-team' } },
    nearMiss: { ...good, lastError: lastError('JIRA_OTHER_ACCOUNT') },
  },
];
