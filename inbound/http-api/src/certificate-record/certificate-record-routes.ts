import { randomBytes } from 'node:crypto';
import { certificateRecord, certificateRecordQuery, idParameters } from '@sallyport/console-api';
import { readCertificateRecord } from '@sallyport/store';
import { z } from 'zod';
import type { Routes } from '../api-context.ts';
import { detailOf } from '../certificates/client-certificate-routes.ts';
import { contentSecurityPolicy } from '../security-headers.ts';
import { callerOf } from '../session/caller.ts';
import { renderRecord } from './record-page.ts';
import { shownRecord } from './shown-record.ts';

/** GET /client-certificates/{id}/record: as JSON, or as pages for a file. */
export const certificateRecordRoutes: Routes = (api, { store }) => {
  api.get(
    '/client-certificates/:id/record',
    {
      schema: {
        params: idParameters,
        querystring: certificateRecordQuery,
        response: { 200: z.union([certificateRecord, z.string().describe('text/html with format=html')]) },
      },
    },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      const { format, download } = request.query;
      const certificate = await detailOf(store, scope, id);
      const stored = await readCertificateRecord(store, scope, id);
      const record = shownRecord(certificate, stored, scope.actor, Date.now());
      if (download === 'true') {
        const file = `certificate-record-${certificate.sha256.slice(0, 16)}.${format}`;
        reply.header('content-disposition', `attachment; filename="${file}"`);
      }
      if (format === 'json') return record;
      const styleNonce = randomBytes(16).toString('base64');
      reply
        .header('content-security-policy', contentSecurityPolicy(styleNonce))
        .header('content-type', 'text/html; charset=utf-8')
        .serializer((text: unknown) => String(text));
      return renderRecord(record, styleNonce);
    },
  );
};
