import { apiTokenList, createdToken, createToken, idParameters, type ApiToken } from '@sallyport/console-api';
import { insertToken, listTokens, revokeToken, type ApiToken as StoredToken } from '@sallyport/store';
import { z } from 'zod';
import type { Routes } from '../api-context.ts';
import { ApiProblem, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { newSecretToken, secretTokenHash } from '../session/secret-token.ts';

/** GET, POST /tokens; DELETE /tokens/{id}: personal tokens, for scripts. */
export const tokenRoutes: Routes = (api, { store }) => {
  api.get('/tokens', { schema: { response: { 200: apiTokenList } } }, async (request) => {
    const { personId } = callerOf(request);
    const tokens = await listTokens(store);
    return { items: tokens.filter((token) => token.personId === personId).map(shownToken) };
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
    return { ...shownToken(inserted), token };
  });
  api.delete(
    '/tokens/:id',
    { schema: { params: idParameters, response: { 204: z.null() } } },
    async (request, reply) => {
      const { personId, scope } = callerOf(request);
      const own = (await listTokens(store)).some(
        (token) => token.id === request.params.id && token.personId === personId,
      );
      if (!own || !(await revokeToken(store, scope, request.params.id))) throw notFound('token');
      return reply.status(204).send(null);
    },
  );
};

function shownToken({ id, name, createdAt, lastUsedAt }: StoredToken): ApiToken {
  return { id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null };
}
