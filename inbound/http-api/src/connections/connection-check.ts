/** An interactive check: the web tier asks by a row, a connector dials and answers, and the evidence is read back. */
import type { Handshake } from '@sallyport/console-api';
import {
  askCall,
  findConnection,
  findHandshake,
  listConnectors,
  setConnectionState,
  type Connection,
  type Scope,
  type Store,
} from '@sallyport/store';
import { z } from 'zod';
import type { ApiContext } from '../api-context.ts';
import { ApiProblem, notFound } from '../api-problem.ts';
import { findingOf, shownHandshake } from '../handshakes/shown-handshake.ts';

/** A connector that starts just now may still answer within this (milliseconds). */
const absentTimeoutMilliseconds = 5_000;

const checkAnswer = z.object({ handshakeId: z.uuid() });

/** Waits for one full handshake under the terms in force; throws `call-timed-out` when no connector answers in time. */
export async function checkConnection(context: ApiContext, scope: Scope, connection: Connection): Promise<Handshake> {
  const { store } = context;
  const fromDraft = connection.state === 'draft' || connection.state === 'checking';
  if (connection.state === 'draft') await setConnectionState(store, scope, connection.id, 'checking');
  let handshake: Handshake | null = null;
  try {
    handshake = await askForHandshake(context, scope, connection);
    return handshake;
  } finally {
    // Back to draft whatever came of it; what was found stays on the connection.
    if (fromDraft) await backToDraft(context, scope, connection.id, handshake);
  }
}

async function askForHandshake(
  { store, calls, callTimeoutMilliseconds }: ApiContext,
  scope: Scope,
  connection: Connection,
): Promise<Handshake> {
  const { egressGroup } = connection.terms;
  // With nobody there a person should not wait as long as a slow far side may take.
  const timeoutMilliseconds = (await isAnyAlive(store, egressGroup))
    ? callTimeoutMilliseconds
    : Math.min(callTimeoutMilliseconds, absentTimeoutMilliseconds);
  const id = await askCall(store, scope, {
    customerId: connection.customerId,
    connectionId: connection.id,
    egressGroup,
    kind: 'check',
    timeoutMilliseconds,
  });
  const call = await calls.wait(scope, id);
  const answer = call?.state === 'answered' ? checkAnswer.safeParse(call.answer) : null;
  if (answer === null) {
    throw new ApiProblem('call-timed-out', {
      detail: `No connector of the egress group '${egressGroup}' answered within ${timeoutMilliseconds / 1000} s. See whether one runs.`,
      actor: 'operator',
      seen: { callId: id },
    });
  }
  const stored = answer.success ? await findHandshake(store, scope, answer.data.handshakeId) : null;
  if (stored === null || stored.connectionId !== connection.id) {
    throw new ApiProblem('call-failed', {
      detail: failureOf(call?.answer) ?? 'The connector could not dial, and left no evidence of why.',
      actor: 'operator',
      seen: { callId: id },
    });
  }
  return shownHandshake(stored);
}

/** A connector says every 2 s that it lives; after this silence its work is taken over (seconds). */
const silentSeconds = 15;

async function isAnyAlive(store: Store, egressGroup: string): Promise<boolean> {
  const connectors = await listConnectors(store);
  return connectors.some((one) => one.egressGroup === egressGroup && one.heartbeatAgeSeconds < silentSeconds);
}

const failedAnswer = z.object({ error: z.object({ message: z.string() }) });

/** Why a connector could not even dial, in its own words. */
export function failureOf(answer: unknown): string | null {
  const failed = failedAnswer.safeParse(answer);
  return failed.success ? failed.data.error.message : null;
}

async function backToDraft(
  { store }: ApiContext,
  scope: Scope,
  id: string,
  handshake: Handshake | null,
): Promise<void> {
  const connection = await findConnection(store, scope, id);
  if (connection === null) throw notFound('connection');
  // Another request may have moved it on meanwhile.
  if (connection.state !== 'checking' && connection.state !== 'draft') return;
  await setConnectionState(store, scope, id, 'draft', handshake === null ? connection.lastError : findingOf(handshake));
}
