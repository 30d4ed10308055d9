import { sealKeyList, serverCertificateList, takeOutSealKey, type SealKey } from '@sallyport/console-api';
import {
  askSealKeyRotation,
  listSealKeys,
  listWebCertificates,
  takeSealKeyOut,
  type SealKeyState,
  type TakingOutObstacles,
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
    { schema: { params: keyParameters, body: takeOutSealKey, response: { 202: sealKeyList } } },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const obstacles = await takeSealKeyOut(store, scope, request.params.id, request.body);
      if (obstacles !== null) throw refusalOf(obstacles);
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

/** The first that stands in the way, in the order in which people would clear it. */
function refusalOf({ state, heldBy, anotherIsHeld, onlyHere, records }: TakingOutObstacles): ApiProblem {
  const seen = { state, heldBy: [...heldBy], anotherIsHeld, onlyHere, records: [...records] };
  const refused = (detail: string): ApiProblem =>
    new ApiProblem('seal-key-not-rotatable', { detail, actor: 'operator', seen });
  if (state !== 'current') return refused('There is no such key in use.');
  if (heldBy.length > 0)
    return refused(`${heldBy.join(', ')} holds it and runs: a key that is held is replaced, not taken out.`);
  if (!anotherIsHeld)
    return refused('No running connector holds another key: with this one all that is sealed would stay closed.');
  const names = records.slice(0, mostNamed).map(({ purpose, customerName, name }) => {
    const what = purposeWords[purpose] ?? 'a secret';
    return name === null ? `${what} of ${customerName}` : `${what} of ${customerName}, ${name}`;
  });
  const more = onlyHere - names.length;
  return refused(
    `${onlyHere} ${onlyHere === 1 ? 'record' : 'records'} could be opened by nobody who runs: ${names.join('; ')}${more > 0 ? ` and ${more} more` : ''}. ` +
      'Start a connector with this key’s file so that they are copied; or, where it is lost, send leaveUnopened: they stay closed, and what they hold must be entered anew.',
  );
}

const mostNamed = 5;
const purposeWords: Readonly<Record<string, string | undefined>> = {
  'client-key': 'the key of a client certificate',
  'jira-credential': 'a credential for Jira',
  'proxy-credential': 'a credential for a proxy',
};

function shownKey({
  id,
  state,
  createdAt,
  retiredAt,
  rotationAskedAt,
  rotationAskedBy,
  replacedBy,
  takenOutAt,
  takenOutBy,
  takenOutReason,
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
    takenOut:
      takenOutAt === null ? null : { at: takenOutAt.toISOString(), by: takenOutBy ?? '', reason: takenOutReason ?? '' },
    sealedRecords,
    connectors: [...connectors],
  };
}
