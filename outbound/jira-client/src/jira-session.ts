/**
 * Requests of one connection to its Jira, over a dispatcher whose every socket was dialled and judged under the terms.
 * Read-only and within the terms' paths. After an answer that a repetition could make worse, nothing more is sent.
 */
import { permitsRequest, type Terms } from '@sallyport/terms';
import type { Dispatcher } from 'undici';
import { largestBodyBytes, largestErrorBodyBytes, readBody } from './answer-body.ts';
import { authorizationOf, type JiraCredential } from './auth/credential.ts';
import { CookieJar } from './cookie-jar.ts';
import { connectionError } from './connection-error.ts';
import { jiraError, type JiraError } from './jira-error.ts';
import { headerOf, judgeAccount, judgeAnswer, restAfter, type AnswerHeaders } from './judge-answer.ts';

export type JiraAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly restMilliseconds: number }
  | { readonly ok: false; readonly error: JiraError };

export interface JiraSessionOptions {
  readonly dispatcher: Dispatcher;
  readonly terms: Terms;
  readonly credential: JiraCredential;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

const headersMilliseconds = 60_000;
const bodyMilliseconds = 30_000;
/** For the whole of one request: an answer of a byte a second must not hold a worker. */
const requestMilliseconds = 120_000;

/** Errors that depend on who asks. */
const ownToTheAccount: ReadonlySet<string> = new Set([
  'JIRA_QUERY_REFUSED',
  'JIRA_NOT_FOUND',
  'JIRA_UNEXPECTED_STATUS',
]);

export class JiraSession {
  readonly #options: JiraSessionOptions;
  readonly #origin: string;
  readonly #contextPath: string;
  readonly #authorization: string | null;
  readonly #cookies = new CookieJar();
  #account: string | null;
  #stopped: JiraError | null = null;

  constructor(options: JiraSessionOptions) {
    const base = new URL(options.terms.baseUrl);
    this.#options = options;
    this.#origin = base.origin;
    this.#contextPath = base.pathname.replace(/\/+$/, '');
    this.#authorization = authorizationOf(options.credential);
    this.#account = options.terms.accountName;
  }

  /** From now on every answer must name this account. */
  pinAccount(name: string): void {
    this.#account = name;
  }

  /** Why nothing more is sent; null while it goes on. */
  get stopped(): JiraError | null {
    return this.#stopped;
  }

  get(path: string, query: Readonly<Record<string, string>> = {}, signal?: AbortSignal): Promise<JiraAnswer<unknown>> {
    const parameters = new URLSearchParams(query).toString();
    return this.#send('GET', path, parameters === '' ? '' : `?${parameters}`, null, signal);
  }

  /** A request that changes nothing and asks little, for a dispatcher's own use: whether a new certificate is let in. */
  harmlessRead(): Dispatcher.DispatchOptions {
    return { path: `${this.#contextPath}/rest/api/2/serverInfo`, method: 'GET', headers: this.#headers(null) };
  }

  post(path: string, body: unknown, signal?: AbortSignal): Promise<JiraAnswer<unknown>> {
    return this.#send('POST', path, '', JSON.stringify(body), signal);
  }

  async #send(
    method: 'GET' | 'POST',
    path: string,
    query: string,
    body: string | null,
    signal: AbortSignal | undefined,
  ): Promise<JiraAnswer<unknown>> {
    if (this.#stopped !== null) return { ok: false, error: this.#stopped };
    if (!permitsRequest(this.#options.terms, method, path))
      return this.refuse(
        jiraError('JIRA_REQUEST_NOT_PERMITTED', `The terms do not allow ${method} ${path.slice(0, 120)}.`),
      );
    if (this.#authorization === null)
      return this.refuse(jiraError('JIRA_CREDENTIAL', 'The stored credential cannot be sent: it is not well formed.'));
    const deadline = AbortSignal.timeout(requestMilliseconds);
    try {
      const answer = await this.#options.dispatcher.request({
        origin: this.#origin,
        path: this.#contextPath + path + query,
        method,
        headers: this.#headers(body),
        body,
        headersTimeout: headersMilliseconds,
        bodyTimeout: bodyMilliseconds,
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      });
      return await this.#read(answer);
    } catch (error) {
      return this.refuse(connectionError(error));
    }
  }

  #headers(body: string | null): Record<string, string> {
    const cookie = this.#cookies.header();
    return {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': 'Sallyport',
      // Without it Jira takes some requests for a forgery.
      'x-atlassian-token': 'no-check',
      // Always: without it Jira answers with what is public and says nothing.
      authorization: this.#authorization ?? '',
      ...(cookie === null ? {} : { cookie }),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    };
  }

  async #read(answer: Dispatcher.ResponseData): Promise<JiraAnswer<unknown>> {
    const headers: AnswerHeaders = answer.headers;
    const success = answer.statusCode >= 200 && answer.statusCode < 300;
    const limit = success ? largestBodyBytes : largestErrorBodyBytes;
    const body = await readBody(answer.body, headerOf(headers, 'content-encoding') ?? undefined, limit);
    const now = this.#options.clock();
    // The status says more than a body that could not be read.
    const error = judgeAnswer(answer.statusCode, headers, body.ok ? body.text : '', now);
    const other = judgeAccount(headers, this.#account);
    // What another, or nobody, cannot see or ask is refused too; that it is another is what matters.
    if (other !== null && (error === null || ownToTheAccount.has(error.code))) return this.refuse(other);
    if (error !== null) return this.refuse(error);
    if (!body.ok) return this.refuse(body.error);
    this.#cookies.take(headers['set-cookie']);
    try {
      return { ok: true, value: JSON.parse(body.text) as unknown, restMilliseconds: restAfter(headers, now) };
    } catch {
      const cut = body.text.trimStart().startsWith('{') || body.text.trimStart().startsWith('[');
      return this.refuse(
        cut
          ? jiraError('JIRA_ANSWER_TRUNCATED', "Jira's answer is cut off or damaged: its JSON does not end.")
          : jiraError('JIRA_ANSWER_NOT_JSON', "Jira's answer is no JSON."),
      );
    }
  }

  /** The error as an answer; one that means stop ends the session. */
  refuse(error: JiraError): { ok: false; error: JiraError } {
    if (error.effect === 'stop') {
      this.#stopped = error;
      this.#cookies.clear();
    }
    return { ok: false, error };
  }
}
