import { firstOperator, invitation, personList, session } from '@sallyport/console-api';
import { housekeepingScope, listPeople, useSignInLink } from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { hashPassword } from '../session/password-hash.ts';
import { secretTokenHash } from '../session/secret-token.ts';
import { makeInvitation } from './one-time-link.ts';
import { beginSession, refuseOtherSites } from '../session/session-routes.ts';
import { countSignIn } from '../session/sign-in-throttle.ts';

/** POST /first-operator: uses up a one-time link, adds the operator and signs them in. GET /people, POST /people/invitations. */
export const peopleRoutes: Routes = (api, { store }) => {
  api.post(
    '/first-operator',
    { config: { access: 'public' }, schema: { body: firstOperator, response: { 201: session } } },
    async (request, reply) => {
      refuseOtherSites(request);
      const { token, name, email, password } = request.body;
      await countSignIn(store, `first-operator ${request.ip}`, request.ip);
      const person = await useSignInLink(store, housekeepingScope('first-operator'), secretTokenHash(token), {
        name,
        email,
        passwordHash: await hashPassword(password),
      });
      if (person === null)
        throw new ApiProblem('link-refused', {
          detail:
            'It was used or has expired, or this e-mail address is taken. Ask for another invitation; the first operator gets a new link when Sallyport is started again.',
          actor: 'operator',
        });
      request.log.info({ event: 'person.first-operator', personId: person.id });
      reply.status(201);
      return beginSession(store, reply, person);
    },
  );
  api.get('/people', { schema: { response: { 200: personList } } }, async (request) => {
    callerOf(request);
    return { items: await listPeople(store) };
  });
  api.post('/people/invitations', { schema: { response: { 201: invitation } } }, async (request, reply) => {
    const { scope, personId, session: own } = callerOf(request);
    // What takes two people must not be had by one with a script: only somebody who is signed in invites.
    if (personId === null || own.person === null)
      throw new ApiProblem('state-conflict', { detail: 'Sign in to invite somebody; a token cannot.' });
    const { token, expiresAt } = await makeInvitation(store, scope, personId);
    request.log.info({ event: 'person.invited', invitedBy: personId });
    reply.status(201);
    return { path: `/first-operator#${token}`, expiresAt: expiresAt.toISOString() };
  });
};
