import { apiTokenList, createdToken, createToken, idParameters, type ApiToken } from '@sallyport/console-api';
import { insertToken, listTokens, revokeToken, type ApiToken as StoredToken } from '@sallyport/store';
import { z } from 'zod';
import type { Routes } from '../api-context.ts';
import { ApiProblem, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { newSecretToken, secretTokenHash } from '../session/secret-token.ts';

/** GET, POST /tokens; DELETE /tokens/{id}: for scripts. A person sees and revokes every token that works. */
export const tokenRoutes: Routes = (api, { store }) => {
  api.get('/tokens', { schema: { response: { 200: apiTokenList } } }, async (request) => {
    const { personId } = callerOf(request);
    const tokens = await listTokens(store);
    return { items: tokens.filter((token) => maySee(personId, token)).map((token) => shownToken(token, personId)) };
  });
  api.post('/tokens', { schema: { body: createToken, response: { 201: createdToken } } }, async (request, reply) => {
    const { personId, scope } = callerOf(request);
    const token = newSecretToken('sallyport_');
    const inserted = await insertToken(store, scope, {
      tokenSha256: secretTokenHash(token),
      personId,
      name: request.body.name,
    });
    if (inserted === null) throw new ApiProblem('internal', { detail: 'Two random tokens were equal.' });
    reply.status(201);
    return { ...shownToken(inserted, personId), token };
  });
  api.delete(
    '/tokens/:id',
    { schema: { params: idParameters, response: { 204: z.null() } } },
    async (request, reply) => {
      const { personId, scope } = callerOf(request);
      const known = (await listTokens(store)).some(
        (token) => token.id === request.params.id && maySee(personId, token),
      );
      if (!known || !(await revokeToken(store, scope, request.params.id))) throw notFound('token');
      return reply.status(204).send(null);
    },
  );
};

/** Every operator answers for all that can act here; automation only for its own kind. */
function maySee(personId: string | null, token: StoredToken): boolean {
  return personId !== null || token.personId === null;
}

function shownToken(token: StoredToken, personId: string | null): ApiToken {
  const { id, name, createdAt, lastUsedAt } = token;
  return {
    id,
    name,
    owner: ownerOf(token, personId),
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

function ownerOf(token: StoredToken, personId: string | null): ApiToken['owner'] {
  if (token.personId === null) return 'automation';
  return token.personId === personId ? 'you' : 'another-operator';
}
