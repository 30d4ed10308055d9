/** Who calls: found in the database by a Bearer token or a session cookie, and by nothing else. */
import { csrfHeader, type Session as SessionAnswer } from '@sallyport/console-api';
import { findSession, findToken, sessionScope, type Scope, type Store } from '@sallyport/store';
import type { FastifyRequest } from 'fastify';
import type { Api, ApiContext } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { isCrossOrigin } from './cross-origin.ts';
import { equalSecrets, secretTokenHash } from './secret-token.ts';
import { sessionCookieName } from './session-cookie.ts';

/** A caller that was proved. */
export interface Caller {
  readonly scope: Scope;
  /** Null for a token of automation. */
  readonly personId: string | null;
  /** As people are told who it was: the person's name, or the token's. */
  readonly name: string;
  readonly session: SessionAnswer;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** Who may call; left out: only a proved caller. */
    access?: 'public';
  }
}

/** Methods that change nothing need no CSRF token (RFC 9110 §9.2.1). */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Longer texts are no tokens of ours and are not hashed. */
const longestToken = 512;

/** Proves the caller before any body is read. Routes with `access: 'public'` are answered without. */
export function requireCallers(api: Api, { store }: ApiContext): void {
  api.decorateRequest('caller', null);
  api.addHook('onRequest', async (request) => {
    request.caller = await findCaller(store, request);
    if (request.caller === null && request.routeOptions.config.access !== 'public' && !request.is404) {
      throw new ApiProblem('not-signed-in', {
        detail: 'There is no session, or it has ended, or the token is unknown.',
      });
    }
  });
}

/** The caller of a route that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new ApiProblem('not-signed-in', { detail: 'There is no session.' });
  return request.caller;
}

async function findCaller(store: Store, request: FastifyRequest): Promise<Caller | null> {
  const { authorization } = request.headers;
  // A request that names a token is judged by it alone: a wrong one is not saved by a cookie.
  if (authorization !== undefined) return tokenCaller(store, authorization);
  const cookie = request.cookies[sessionCookieName];
  if (cookie === undefined || cookie.length > longestToken) return null;
  const found = await findSession(store, secretTokenHash(cookie));
  if (found === null) return null;
  if (!safeMethods.has(request.method) && request.routeOptions.config.access !== 'public') {
    if (isCrossOrigin(request.headers))
      throw new ApiProblem('csrf-token-missing', { detail: 'A page of another site sent it.' });
    const sent = request.headers[csrfHeader];
    if (typeof sent !== 'string' || !equalSecrets(sent, found.csrfToken)) {
      throw new ApiProblem('csrf-token-missing', { detail: `Send the session's csrfToken as ${csrfHeader}.` });
    }
  }
  return {
    scope: sessionScope(`person:${found.personId}`),
    personId: found.personId,
    name: found.name,
    session: {
      person: { id: found.personId, name: found.name, email: found.email },
      csrfToken: found.csrfToken,
      expiresAt: found.expiresAt.toISOString(),
    },
  };
}

/** What a token is called beside the names of people. */
export function tokenName({ name }: { readonly name: string }): string {
  return `API token ‘${name}’`;
}

async function tokenCaller(store: Store, authorization: string): Promise<Caller | null> {
  const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization)?.[1];
  if (token === undefined || token.length > longestToken) return null;
  const found = await findToken(store, secretTokenHash(token));
  if (found === null) return null;
  return {
    scope: sessionScope(`token:${found.id}`),
    personId: found.personId,
    name: tokenName(found),
    session: { person: null, csrfToken: null, expiresAt: null },
  };
}
