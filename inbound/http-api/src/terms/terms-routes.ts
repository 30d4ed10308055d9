import { randomBytes } from 'node:crypto';
import { idParameters, termsAnswer, termsQuery } from '@sallyport/console-api';
import { findConnection, findTerms } from '@sallyport/store';
import { renderTerms } from '@sallyport/terms';
import { z } from 'zod';
import type { Routes } from '../api-context.ts';
import { notFound } from '../api-problem.ts';
import { termsVersionOf } from '../connections/shown-connection.ts';
import { contentSecurityPolicy } from '../security-headers.ts';
import { callerOf } from '../session/caller.ts';

/** GET /connections/{id}/terms: as JSON, or as one page for a sign-off. */
export const termsRoutes: Routes = (api, { store }) => {
  api.get(
    '/connections/:id/terms',
    {
      schema: {
        params: idParameters,
        querystring: termsQuery,
        response: { 200: z.union([termsAnswer, z.string().describe('text/html with format=html')]) },
      },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      const { format, version } = request.query;
      const connection = await findConnection(store, scope, id);
      const found = connection === null ? null : await findTerms(store, scope, id, version ?? null);
      if (connection === null || found === null)
        throw notFound(connection === null ? 'connection' : 'version of its terms');
      if (format === 'json')
        return {
          ...termsVersionOf(found.terms, found.sha256),
          connectionId: id,
          customerName: connection.customerName,
        };
      const styleNonce = randomBytes(16).toString('base64');
      const { clientCertificate } = connection;
      const page = renderTerms(found.terms, {
        customer: connection.customerName,
        clientCertificate:
          clientCertificate === null
            ? null
            : { ...clientCertificate, notAfter: clientCertificate.notAfter.toISOString() },
        styleNonce,
      });
      reply
        .header('content-security-policy', contentSecurityPolicy(styleNonce))
        .header('content-type', 'text/html; charset=utf-8')
        .serializer((text: unknown) => String(text));
      return page;
    },
  );
};
