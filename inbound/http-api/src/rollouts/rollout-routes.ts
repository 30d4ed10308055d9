/** Rollouts: one certificate for many connections; the board shows every one of them. */
import {
  approveRollout as approveBody,
  idParameters,
  proposeRollout as proposeBody,
  rolloutBoard,
  rolloutList,
  rolloutReason,
  type Rollout,
  type RolloutBoard,
} from '@sallyport/console-api';
import { cohortTargets, notTrusting } from '@sallyport/lifecycle';
import {
  approveRollout,
  askRollout,
  findRollout,
  listRollouts,
  proposeRollout,
  type RolloutWithMembers,
  type Store,
  type StoredRolloutMember,
} from '@sallyport/store';
import type { FastifyRequest } from 'fastify';
import type { Routes } from '../api-context.ts';
import { ApiProblem, invalidFields, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';
import { shownRefusal } from '../swaps/shown-swap.ts';

export const rolloutRoutes: Routes = (api, { store }) => {
  api.get('/rollouts', { schema: { response: { 200: rolloutList } } }, async (request) => {
    const { scope } = callerOf(request);
    const found = await Promise.all((await listRollouts(store, scope)).map(({ id }) => findRollout(store, scope, id)));
    return { items: found.flatMap((stored) => (stored === null ? [] : shownRollout(stored))) };
  });

  api.post('/rollouts', { schema: { body: proposeBody, response: { 201: rolloutBoard } } }, async (request, reply) => {
    const { body } = request;
    const windowStartsAt = new Date(body.windowStartsAt);
    const windowEndsAt = new Date(body.windowEndsAt);
    if (windowEndsAt <= windowStartsAt)
      throw invalidFields([{ path: 'windowEndsAt', code: 'window', message: 'A window ends after it begins.' }]);
    const id = await proposeRollout(store, callerOf(request).scope, {
      certificateId: body.certificateId,
      connectionIds: body.connectionIds ?? null,
      replaces: body.replaces ?? null,
      first: body.first,
      cohorts: body.cohorts,
      matching: body.matching ?? null,
      emergency: body.emergency,
      canaryAt: body.canaryAt === undefined ? new Date() : new Date(body.canaryAt),
      windowStartsAt,
      windowEndsAt,
      observationSeconds: body.observationSeconds,
      changeNumber: body.changeNumber ?? null,
      note: body.note ?? null,
    });
    request.log.info({ event: 'rollout.proposed', rolloutId: id });
    reply.status(201);
    return board(store, request, id);
  });

  api.get('/rollouts/:id', { schema: { params: idParameters, response: { 200: rolloutBoard } } }, async (request) =>
    board(store, request, request.params.id),
  );

  api.post(
    '/rollouts/:id/approve',
    { schema: { params: idParameters, body: approveBody, response: { 200: rolloutBoard } } },
    async (request) => {
      const { id } = request.params;
      const { sha256, windowStartsAt, windowEndsAt } = request.body;
      const { scope, session } = callerOf(request);
      await approveRollout(store, scope, id, {
        byName: 'person' in session ? (session.person?.name ?? null) : null,
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
        const { state } = await board(store, request, id);
        if (!(await askRollout(store, scope, id, word, request.body?.reason ?? null)))
          throw new ApiProblem('swap-refused', { detail: `This is not possible while the rollout is ${state}.` });
        request.log.info({ event: `rollout.asked.${word}`, rolloutId: id });
        return board(store, request, id);
      },
    );
};

async function board(store: Store, request: FastifyRequest, id: string): Promise<RolloutBoard> {
  const found = await findRollout(store, callerOf(request).scope, id);
  if (found === null) throw notFound('rollout');
  return {
    ...shownRollout(found),
    members: found.members.map(shownMember),
    notTrusting: notTrusting(found.members).map((member) => {
      const { customerName, host, message } = member as StoredRolloutMember;
      return { customerName, host, message: message ?? 'It has not been tried yet.' };
    }),
    leftOut: [...found.rollout.leftOut],
  };
}

function shownMember(member: StoredRolloutMember): RolloutBoard['members'][number] {
  return {
    swapId: member.swapId,
    connectionId: member.connectionId,
    connectionName: member.name,
    customerId: member.customerId,
    customerName: member.customerName,
    host: member.host,
    cohort: member.cohort,
    state: member.state,
    stateSince: new Date(member.stateSince).toISOString(),
    canary: member.canary,
    reason: shownRefusal(member.reason),
  };
}

function shownRollout({ rollout, members }: RolloutWithMembers): Rollout {
  const count = (fits: (member: StoredRolloutMember) => boolean): number => members.filter(fits).length;
  const isObserved = ({ state }: StoredRolloutMember): boolean => state === 'observed' || state === 'done';
  const isGone = ({ state, moved, blockedIn }: StoredRolloutMember): boolean =>
    state === 'rolled-back' || (state === 'blocked' && moved && blockedIn !== null);
  const targets = cohortTargets(rollout.cohorts, members.length);
  return {
    id: rollout.id,
    certificateId: rollout.certificateId,
    certificateName: rollout.certificateName,
    sha256: rollout.sha256,
    state: rollout.state,
    stateSince: rollout.stateSince.toISOString(),
    reason: shownRefusal(rollout.reason),
    matching: rollout.matching ?? 'ca-and-name',
    emergency: rollout.emergency,
    canaryAt: rollout.canaryAt.toISOString(),
    windowStartsAt: rollout.windowStartsAt.toISOString(),
    windowEndsAt: rollout.windowEndsAt.toISOString(),
    observationSeconds: rollout.observationSeconds,
    cohort: rollout.cohort,
    cohorts: targets.map((target, index) => {
      const number = index + 1;
      const of = members.filter(({ cohort }) => cohort === number);
      return {
        number,
        size: rollout.cohorts[index] ?? { percent: 100 },
        // Planned until it begins, then those that are in it.
        connections: of.length > 0 ? of.length : target - (targets[index - 1] ?? 0),
        active: of.filter(({ state }) => state === 'active').length,
        observed: of.filter(isObserved).length,
        failed: of.filter(isGone).length,
        startedAt: rollout.cohortStarted[String(number)] ?? null,
        observedAt:
          of.length > 0 && of.every(isObserved)
            ? new Date(Math.max(...of.map(({ stateSince }) => stateSince))).toISOString()
            : null,
      };
    }),
    counts: {
      connections: members.length,
      canaryAccepted: count(({ canary }) => canary === 'accepted'),
      canaryRefused: count(({ canary }) => canary === 'refused'),
      canaryFailed: count(({ canary }) => canary === 'failed'),
      waiting: count(({ canary }) => canary === null),
      moved: count(({ moved }) => moved),
      observed: count(isObserved),
      wentBack: count(isGone),
    },
    proposedBy: rollout.proposedBy,
    proposedAt: rollout.proposedAt.toISOString(),
    approvedBy: rollout.approvedBy,
    approvedAt: rollout.approvedAt?.toISOString() ?? null,
  };
}
