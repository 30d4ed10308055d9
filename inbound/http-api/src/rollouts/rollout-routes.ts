/** Rollouts: one certificate for many connections; the board shows every one of them. */
import {
  approveRollout as approveBody,
  idParameters,
  previewRollout,
  proposeRollout as proposeBody,
  rolloutBoard,
  rolloutLetters as lettersAnswer,
  rolloutList,
  rolloutPreview,
  rolloutReason,
  type RolloutBoard,
} from '@sallyport/console-api';
import { rolloutLetters } from '@sallyport/lifecycle';
import {
  approveRollout,
  askRollout,
  listRolloutsWithTallies,
  ProposalRefusedError,
  proposeRollout,
  readRolloutBoard,
  rolloutCandidates,
  untrustingSwaps,
  type Store,
} from '@sallyport/store';
import type { FastifyRequest } from 'fastify';
import type { Routes } from '../api-context.ts';
import { ApiProblem, invalidFields, notFound } from '../api-problem.ts';
import { actorNames } from '../session/actor-names.ts';
import { callerOf } from '../session/caller.ts';
import { canaryTimeAhead } from '../swaps/canary-time.ts';
import { refusedStep } from '../swaps/swap-routes.ts';
import { shownPreview } from './shown-preview.ts';
import { shownBoard, shownRollout } from './shown-rollout.ts';

export const rolloutRoutes: Routes = (api, { store }) => {
  api.get('/rollouts', { schema: { response: { 200: rolloutList } } }, async (request) => {
    const found = await listRolloutsWithTallies(store, callerOf(request).scope);
    return { items: found.map(({ rollout, tallies }) => shownRollout(rollout, tallies)) };
  });

  // Asked with a body, since it may name thousands of connections; it writes nothing.
  api.post(
    '/rollouts/preview',
    { schema: { body: previewRollout, response: { 200: rolloutPreview } } },
    async (request) => {
      const { body } = request;
      if (body.windowStartsAt !== undefined && body.windowEndsAt !== undefined)
        checkWindow(body.windowStartsAt, body.windowEndsAt);
      const found = await rolloutCandidates(store, callerOf(request).scope, {
        certificateId: body.certificateId,
        replaces: body.replaces ?? null,
        connectionIds: body.connectionIds ?? null,
        matching: body.matching ?? null,
        emergency: body.emergency,
        changeNumber: body.changeNumber ?? null,
      });
      return shownPreview(found, body);
    },
  );

  api.post('/rollouts', { schema: { body: proposeBody, response: { 201: rolloutBoard } } }, async (request, reply) => {
    const { body } = request;
    checkWindow(body.windowStartsAt, body.windowEndsAt);
    const id = await proposeRollout(store, callerOf(request).scope, {
      certificateId: body.certificateId,
      connectionIds: body.connectionIds ?? null,
      replaces: body.replaces ?? null,
      first: body.first,
      cohorts: body.cohorts,
      matching: body.matching ?? null,
      emergency: body.emergency,
      // Left out, it is our own word that they may be tried at once.
      canaryAt: canaryTimeAhead('canaryAt', body.canaryAt) ?? new Date(),
      windowStartsAt: new Date(body.windowStartsAt),
      windowEndsAt: new Date(body.windowEndsAt),
      observationSeconds: body.observationSeconds,
      changeNumber: body.changeNumber ?? null,
      note: body.note ?? null,
    }).catch((error: unknown) => {
      throw error instanceof ProposalRefusedError ? refusedStep(error.refusal) : error;
    });
    request.log.info({ event: 'rollout.proposed', rolloutId: id });
    reply.status(201);
    return board(store, request, id);
  });

  api.get('/rollouts/:id', { schema: { params: idParameters, response: { 200: rolloutBoard } } }, async (request) =>
    board(store, request, request.params.id),
  );

  api.get(
    '/rollouts/:id/letters',
    { schema: { params: idParameters, response: { 200: lettersAnswer } } },
    async (request) => {
      const swaps = await untrustingSwaps(store, callerOf(request).scope, request.params.id);
      if (swaps === null) throw notFound('rollout');
      const items = rolloutLetters(swaps).map(({ hosts, to, ...letter }) => ({
        ...letter,
        hosts: [...hosts],
        to: [...to],
      }));
      return { items };
    },
  );

  api.post(
    '/rollouts/:id/approve',
    { schema: { params: idParameters, body: approveBody, response: { 200: rolloutBoard } } },
    async (request) => {
      const { id } = request.params;
      const { sha256, windowStartsAt, windowEndsAt } = request.body;
      const { scope, name: byName } = callerOf(request);
      await approveRollout(store, scope, id, {
        byName,
        sha256,
        windowStartsAt: new Date(windowStartsAt),
        windowEndsAt: new Date(windowEndsAt),
      });
      request.log.info({ event: 'rollout.approved', rolloutId: id });
      return board(store, request, id);
    },
  );

  for (const word of ['begin', 'stop', 'resume', 'cancel'] as const)
    api.post(
      `/rollouts/:id/${word}`,
      { schema: { params: idParameters, body: rolloutReason.optional(), response: { 200: rolloutBoard } } },
      async (request) => {
        const { id } = request.params;
        const { scope } = callerOf(request);
        const { state, approvedAt } = await board(store, request, id);
        // It would be taken, and nothing would come of it.
        if (word === 'begin' && approvedAt === null && (state === 'canaries' || state === 'ready'))
          throw refusedStep(approvalFirst);
        if (!(await askRollout(store, scope, id, word, request.body?.reason ?? null)))
          throw new ApiProblem('swap-refused', { detail: `This is not possible while the rollout is ${state}.` });
        request.log.info({ event: `rollout.asked.${word}`, rolloutId: id });
        return board(store, request, id);
      },
    );
};

const approvalFirst = {
  code: 'rollout-approval-missing',
  message:
    'The operator has not approved the rollout of this certificate in this window: approve it first, then begin.',
  actor: 'operator',
} as const;

async function board(store: Store, request: FastifyRequest, id: string): Promise<RolloutBoard> {
  const found = await readRolloutBoard(store, callerOf(request).scope, id);
  if (found === null) throw notFound('rollout');
  const { proposedBy, approvedBy } = found.rollout;
  return shownBoard(found, await actorNames(store, [proposedBy, approvedBy]));
}

function checkWindow(startsAt: string, endsAt: string): void {
  if (Date.parse(endsAt) <= Date.parse(startsAt))
    throw invalidFields([{ path: 'windowEndsAt', code: 'window', message: 'A window ends after it begins.' }]);
}
