/** Swaps: proposed, approved and asked for here; connectors make the steps. */
import {
  approveSwap as approveBody,
  idParameters,
  proposedTimes,
  proposeSwap as proposeBody,
  scheduleSwap,
  sideCalendar,
  swap,
  swapCalendarQuery,
  swapCanary,
  swapDetail,
  swapList,
  swapPreview,
  swapPreviewQuery,
  swapQuery,
  swapReason,
  swapTimesQuery,
  swapTrusted,
  type SwapAsk,
  type SwapDetail,
} from '@sallyport/console-api';
import { emergencyText, finalStates, icalendar, type SwapRefusal } from '@sallyport/lifecycle';
import {
  approveSwap,
  askSwap,
  findSwap,
  findSwapRequest,
  listSwaps,
  previewSwap,
  ProposalRefusedError,
  proposeSwap,
  readOperatorCalendar,
  SwapEndedError,
  writeOperatorCalendar,
  type Store,
  type StoredSwap,
  type SwapWithEvidence,
} from '@sallyport/store';
import { calendarFaults } from '@sallyport/terms';
import type { FastifyRequest } from 'fastify';
import type { Api, Routes } from '../api-context.ts';
import { ApiProblem, invalidFields, notFound } from '../api-problem.ts';
import { actorNames } from '../session/actor-names.ts';
import { callerOf } from '../session/caller.ts';
import { canaryTimeAhead } from './canary-time.ts';
import { shownDetail, shownPreview, shownSwap, timesFor } from './shown-swap.ts';

/** How long an answer waits for a connector to take up what was asked. */
const answerMilliseconds = 3_000;
const lookMilliseconds = 50;

export const swapRoutes: Routes = (api, { store }) => {
  api.get('/swaps', { schema: { querystring: swapQuery, response: { 200: swapList } } }, async (request) => {
    const { open, alone, stranded, ...filter } = request.query;
    const found = await listSwaps(store, callerOf(request).scope, {
      ...filter,
      alone: alone === 'true',
      stranded: stranded === 'true',
      open: open === undefined ? undefined : open === 'true',
    });
    return { items: found.map(shownSwap) };
  });

  api.post('/swaps', { schema: { body: proposeBody, response: { 201: swap } } }, async (request, reply) => {
    const { body } = request;
    const { windowStartsAt, windowEndsAt, canaryAt, ...proposed } = body;
    const { scope } = callerOf(request);
    const window =
      windowStartsAt === undefined || windowEndsAt === undefined
        ? null
        : { startsAt: new Date(windowStartsAt), endsAt: new Date(windowEndsAt) };
    const agreed = canaryTimeAhead('canaryAt', canaryAt);
    const id = await proposeSwap(store, scope, { ...proposed, window, canaryAt: agreed }).catch((error: unknown) => {
      throw error instanceof ProposalRefusedError ? refusedStep(error.refusal) : error;
    });
    request.log.info({ event: 'swap.proposed', swapId: id, connectionId: body.connectionId });
    reply.status(201);
    return shownSwap((await one(store, request, id)).swap);
  });

  api.get(
    '/swaps/preview',
    { schema: { querystring: swapPreviewQuery, response: { 200: swapPreview } } },
    async (request) => {
      const { emergency, hours, ...chosen } = request.query;
      const { scope } = callerOf(request);
      return shownPreview(await previewSwap(store, scope, { ...chosen, emergency: emergency === 'true' }), hours);
    },
  );

  api.get('/swaps/:id', { schema: { params: idParameters, response: { 200: swapDetail } } }, async (request) =>
    detailOf(store, request, request.params.id),
  );

  api.get(
    '/swaps/:id/times',
    { schema: { params: idParameters, querystring: swapTimesQuery, response: { 200: proposedTimes } } },
    async (request) => timesFor((await one(store, request, request.params.id)).swap, request.query.hours),
  );

  api.get(
    '/swaps/:id/calendar.ics',
    { schema: { params: idParameters, querystring: swapCalendarQuery } },
    async (request, reply) => {
      const found = await one(store, request, request.params.id);
      return reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('content-disposition', `attachment; filename="swap-${found.swap.id}.ics"`)
        .serializer((text: unknown) => String(text))
        .send(entryOf(found, request.query.side));
    },
  );

  asks(api, store);

  api.post(
    '/swaps/:id/approve',
    { schema: { params: idParameters, body: approveBody, response: { 200: swapDetail } } },
    async (request) => {
      const { id } = request.params;
      const { side, sha256, windowStartsAt, windowEndsAt, termsSha256 } = request.body;
      const { scope, name: byName } = callerOf(request);
      await approveSwap(store, scope, id, {
        side,
        byName,
        sha256,
        windowStartsAt: Date.parse(windowStartsAt),
        windowEndsAt: Date.parse(windowEndsAt),
        termsSha256,
      }).catch((error: unknown) => {
        throw error instanceof SwapEndedError ? refusedStep(error.refusal) : error;
      });
      request.log.info({ event: 'swap.approved', swapId: id, side });
      return detailOf(store, request, id);
    },
  );

  api.get('/swap-calendar', { schema: { response: { 200: sideCalendar } } }, async (request) => {
    callerOf(request);
    return readOperatorCalendar(store);
  });
  api.put('/swap-calendar', { schema: { body: sideCalendar, response: { 200: sideCalendar } } }, async (request) => {
    const faults = calendarFaults(request.body);
    if (faults.length > 0) throw invalidFields(faults.map((fault) => ({ code: 'calendar', ...fault })));
    await writeOperatorCalendar(store, callerOf(request).scope, request.body);
    return readOperatorCalendar(store);
  });
};

