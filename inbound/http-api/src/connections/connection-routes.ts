/** The nouns' verbs: create, show, change, check, activate, pause, resume, retire. */
import {
  changeConnection,
  checkAnswer,
  connectionDetail,
  connectionList,
  idParameters,
  newConnection,
  syncProgress,
} from '@sallyport/console-api';
import {
  changeTerms,
  countRecentChanges,
  findConnection,
  listConnections,
  requestJob,
  setConnectionState,
  type Connection,
  type Scope,
} from '@sallyport/store';
import type { ApiContext, Routes } from '../api-context.ts';
import { ApiProblem, notFound } from '../api-problem.ts';
import { showRefusalsFirst } from '../replays/stricter-terms.ts';
import { callerOf } from '../session/caller.ts';
import { checkConnection } from './connection-check.ts';
import { createConnectionOf, requireEgressGroup, sealCredential } from './connection-intake.ts';
import { requireProxyCredential, sealProxyCredential } from './proxy-credential-intake.ts';
import { changedTerms } from './new-terms.ts';
import {
  actionsOf,
  connectionDetailOf,
  connectionSummaryOf,
  lastHandshakeOf,
  lastHandshakesOf,
  progressOf,
  revokedCertificates,
} from './shown-connection.ts';

const hour = 3600;

export const connectionRoutes: Routes = (api, context) => {
  const { store } = context;
  api.get('/connections', { schema: { response: { 200: connectionList } } }, async (request) => {
    const { scope } = callerOf(request);
    const connections = await listConnections(store, scope);
    const [handshakes, revoked] = await Promise.all([
      lastHandshakesOf(context, scope, connections),
      revokedCertificates(context, scope),
    ]);
    return {
      items: connections.map((connection) =>
        connectionSummaryOf(connection, handshakes.get(connection.id) ?? null, revoked),
      ),
    };
  });

  api.post(
    '/connections',
    { schema: { body: newConnection, response: { 201: connectionDetail } } },
    async (request, reply) => {
      const { scope } = callerOf(request);
      const connection = await createConnectionOf(store, scope, request.body);
      request.log.info({ event: 'connection.created', connectionId: connection.id });
      reply.status(201).header('location', `/api/v1/connections/${connection.id}`);
      return connectionDetailOf(context, scope, connection);
    },
  );

  api.get(
    '/connections/:id',
    { schema: { params: idParameters, response: { 200: connectionDetail } } },
    async (request) => {
      const { scope } = callerOf(request);
      return connectionDetailOf(context, scope, await connectionOf(context, scope, request.params.id));
    },
  );

  api.patch(
    '/connections/:id',
    { schema: { params: idParameters, body: changeConnection, response: { 200: connectionDetail } } },
    async (request) => {
      const { scope } = callerOf(request);
      const before = await connectionOf(context, scope, request.params.id);
      const { authentication, approvedSha256 = null, replayedSha256 = null } = request.body;
      const terms = changedTerms(before.terms, request.body);
      if (new URL(terms.baseUrl).hostname.toLowerCase() !== before.host)
        throw new ApiProblem('host-is-fixed', {
          detail: `This connection is to ${before.host}. Make a new connection for another host, and retire this one.`,
        });
      await requireEgressGroup(store, terms);
      requireProxyCredential(before.terms, terms, request.body);
      await showRefusalsFirst(context, scope, before, terms, replayedSha256);
      const credential =
        authentication === undefined ? null : await sealCredential(store, before.customerId, authentication, terms);
      const proxyCredential = await sealProxyCredential(store, before.customerId, request.body.proxyCredential, terms);
      const changed = await changeTerms(store, scope, before.id, {
        terms,
        approvedSha256,
        credential,
        proxyCredential,
      });
      return connectionDetailOf(context, scope, changed);
    },
  );

  api.post(
    '/connections/:id/check',
    { schema: { params: idParameters, response: { 200: checkAnswer } } },
    async (request) => {
      const { scope } = callerOf(request);
      const connection = await connectionOf(context, scope, request.params.id);
      await mustAllow(context, scope, connection, 'check');
      const handshake = await checkConnection(context, scope, connection);
      request.log.info({ event: 'connection.checked', connectionId: connection.id, verdict: handshake.verdict });
      const checked = await connectionOf(context, scope, connection.id);
      return { handshake, connection: await connectionDetailOf(context, scope, checked) };
    },
  );

  for (const [action, state] of [
    ['activate', 'active'],
    ['pause', 'paused'],
    ['resume', 'active'],
    ['retire', 'retired'],
  ] as const) {
    api.post(
      `/connections/:id/${action}`,
      { schema: { params: idParameters, response: { 200: connectionDetail } } },
      async (request) => {
        const { scope } = callerOf(request);
        const connection = await connectionOf(context, scope, request.params.id);
        await mustAllow(context, scope, connection, action);
        await setConnectionState(store, scope, connection.id, state);
        // Connectors look for due work anyway; this one starts at once.
        if (state === 'active') await requestJob(store, scope, 'sync', connection.id);
        request.log.info({ event: `connection.${action}`, connectionId: connection.id });
        return connectionDetailOf(context, scope, await connectionOf(context, scope, connection.id));
      },
    );
  }

  api.get(
    '/connections/:id/progress',
    { schema: { params: idParameters, response: { 200: syncProgress } } },
    async (request) => {
      const { scope } = callerOf(request);
      const connection = await connectionOf(context, scope, request.params.id);
      const [changes, revoked] = await Promise.all([
        countRecentChanges(store, scope, connection.id, hour),
        revokedCertificates(context, scope),
      ]);
      return progressOf(connection, changes, revoked);
    },
  );
};

async function connectionOf({ store }: ApiContext, scope: Scope, id: string): Promise<Connection> {
  const connection = await findConnection(store, scope, id);
  if (connection === null) throw notFound('connection');
  return connection;
}

async function mustAllow(
  context: ApiContext,
  scope: Scope,
  connection: Connection,
  action: 'check' | 'activate' | 'pause' | 'resume' | 'retire',
): Promise<void> {
  const handshake = await lastHandshakeOf(context, scope, connection);
  if (actionsOf(connection, handshake).includes(action)) return;
  if (action === 'activate' && ['draft', 'checking', 'failing'].includes(connection.state)) {
    throw new ApiProblem('check-needed', {
      detail:
        handshake === null || handshake.termsSha256 !== connection.termsSha256
          ? 'There is no check under the terms in force. Check it first.'
          : 'The last check was not accepted. See what it found, then check again.',
      seen: { termsSha256: connection.termsSha256, lastHandshakeId: handshake?.id ?? null },
    });
  }
  throw new ApiProblem('state-conflict', { detail: `A connection that is ${connection.state} cannot ${action}.` });
}
