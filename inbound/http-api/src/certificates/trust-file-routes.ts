import { idParameters } from '@sallyport/console-api';
import { agreedAnchorsOf, findInventoryCertificate } from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { trustFile, trustFileName } from './trust-file.ts';

/** GET /client-certificates/{id}/trust.pem: goes to the far side together with the announcement of a swap. */
export const trustFileRoutes: Routes = (api, { store }) => {
  api.get('/client-certificates/:id/trust.pem', { schema: { params: idParameters } }, async (request, reply) => {
    const { scope } = callerOf(request);
    const { id } = request.params;
    const certificate = await findInventoryCertificate(store, scope, id);
    if (certificate === null) throw notFound('certificate');
    const anchorsPem = await agreedAnchorsOf(store, scope, id);
    return reply
      .header('content-type', 'application/x-pem-file')
      .header('content-disposition', `attachment; filename="${trustFileName(certificate.name)}"`)
      .serializer((text: unknown) => String(text))
      .send(trustFile({ ...certificate, anchorsPem }));
  });
};
