import { sealKeyList, serverCertificateList, type SealKey } from '@sallyport/console-api';
import {
  askSealKeyRotation,
  listSealKeys,
  listWebCertificates,
  takeSealKeyOut,
  type SealKeyState,
} from '@sallyport/store';
import { z } from 'zod';
import type { Routes } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { shownServerCertificate } from './shown-server-certificate.ts';

const keyParameters = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

/** GET /seal-keys, POST /seal-keys/{id}/rotate and /take-out, GET /server-certificates. */
export const custodyRoutes: Routes = (api, { store }) => {
  api.get('/seal-keys', { schema: { response: { 200: sealKeyList } } }, async (request) => {
    callerOf(request);
    return { items: (await listSealKeys(store)).map(shownKey) };
  });
  api.post(
    '/seal-keys/:id/rotate',
    { schema: { params: keyParameters, response: { 202: sealKeyList } } },
    async (request, reply) => {
      const { scope } = callerOf(request);
      if (!(await askSealKeyRotation(store, scope, request.params.id)))
        throw new ApiProblem('seal-key-not-rotatable', {
          detail: 'There is no such key in use, or another one was asked for already.',
          actor: 'operator',
        });
      reply.status(202);
      return { items: (await listSealKeys(store)).map(shownKey) };
    },
  );
  api.post(
    '/seal-keys/:id/take-out',
    { schema: { params: keyParameters, response: { 202: sealKeyList } } },
    async (request, reply) => {
      const { scope } = callerOf(request);
      if (!(await takeSealKeyOut(store, scope, request.params.id)))
        throw new ApiProblem('seal-key-not-rotatable', {
          detail:
            'Only a key in use that no running connector holds is taken out, while a running connector holds another: one that is held is replaced.',
          actor: 'operator',
        });
      reply.status(202);
      return { items: (await listSealKeys(store)).map(shownKey) };
    },
  );
  api.get('/server-certificates', { schema: { response: { 200: serverCertificateList } } }, async (request) => {
    callerOf(request);
    const stored = await listWebCertificates(store);
    return { items: stored.flatMap((one, place) => shownServerCertificate(one, place === 0, Date.now()) ?? []) };
  });
};

function shownKey({
  id,
  state,
  createdAt,
  retiredAt,
  rotationAskedAt,
  rotationAskedBy,
  replacedBy,
  sealedRecords,
  connectors,
}: SealKeyState): SealKey {
  return {
    id,
    state,
    createdAt: createdAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
    rotationAskedAt: rotationAskedAt?.toISOString() ?? null,
    rotationAskedBy,
    replacedBy,
    sealedRecords,
    connectors: [...connectors],
  };
}
