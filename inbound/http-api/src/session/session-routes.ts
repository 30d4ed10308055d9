import { session, signIn } from '@sallyport/console-api';
import { clearSignInAttempts, deleteSession, findPersonByEmail, insertSession, type Store } from '@sallyport/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Routes } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { callerOf } from './caller.ts';
import { verifyPassword } from './password-hash.ts';
import { newSecretToken, secretTokenHash } from './secret-token.ts';
import { sessionCookieName, sessionCookieOptions, sessionHours } from './session-cookie.ts';
import { countSignIn, personSubject } from './sign-in-throttle.ts';

/** POST /sign-in, POST /sign-out, GET /session. */
export const sessionRoutes: Routes = (api, { store }) => {
  api.post(
    '/sign-in',
    { config: { access: 'public' }, schema: { body: signIn, response: { 200: session } } },
    async (request, reply) => {
      refuseOtherSites(request);
      const { email, password } = request.body;
      await countSignIn(store, email, request.ip);
      const person = await findPersonByEmail(store, email);
      if (!(await verifyPassword(password, person?.passwordHash ?? null)) || person === null) {
        request.log.warn({ event: 'sign-in.refused', address: request.ip });
        throw new ApiProblem('sign-in-refused', {
          detail: 'Look at both; after ten failed attempts there is a pause.',
        });
      }
      await clearSignInAttempts(store, personSubject(email));
      return beginSession(store, reply, person);
    },
  );
  api.post('/sign-out', { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    callerOf(request);
    const cookie = request.cookies[sessionCookieName];
    if (cookie !== undefined) await deleteSession(store, secretTokenHash(cookie));
    return reply.clearCookie(sessionCookieName, sessionCookieOptions).status(204).send(null);
  });
  api.get('/session', { schema: { response: { 200: session } } }, async (request) => callerOf(request).session);
};

/** Makes a session, sets its cookie, and gives what the console needs of it. */
export async function beginSession(
  store: Store,
  reply: FastifyReply,
  person: { readonly id: string; readonly name: string; readonly email: string },
): Promise<z.infer<typeof session>> {
  const token = newSecretToken();
  const csrfToken = newSecretToken();
  const expiresAt = new Date(Date.now() + sessionHours * 3_600_000);
  await insertSession(store, { tokenSha256: secretTokenHash(token), personId: person.id, csrfToken, expiresAt });
  reply.setCookie(sessionCookieName, token, sessionCookieOptions);
  const { id, name, email } = person;
  return { person: { id, name, email }, csrfToken, expiresAt: expiresAt.toISOString() };
}

/** A page of another site cannot sign its visitor in: browsers say where a request comes from. */
export function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new ApiProblem('csrf-token-missing', { detail: 'Sign in from the console itself.' });
}
