/** POST and GET /connections/{id}/doctor, and GET /diagnoses/{id}. */
import {
  diagnosis,
  diagnosisDetail,
  diagnosisList,
  diagnosisQuery,
  diagnosisWish,
  idParameters,
} from '@sallyport/console-api';
import { askCall, findConnection, findDiagnosis, listDiagnoses, type Connection, type Scope } from '@sallyport/store';
import { z } from 'zod';
import type { ApiContext, Routes } from '../api-context.ts';
import { ApiProblem, notFound } from '../api-problem.ts';
import { failureOf } from '../connections/connection-check.ts';
import { callerOf } from '../session/caller.ts';
import { shownDiagnosis } from './shown-diagnosis.ts';

export const diagnosisRoutes: Routes = (api, context) => {
  const { store } = context;
  api.post(
    '/connections/:id/doctor',
    { schema: { params: idParameters, body: diagnosisWish.nullish(), response: { 200: diagnosis } } },
    async (request) => {
      const { scope } = callerOf(request);
      const connection = await findConnection(store, scope, request.params.id);
      if (connection === null) throw notFound('connection');
      if (connection.state === 'retired')
        throw new ApiProblem('state-conflict', { detail: 'A retired connection is not dialled any more.' });
      const negativeProbes = request.body?.negativeProbes ?? false;
      if (negativeProbes && connection.terms.probes !== 'negative')
        throw new ApiProblem('probes-not-agreed', {
          detail:
            'The terms of this connection do not allow probes that its far side must refuse. Agree on them first.',
          actor: 'customer',
        });
      const found = await askDoctor(context, scope, connection, negativeProbes);
      request.log.info({ event: 'connection.diagnosed', connectionId: connection.id, verdict: found.verdict });
      return found;
    },
  );
  api.get(
    '/connections/:id/doctor',
    { schema: { params: idParameters, querystring: diagnosisQuery, response: { 200: diagnosisList } } },
    async (request) => {
      const { scope } = callerOf(request);
      if ((await findConnection(store, scope, request.params.id)) === null) throw notFound('connection');
      const stored = await listDiagnoses(store, scope, request.params.id, { limit: request.query.limit });
      return { items: stored.flatMap((one) => shownDiagnosis(one) ?? []) };
    },
  );
  api.get(
    '/diagnoses/:id',
    { schema: { params: idParameters, response: { 200: diagnosisDetail } } },
    async (request) => {
      const stored = await findDiagnosis(store, callerOf(request).scope, request.params.id);
      const shown = stored === null ? null : shownDiagnosis(stored);
      if (shown === null) throw notFound('diagnosis');
      return shown;
    },
  );
};

const answered = z.object({ diagnosisId: z.uuid() });
const busy = z.object({ error: z.object({ code: z.literal('doctor-busy') }) });
/** A run takes 15 s at most; so long it is waited for another to be over. */
const retryAfterSeconds = 15;

async function askDoctor(
  { store, calls, callTimeoutMilliseconds }: ApiContext,
  scope: Scope,
  connection: Connection,
  negativeProbes: boolean,
): Promise<z.infer<typeof diagnosis>> {
  const { egressGroup } = connection.terms;
  const id = await askCall(store, scope, {
    customerId: connection.customerId,
    connectionId: connection.id,
    egressGroup,
    kind: 'doctor',
    parameters: { negativeProbes },
    timeoutMilliseconds: callTimeoutMilliseconds,
  });
  const call = await calls.wait(scope, id);
  if (call?.state !== 'answered')
    throw new ApiProblem('call-timed-out', {
      detail: `No connector of the egress group '${egressGroup}' answered within ${callTimeoutMilliseconds / 1000} s. See whether one runs.`,
      actor: 'operator',
      seen: { callId: id },
    });
  if (busy.safeParse(call.answer).success)
    throw new ApiProblem('doctor-busy', {
      detail: failureOf(call.answer) ?? 'Another run is under way.',
      retryAfterSeconds,
    });
  const answer = answered.safeParse(call.answer);
  const stored = answer.success ? await findDiagnosis(store, scope, answer.data.diagnosisId) : null;
  const shown = stored === null || stored.connectionId !== connection.id ? null : shownDiagnosis(stored);
  if (shown === null)
    throw new ApiProblem('call-failed', {
      detail: failureOf(call.answer) ?? 'The connector could not look, and left no word of why.',
      actor: 'operator',
      seen: { callId: id },
    });
  return shown;
}
