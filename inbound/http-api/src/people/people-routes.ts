import { firstOperator, session } from '@sallyport/console-api';
import { housekeepingScope, useSignInLink } from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { hashPassword } from '../session/password-hash.ts';
import { secretTokenHash } from '../session/secret-token.ts';
import { beginSession, refuseOtherSites } from '../session/session-routes.ts';
import { countSignIn } from '../session/sign-in-throttle.ts';

/** POST /first-operator: uses up the one-time link, adds the operator and signs them in. */
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
          detail: 'Start Sallyport again to get a new link; once there is an operator, sign in instead.',
          actor: 'operator',
        });
      request.log.info({ event: 'person.first-operator', personId: person.id });
      reply.status(201);
      return beginSession(store, reply, person);
    },
  );
};
