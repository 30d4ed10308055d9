import { handshakeDetail, handshakeList, handshakeQuery, idParameters } from '@sallyport/console-api';
import { findCertificateEvidence, findConnection, findHandshake, listHandshakes } from '@sallyport/store';
import { writePem } from '@sallyport/x509';
import type { Routes } from '../api-context.ts';
import { notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { shownHandshake } from './shown-handshake.ts';

/** GET /connections/{id}/handshakes and GET /handshakes/{id}. */
export const handshakeRoutes: Routes = (api, { store }) => {
  api.get(
    '/connections/:id/handshakes',
    { schema: { params: idParameters, querystring: handshakeQuery, response: { 200: handshakeList } } },
    async (request) => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      if ((await findConnection(store, scope, id)) === null) throw notFound('connection');
      const stored = await listHandshakes(store, scope, id, { limit: request.query.limit });
      return { items: stored.map(shownHandshake) };
    },
  );
  api.get(
    '/handshakes/:id',
    { schema: { params: idParameters, response: { 200: handshakeDetail } } },
    async (request) => {
      const stored = await findHandshake(store, callerOf(request).scope, request.params.id);
      if (stored === null) throw notFound('handshake');
      const certificates = await findCertificateEvidence(store, stored.chainSha256);
      const chain = stored.chainSha256.flatMap((digest) => certificates.get(digest) ?? []);
      return { ...shownHandshake(stored), chainPem: chain.map((der) => writePem('CERTIFICATE', der)) };
    },
  );
};