/** POST /swaps/{id}/… : each is a wish that a connector answers by the guards. */
function asks(api: Api, store: Store): void {
  api.post(
    '/swaps/:id/trusted',
    { schema: { params: idParameters, body: swapTrusted.optional(), response: { 200: swapDetail } } },
    async (request) => ask(store, request, request.params.id, 'trusted', request.body ?? {}),
  );
  api.post(
    '/swaps/:id/canary',
    { schema: { params: idParameters, body: swapCanary.optional(), response: { 200: swapDetail } } },
    async (request) => {
      const at = request.body?.at;
      canaryTimeAhead('at', at);
      return ask(store, request, request.params.id, at === undefined ? 'canary' : 'canary-at', { at });
    },
  );
  api.post(
    '/swaps/:id/schedule',
    { schema: { params: idParameters, body: scheduleSwap, response: { 200: swapDetail } } },
    async (request) => ask(store, request, request.params.id, 'schedule', request.body),
  );
  for (const word of ['activate', 'roll-back', 'finish', 'resume', 'cancel'] as const)
    api.post(
      `/swaps/:id/${word}`,
      { schema: { params: idParameters, body: swapReason.optional(), response: { 200: swapDetail } } },
      async (request) => ask(store, request, request.params.id, word, request.body ?? {}),
    );
}

/** Waits for a connector for a moment; without its answer the request stands, and is shown as not yet answered. */
async function ask(
  store: Store,
  request: FastifyRequest,
  id: string,
  wish: SwapAsk,
  detail: object,
): Promise<SwapDetail> {
  const { scope } = callerOf(request);
  const asked = await askSwap(store, scope, id, wish, detail).catch((error: unknown) => {
    throw error instanceof SwapEndedError ? refusedStep(error.refusal) : error;
  });
  request.log.info({ event: 'swap.asked', swapId: id, ask: wish });
  const end = Date.now() + answerMilliseconds;
  for (;;) {
    const answer = await findSwapRequest(store, scope, asked);
    if (answer?.refusal) throw refusedStep(answer.refusal);
    if ((answer?.answeredAt ?? null) !== null || Date.now() >= end) return detailOf(store, request, id);
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
  }
}

export function refusedStep({ code, message, actor }: SwapRefusal): ApiProblem {
  return new ApiProblem('swap-refused', { detail: message, actor, seen: { code } });
}

/** With the names of those who acted. */
async function detailOf(store: Store, request: FastifyRequest, id: string): Promise<SwapDetail> {
  const found = await one(store, request, id);
  const { swap: stored, events, requests } = found;
  const names = await actorNames(store, [
    stored.proposedBy,
    stored.trustedBy,
    ...events.map(({ actor }) => actor),
    ...[...requests, ...stored.approvals].map(({ by }) => by),
  ]);
  return shownDetail(found, names);
}

async function one(store: Store, request: FastifyRequest, id: string): Promise<SwapWithEvidence> {
  const found = await findSwap(store, callerOf(request).scope, id);
  if (found === null) throw notFound('swap');
  return found;
}

/** The window for one side's calendar. */
function entryOf({ swap: stored, events }: SwapWithEvidence, side: 'operator' | 'customer'): string {
  const { window, now } = stored.facts;
  if (window === null)
    throw new ApiProblem('swap-refused', { detail: 'No window has been chosen yet.', actor: 'operator' });
  const detail = shownDetail({ swap: stored, events, requests: [] });
  return icalendar({
    ...window,
    uid: `swap-${stored.id}-${side}@sallyport`,
    sequence: events.length,
    writtenAt: now,
    summary:
      side === 'operator'
        ? `Swap: ${stored.customerName}, ${stored.host}`
        : `New client certificate for ${stored.host}`,
    description: side === 'operator' ? operatorText(stored) : detail.announcement,
    standing:
      finalStates.includes(stored.state) && stored.state !== 'done'
        ? 'cancelled'
        : stored.state === 'scheduled' || stored.activatedAt !== null
          ? 'agreed'
          : 'proposed',
  });
}

function operatorText(stored: StoredSwap): string {
  const { classSentence, changeNumber } = shownSwap(stored);
  return [
    `${stored.connectionName} of ${stored.customerName}: the client certificate is replaced by ${stored.next.name}.`,
    ...emergencyText(stored.facts, 'the far side'),
    ...(finalStates.includes(stored.state) && stored.state !== 'done'
      ? [
          `It was ${stored.state === 'cancelled' ? 'cancelled' : 'rolled back'}: ${stored.reason?.message ?? 'no reason was given.'}`,
        ]
      : []),
    classSentence,
    `SHA-256 ${stored.next.sha256}`,
    ...(changeNumber === null ? [] : [`Change ${changeNumber}`]),
  ].join('\n');
}
