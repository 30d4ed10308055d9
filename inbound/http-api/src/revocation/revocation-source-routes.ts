/** What is held of each authority, and what answered for a connection. */
import {
  connectionRevocation,
  idParameters,
  revocationSourceList,
  type ConnectionRevocation,
  type RevocationSource,
} from '@sallyport/console-api';
import {
  fetchSourceNow,
  findConnection,
  listPushedCrls,
  listSources,
  softeningsInForce,
  sourcesOfConnection,
  type StoredSource,
} from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { notFound } from '../api-problem.ts';
import { lastHandshakeOf, shownRevocationRules } from '../connections/shown-connection.ts';
import { callerOf } from '../session/caller.ts';
import { shownPushedCrl } from './pushed-crl-routes.ts';

/** GET /revocation-sources, POST /revocation-sources/{id}/fetch, GET /connections/{id}/revocation. */
export const revocationSourceRoutes: Routes = (api, { store }) => {
  api.get('/revocation-sources', { schema: { response: { 200: revocationSourceList } } }, async (request) => {
    const now = new Date();
    const sources = await listSources(store, callerOf(request).scope, now);
    return { items: sources.map((source) => shownSource(source, now)) };
  });

  api.post(
    '/revocation-sources/:id/fetch',
    { schema: { params: idParameters, response: { 200: revocationSourceList } } },
    async (request) => {
      const { scope } = callerOf(request);
      await fetchSourceNow(store, scope, request.params.id);
      const now = new Date();
      const asked = (await listSources(store, scope, now)).filter(({ id }) => id === request.params.id);
      return { items: asked.map((source) => shownSource(source, now)) };
    },
  );

  api.get(
    '/connections/:id/revocation',
    { schema: { params: idParameters, response: { 200: connectionRevocation } } },
    async (request): Promise<ConnectionRevocation> => {
      const { scope } = callerOf(request);
      const { id } = request.params;
      const connection = await findConnection(store, scope, id);
      if (connection === null) throw notFound('connection');
      const now = new Date();
      const [handshake, sources, pushed, softenings] = await Promise.all([
        lastHandshakeOf({ store }, scope, connection),
        sourcesOfConnection(store, scope, id, now),
        listPushedCrls(store, scope, id),
        softeningsInForce(store, now),
      ]);
      const issuers = new Set([
        ...sources.map(({ authority }) => authority),
        ...(handshake?.report?.path ?? []).map(({ issuer }) => issuer),
      ]);
      return {
        mode: connection.terms.revocation,
        rules: shownRevocationRules(connection.terms) ?? null,
        answers: handshake?.revocation ?? [],
        handshakeId: handshake?.id ?? null,
        sources: sources.map(
          ({ kind, url, authority, host, thisUpdate, nextUpdate, fetchedAt, staleSince, error }) => ({
            kind,
            url,
            authority,
            host,
            thisUpdate: thisUpdate?.toISOString() ?? null,
            nextUpdate: nextUpdate?.toISOString() ?? null,
            fetchedAt: fetchedAt?.toISOString() ?? null,
            staleSince: staleSince?.toISOString() ?? null,
            lastError: error,
          }),
        ),
        pushed: pushed.map((crl) => shownPushedCrl(crl, now)),
        softened: softenings
          .filter(({ authority }) => issuers.has(authority))
          .map(({ endsAt, ...softening }) => ({ ...softening, endsAt: endsAt.toISOString() })),
      };
    },
  );
};

function shownSource(source: StoredSource, now: Date): RevocationSource {
  return {
    id: source.id,
    host: source.host,
    kind: source.kind,
    url: source.url,
    authority: source.authority,
    subject: source.subject === '' ? null : source.subject,
    sha256: source.sha256,
    bytes: source.bytes,
    entries: source.entries,
    thisUpdate: source.thisUpdate?.toISOString() ?? null,
    nextUpdate: source.nextUpdate?.toISOString() ?? null,
    fetchedAt: source.fetchedAt?.toISOString() ?? null,
    ageSeconds: source.thisUpdate === null ? null : (now.getTime() - source.thisUpdate.getTime()) / 1000,
    staleSince: source.staleSince?.toISOString() ?? null,
    lastError: source.error,
    failures: source.failures,
    nextFetchAt: source.nextFetchAt.toISOString(),
    connections: source.connections,
    clientCertificates: source.clientCertificates,
  };
}
