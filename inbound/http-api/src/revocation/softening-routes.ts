/** Emergency softening of one authority: one person proposes, another approves, and it ends by itself. */
import {
  idParameters,
  proposeSoftening as proposal,
  softening,
  softeningList,
  type Softening,
} from '@sallyport/console-api';
import {
  approveSoftening,
  connectionsUnder,
  endSoftening,
  listSoftenings,
  proposeSoftening,
  type Softening as StoredSoftening,
  type Scope,
  type Store,
} from '@sallyport/store';
import type { FastifyRequest } from 'fastify';
import type { Routes } from '../api-context.ts';
import { ApiProblem, notFound } from '../api-problem.ts';
import { callerOf } from '../session/caller.ts';

/** GET, POST /revocation-softenings; POST /revocation-softenings/{id}/approve and /end. */
export const softeningRoutes: Routes = (api, { store }) => {
  api.get('/revocation-softenings', { schema: { response: { 200: softeningList } } }, async (request) => {
    return { items: await all(store, callerOf(request).scope) };
  });

  api.post(
    '/revocation-softenings',
    { schema: { body: proposal, response: { 201: softening } } },
    async (request, reply) => {
      const personId = personOf(request);
      const id = await proposeSoftening(store, callerOf(request).scope, { ...request.body, personId });
      request.log.warn({ event: 'revocation.softening-proposed', softeningId: id, authority: request.body.authority });
      reply.status(201);
      return one(store, callerOf(request).scope, id);
    },
  );

  for (const [deed, change] of [
    ['approve', approveSoftening],
    ['end', endSoftening],
  ] as const) {
    api.post(
      `/revocation-softenings/:id/${deed}`,
      { schema: { params: idParameters, response: { 200: softening } } },
      async (request) => {
        const { id } = request.params;
        await change(store, callerOf(request).scope, id, personOf(request));
        request.log.warn({ event: `revocation.softening-${deed}`, softeningId: id });
        return one(store, callerOf(request).scope, id);
      },
    );
  }
};

/** Two people are wanted: a token that belongs to nobody is none. */
function personOf(request: FastifyRequest): string {
  const { personId } = callerOf(request);
  if (personId !== null) return personId;
  throw new ApiProblem('person-needed', {
    detail: 'Softening an authority takes two people. This token belongs to none: sign in.',
    actor: 'operator',
  });
}

async function one(store: Store, scope: Scope, id: string): Promise<Softening> {
  const found = (await all(store, scope)).find((candidate) => candidate.id === id);
  if (found === undefined) throw notFound('softening');
  return found;
}

async function all(store: Store, scope: Scope): Promise<Softening[]> {
  const stored = await listSoftenings(store);
  const under = await connectionsUnder(store, scope, [...new Set(stored.map(({ authority }) => authority))]);
  const now = new Date();
  return stored.map((one) => ({ ...shown(one, now), connections: under.get(one.authority) ?? 0 }));
}

const approvableMilliseconds = 24 * 3_600_000;

function shown(stored: StoredSoftening, now: Date): Omit<Softening, 'connections'> {
  const { proposedAt, approvedAt, endsAt, endedAt, ...rest } = stored;
  return {
    ...rest,
    state: stateOf(stored, now),
    proposedAt: proposedAt.toISOString(),
    approvedAt: approvedAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}

function stateOf({ endedAt, endsAt, proposedAt }: StoredSoftening, now: Date): Softening['state'] {
  if (endedAt !== null) return 'ended';
  if (endsAt !== null) return endsAt > now ? 'in-force' : 'ended';
  return now.getTime() - proposedAt.getTime() < approvableMilliseconds ? 'proposed' : 'lapsed';
}
