import { getCACertificates } from 'node:tls';
import { enforcerKit as kitSchema, enforcerParameters, enforcerQuery } from '@sallyport/console-api';
import { enforcerKit, factsDocument, renderKit, withRoot } from '@sallyport/enforcer-kit';
import { enforcerFactsOf, findConnection } from '@sallyport/store';
import { z } from 'zod';
import type { Routes } from '../api-context.ts';
import { ApiProblem, invalidFields, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';

/** GET /connections/{id}/enforcer/{product}: configuration for the customer's side, as JSON or as one text. */
export const enforcerRoutes: Routes = (api, { store }) => {
  api.get(
    '/connections/:id/enforcer/:product',
    {
      schema: {
        params: enforcerParameters,
        querystring: enforcerQuery,
        response: { 200: z.union([kitSchema, z.string().describe('text/plain with format=text')]) },
      },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const { id, product } = request.params;
      const connection = await findConnection(store, scope, id);
      if (connection === null) throw notFound('connection');
      const stored = await enforcerFactsOf(store, scope, connection);
      if (stored === null)
        throw new ApiProblem('client-certificate-missing', {
          detail:
            'This connection presents no client certificate, so there is nothing that its far side could enforce.',
          actor: 'operator',
        });
      const facts = withRoot(stored, getCACertificates('bundled'));
      const answer = enforcerKit(product, facts);
      if (!answer.ok) throw invalidFields(answer.faults);
      if (request.query.format === 'json') return { connectionId: id, ...answer.kit, facts: factsDocument(facts) };
      reply.header('content-type', 'text/plain; charset=utf-8').serializer((text: unknown) => String(text));
      return renderKit(answer.kit);
    },
  );
};
