/** The simulated Jira Data Center: one request in, one answer out, below a context path. REST v2, read only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, jiraError, json, unknownPath, escapeMarkup, type Answer } from './answer.ts';
import { BasicSignIn } from './auth/basic.ts';
import { signInByToken } from './auth/personal-access-token.ts';
import { Sessions } from './auth/session.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { JiraFault, Latency } from './faults.ts';
import { IssueDocuments, issueDocument } from './issue-document.ts';
import type { IssueStore } from './issues/issue-store.ts';
import type { Project, User } from './issues/issue.ts';
import { projects, serviceAccount } from './issues/site.ts';
import { Ledger } from './ledger.ts';
import {
  fieldDocuments,
  issueTypeDocuments,
  myself,
  priorityDocuments,
  projectDocument,
  serverInfo,
  statusDocuments,
} from './metadata.ts';
import { RateLimiter } from './rate-limit.ts';
import type { Sample } from './samples.ts';
import { readSearchRequest, search, searchSample } from './search.ts';
import { spoil, replaceByFault } from './spoiled-answer.ts';

export interface JiraOptions {
  readonly contextPath: string;
  readonly store: IssueStore;
  readonly ledger: Ledger;
  readonly personalAccessToken: string;
  readonly basicPassword: string;
  readonly now: () => number;
}

const largestBodyBytes = 1 << 20;
const serverZone = 'Europe/Berlin';

export class SimulatedJira {
  readonly #options: JiraOptions;
  readonly #documents = new IssueDocuments();
  readonly #sessions = new Sessions();
  readonly #basic: BasicSignIn;
  readonly rateLimiter = new RateLimiter();
  readonly faults = new Set<JiraFault>();
  latency: Latency = { requestMilliseconds: 0, issueMicroseconds: 0 };
  /** Search answers with this whatever was asked; null: with its own issues. */
  sample: Sample | null = null;
  /** Where clients reach it, with context path; known when the proxy listens. */
  baseUrl = '';
  #requests = 0;

  constructor(options: JiraOptions) {
    this.#options = options;
    this.#basic = new BasicSignIn(serviceAccount, options.basicPassword, `${options.contextPath}/login.jsp`);
  }

  get state(): Record<string, unknown> {
    return {
      faults: [...this.faults],
      sample: this.sample?.name ?? null,
      latency: this.latency,
      isBasicLocked: this.#basic.isLocked,
      sessionsMade: this.#sessions.made,
      issues: this.#options.store.size,
    };
  }

  /** What a person does in a browser after too many wrong passwords. */
  unlockBasic(): void {
    this.#basic.unlock();
  }

  async respond(request: IncomingMessage, response: ServerResponse, clientCertificate: string): Promise<void> {
    const { contextPath, ledger, now } = this.#options;
    const at = now();
    this.#requests += 1;
    const path = (request.url ?? '').slice(contextPath.length);
    const signIn = this.#signIn(request);
    const user = signIn.kind === 'user' ? signIn.user : null;
    const answer = replaceByFault(this.faults) ?? (await this.#answer(request, path, signIn, at));
    const headers: Record<string, string | string[] | number> = {
      'x-arequestid': `${Math.floor(at / 60_000) % 1440}x${this.#requests}x1`,
      'x-anodeid': 'node1',
      'x-ausername': user?.name ?? 'anonymous',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache, no-store, no-transform',
      'content-type': answer.contentType,
      ...(signIn.kind === 'refused' ? signIn.headers : {}),
      ...answer.headers,
    };
    const isOk = answer.status < 400;
    const cookies = user === null || !isOk ? [] : this.#sessions.cookies(request.headers.cookie, user, contextPath);
    if (cookies.length > 0) headers['set-cookie'] = [...cookies];
    ledger.recordAsked({
      at,
      method: request.method ?? '',
      path,
      jql: answer.jql ?? null,
      user: signIn.kind === 'refused' ? null : (user?.name ?? 'anonymous'),
      signedInBy: signIn.kind === 'user' ? signIn.by : null,
      clientCertificate,
      status: answer.status,
      issues: answer.issues ?? 0,
    });
    const { requestMilliseconds, issueMicroseconds } = this.latency;
    const wait = requestMilliseconds + ((answer.issues ?? 0) * issueMicroseconds) / 1000;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (response.destroyed) return;
    spoil(this.faults, response, answer.status, headers, request.method === 'HEAD' ? Buffer.alloc(0) : answer.body);
  }

  #signIn(request: IncomingMessage): SignIn {
    const { authorization, cookie } = request.headers;
    if (this.faults.has('anonymous')) return { kind: 'anonymous' };
    const byToken = signInByToken(authorization, this.#options.personalAccessToken, serviceAccount);
    if (this.faults.has('unauthorized')) {
      this.#sessions.clear();
      return byToken.kind === 'refused' ? byToken : signInByToken('Bearer revoked', 'none', serviceAccount);
    }
    if (byToken.kind !== 'not-offered') return byToken;
    const byPassword = this.#basic.signIn(authorization);
    if (byPassword.kind !== 'not-offered') return byPassword;
    const bySession = this.#sessions.signIn(cookie);
    // No challenge is sent: who does not sign in gets what is public.
    return bySession.kind === 'not-offered' ? { kind: 'anonymous' } : bySession;
  }

  async #answer(request: IncomingMessage, path: string, signIn: SignIn, at: number): Promise<Answer> {
    const url = new URL(path, 'https://sandbox.example');
    if (url.pathname === '/status') return json(200, { state: 'RUNNING' });
    if (signIn.kind === 'refused') {
      const { status, body, isHtml } = signIn;
      const contentType = isHtml ? 'text/html;charset=UTF-8' : 'application/json;charset=UTF-8';
      return { status, contentType, body: Buffer.from(body) };
    }
    const user = signIn.kind === 'user' ? signIn.user : null;
    // The agile resources are there, and hold no board.
    if (url.pathname === '/rest/agile/1.0/board')
      return json(200, { maxResults: 50, startAt: 0, total: 0, isLast: true, values: [] });
    const rest = /^\/rest\/api\/(?:2|latest)\/(.*)$/.exec(url.pathname)?.[1];
    if (rest === undefined) return this.#page(url.pathname, user);
    const rate = this.rateLimiter.take(user?.name ?? 'anonymous', at);
    const answer = rate.isAllowed
      ? await this.#rest(request, rest, url.searchParams, user, at)
      : json(429, { message: 'Rate limit exceeded.' });
    return { ...answer, headers: { ...answer.headers, ...rate.headers } };
  }

  async #rest(
    request: IncomingMessage,
    path: string,
    parameters: URLSearchParams,
    user: User | null,
    at: number,
  ): Promise<Answer> {
    const method = request.method ?? '';
    const isSearch = path === 'search';
    if (method !== 'GET' && method !== 'HEAD' && !(isSearch && method === 'POST')) {
      return jiraError(403, 'SANDBOX: this Jira takes no data, it is for trying only.');
    }
    if (method === 'POST' && isBrowserWithoutToken(request)) return html(403, 'XSRF check failed');
    if (isSearch) return this.#search(request, parameters, user, at);
    const visible = visibleProjects(user);
    const [noun = '', name] = path.split('/');
    if (noun === 'issue' && name !== undefined) return this.#issue(path, parameters, user, visible);
    if (noun === 'project' && name !== undefined) {
      const project = visible.find(({ id, key }) => String(id) === name || key === name.toUpperCase());
      return project === undefined
        ? jiraError(404, `No project could be found with key '${name}'.`)
        : json(200, projectDocument(project));
    }
    switch (path) {
      case 'serverInfo':
        return json(200, serverInfo(this.baseUrl, at, user !== null));
      case 'myself':
        return user === null
          ? json(401, { message: 'Client must be authenticated to access this resource.', 'status-code': 401 })
          : json(200, myself(user));
      case 'field':
        return json(200, fieldDocuments());
      case 'project':
        return json(
          200,
          visible.map((project) => projectDocument(project)),
        );
      case 'status':
        return json(200, statusDocuments());
      case 'issuetype':
        return json(200, issueTypeDocuments());
      case 'priority':
        return json(200, priorityDocuments());
      default:
        return unknownPath(path);
    }
  }

  async #search(request: IncomingMessage, parameters: URLSearchParams, user: User | null, at: number): Promise<Answer> {
    const source = request.method === 'POST' ? await readJsonBody(request) : parameters;
    if (typeof source === 'string') return jiraError(400, source);
    const asked = readSearchRequest(source);
    if (typeof asked === 'string') return jiraError(400, asked);
    if (this.sample !== null) return searchSample(asked, this.sample.issues);
    return search(asked, {
      store: this.#options.store,
      documents: this.#documents,
      now: at,
      zone: user?.timeZone ?? serverZone,
      userName: user?.name ?? null,
      visibleProjects: visibleProjects(user),
      searchNumber: this.#requests,
      withOddIssues: this.faults.has('odd-issues'),
    });
  }

  #issue(path: string, parameters: URLSearchParams, user: User | null, visible: readonly Project[]): Answer {
    const [, name = '', part] = path.split('/');
    const issue = this.#options.store.find(decodeURIComponent(name));
    if (issue === undefined || !visible.includes(issue.project)) return jiraError(404, 'Issue Does Not Exist');
    if (part === 'comment') return json(200, { startAt: 0, maxResults: 1_048_576, total: 0, comments: [] });
    if (part !== undefined) return unknownPath(path);
    const fields = (parameters.get('fields') ?? '').split(',').filter(Boolean);
    const form = {
      fields: fields.length === 0 ? ['*all'] : fields,
      withChangelog: (parameters.get('expand') ?? '').split(',').includes('changelog'),
      zone: user?.timeZone ?? serverZone,
    };
    return { ...json(200, issueDocument(issue, form)), issues: 1 };
  }

  #page(path: string, user: User | null): Answer {
    const key = /^\/browse\/([\w-]+)$/.exec(path)?.[1];
    const issue = key === undefined ? undefined : this.#options.store.find(key);
    const isVisible = issue !== undefined && visibleProjects(user).includes(issue.project);
    const title = isVisible ? `[${issue.key}] ${issue.summary}` : 'SANDBOX Jira';
    const text = isVisible ? issue.description : 'A simulated Jira with made-up issues, for trying Sallyport.';
    return html(
      path === '/' || path === '/login.jsp' || isVisible ? 200 : 404,
      `<!doctype html><html lang="en"><head><title>SANDBOX - ${escapeMarkup(title)}</title></head><body><p><strong>SANDBOX: made-up data, demo certificates.</strong></p><h1>${escapeMarkup(title)}</h1><pre>${escapeMarkup(text)}</pre></body></html>`,
    );
  }
}

function visibleProjects(user: User | null): readonly Project[] {
  return user === null ? projects.filter(({ isPublic }) => isPublic) : projects;
}

/** Jira's XSRF check: what looks like a browser has to say that it is none. */
function isBrowserWithoutToken({ headers }: IncomingMessage): boolean {
  return /Mozilla/.test(headers['user-agent'] ?? '') && headers['x-atlassian-token'] !== 'no-check';
}

/** The body as an object; a text is what is wrong with it. */
async function readJsonBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestBodyBytes) return 'The request body is too large.';
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  return 'Unexpected character: the body must be a JSON object.';
}
