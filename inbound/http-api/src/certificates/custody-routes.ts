import { sealKeyList, serverCertificateList, type SealKey } from '@sallyport/console-api';
import { askSealKeyRotation, listSealKeys, listWebCertificates, type SealKeyState } from '@sallyport/store';
import { formatInstant } from '@sallyport/x509';
import { z } from 'zod';
import type { Routes } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { certificatesIn, daysLeft, shownChain, storedJudgement } from './stored-judgement.ts';

const keyParameters = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

/** GET /seal-keys, POST /seal-keys/{id}/rotate, GET /server-certificates. */
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
  api.get('/server-certificates', { schema: { response: { 200: serverCertificateList } } }, async (request) => {
    callerOf(request);
    const now = Date.now();
    return {
      items: (await listWebCertificates(store)).flatMap(({ chainPem, firstShownAt, judgement, judgedAt }) => {
        const chain = certificatesIn(chainPem);
        const [endEntity] = chain;
        if (endEntity === undefined) return [];
        const { findings, checks } = storedJudgement(judgement);
        const shown = shownChain(chain);
        const notAfter = new Date(endEntity.notAfter);
        return [
          {
            subject: endEntity.subject.toString(),
            issuer: endEntity.issuer.toString(),
            names: shown[0]?.subjectAltNames ?? [],
            notBefore: formatInstant(endEntity.notBefore),
            notAfter: formatInstant(endEntity.notAfter),
            daysLeft: daysLeft(chain, notAfter, now),
            sha256: endEntity.sha256,
            chain: shown,
            shownSince: firstShownAt.toISOString(),
            judgedAt: judgedAt?.toISOString() ?? null,
            checks,
            findings,
          },
        ];
      }),
    };
  });
};

function shownKey({
  id,
  state,
  createdAt,
  retiredAt,
  rotationAskedAt,
  sealedRecords,
  connectors,
}: SealKeyState): SealKey {
  return {
    id,
    state,
    createdAt: createdAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
    rotationAskedAt: rotationAskedAt?.toISOString() ?? null,
    sealedRecords,
    connectors: [...connectors],
  };
}
