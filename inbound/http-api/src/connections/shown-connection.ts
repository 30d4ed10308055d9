/** A connection as the API shows it: the row of home, and the page. */
import type {
  ConnectionAction,
  ConnectionDetail,
  ConnectionSummary,
  Finding,
  Handshake,
  SyncProgress,
  TermsDocument,
  TermsVersion,
} from '@sallyport/console-api';
import { actor as actorSchema, clientCertificateKind } from '@sallyport/console-api';
import {
  findHandshake,
  findHandshakes,
  listClientCertificateStatuses,
  listConnectors,
  type Connection,
  type ConnectionError,
  type Scope,
} from '@sallyport/store';
import type { Terms } from '@sallyport/terms';
import type { ApiContext } from '../api-context.ts';
import { shownConnector } from '../connectors/connector-routes.ts';
import { shownEnforcement } from '../diagnoses/shown-diagnosis.ts';
import { findingOf, pathEnd, shownHandshake } from '../handshakes/shown-handshake.ts';
import { settledFinding } from './settled-finding.ts';

/** The last dial of a connection, read; null before the first. */
export async function lastHandshakeOf(
  { store }: Pick<ApiContext, 'store'>,
  scope: Scope,
  connection: Connection,
): Promise<Handshake | null> {
  if (connection.lastHandshakeId === null) return null;
  const stored = await findHandshake(store, scope, connection.lastHandshakeId);
  return stored === null ? null : shownHandshake(stored);
}

/** The last dials of many connections, by connection. */
export async function lastHandshakesOf(
  { store }: Pick<ApiContext, 'store'>,
  scope: Scope,
  connections: readonly Connection[],
): Promise<ReadonlyMap<string, Handshake>> {
  const ids = connections.flatMap(({ lastHandshakeId }) => lastHandshakeId ?? []);
  const stored = [...(await findHandshakes(store, scope, ids)).values()];
  return new Map(stored.map((handshake) => [handshake.connectionId, shownHandshake(handshake)]));
}

/** Whether this dial was accepted, by both sides, under the terms that are in force now. */
export function isAcceptedCheck(connection: Connection, handshake: Handshake | null): boolean {
  return (
    handshake !== null &&
    handshake.verdict === 'accepted' &&
    handshake.termsSha256 === connection.termsSha256 &&
    findingOf(handshake) === null
  );
}

/** What can be done in this state. */
export function actionsOf(connection: Connection, handshake: Handshake | null): ConnectionAction[] {
  switch (connection.state) {
    case 'draft':
    case 'checking':
      return isAcceptedCheck(connection, handshake) ? ['check', 'activate', 'retire'] : ['check', 'retire'];
    case 'active':
      return ['check', 'pause', 'retire'];
    case 'failing':
      return isAcceptedCheck(connection, handshake)
        ? ['check', 'activate', 'pause', 'retire']
        : ['check', 'pause', 'retire'];
    case 'paused':
      return ['check', 'resume', 'retire'];
    case 'retired':
      return [];
  }
}

/** Those of our certificates that are known to be revoked, by id. */
export async function revokedCertificates(
  { store }: Pick<ApiContext, 'store'>,
  scope: Scope,
): Promise<ReadonlySet<string>> {
  const statuses = await listClientCertificateStatuses(store, scope);
  return new Set(
    statuses.filter(({ status }) => status === 'revoked').map(({ clientCertificateId }) => clientCertificateId),
  );
}

/** The row of home. @param revoked our certificates that are, see {@link revokedCertificates} */
export function connectionSummaryOf(
  connection: Connection,
  handshake: Handshake | null,
  revoked: ReadonlySet<string>,
): ConnectionSummary {
  const { terms, clientCertificate } = connection;
  const progress = progressOf(connection, null, revoked);
  return {
    id: connection.id,
    name: connection.name,
    customer: { id: connection.customerId, name: connection.customerName },
    baseUrl: terms.baseUrl,
    linkUrl: terms.linkUrl,
    host: connection.host,
    state: connection.state,
    stateSince: connection.stateSince.toISOString(),
    checks: handshake?.report?.checks ?? null,
    lastHandshakeAt: handshake?.at ?? null,
    lastProofAt: connection.lastProofAt?.toISOString() ?? null,
    lastError: lastErrorOf(connection, handshake, revoked),
    clientCertificate:
      clientCertificate === null
        ? null
        : {
            id: clientCertificate.id,
            name: clientCertificate.name,
            kind: clientCertificateKind.catch('operator-named').parse(clientCertificate.kind),
            notBefore: clientCertificate.notBefore.toISOString(),
            notAfter: clientCertificate.notAfter.toISOString(),
            sha256: clientCertificate.sha256,
          },
    withoutReason: terms.clientCertificate.required ? null : terms.clientCertificate.reason,
    serverNotAfter: pathEnd(handshake),
    sync: { issues: progress.issuesStored, lagSeconds: progress.lagSeconds, running: progress.running },
    enforcesSince: connection.enforcesSince?.toISOString() ?? null,
    enforcement: shownEnforcement(connection),
    sandbox: connection.isSandbox,
  };
}

/** The page. */
export async function connectionDetailOf(
  context: ApiContext,
  scope: Scope,
  connection: Connection,
): Promise<ConnectionDetail> {
  const [handshake, connectors, revoked] = await Promise.all([
    lastHandshakeOf(context, scope, connection),
    listConnectors(context.store),
    revokedCertificates(context, scope),
  ]);
  const { policy } = context;
  return {
    ...connectionSummaryOf(connection, handshake, revoked),
    terms: termsVersionOf(connection.terms, connection.termsSha256),
    actions: actionsOf(connection, handshake),
    handshake,
    progress: progressOf(connection, null, revoked),
    connectors: connectors
      .filter(({ egressGroup }) => egressGroup === connection.terms.egressGroup)
      .map(shownConnector),
    web: {
      protocol:
        policy.minVersion === policy.maxVersion ? policy.minVersion : `${policy.maxVersion} or ${policy.minVersion}`,
      policy: policy.id,
      suites: [...policy.tls13Suites, ...policy.suites].map(({ iana }) => iana),
    },
    createdAt: connection.createdAt.toISOString(),
  };
}

/** How far the reading is. */
export function progressOf(
  connection: Connection,
  changesLastHour: number | null,
  revoked: ReadonlySet<string>,
): SyncProgress {
  const { sync } = connection;
  const phase = sync?.phase ?? 'idle';
  const lastRunAt = sync?.lastSweepAt ?? null;
  return {
    running: phase === 'running',
    phase,
    resumesAt: sync?.resumeAt?.toISOString() ?? null,
    issuesStored: sync?.issuesStored ?? 0,
    issuesExpected: phase === 'running' ? (sync?.sweepTotal ?? null) : null,
    sweepStored: sync?.sweepStored ?? 0,
    // Whatever changed before the last complete sweep began to end is stored.
    lagSeconds: lastRunAt === null ? null : Math.max(0, (Date.now() - lastRunAt.getTime()) / 1000),
    lastRunAt: lastRunAt?.toISOString() ?? null,
    changesLastHour,
    lastError: connection.state === 'draft' ? null : lastErrorOf(connection, null, revoked),
  };
}

/** Undefined where the terms say nothing besides the mode. */
export function shownRevocationRules({ revocationRules: rules }: Terms): TermsDocument['revocationRules'] {
  return rules && { ...rules, crlAddresses: rules.crlAddresses?.map((address) => ({ ...address })) };
}

export function termsVersionOf(terms: Terms, sha256: string): TermsVersion {
  return {
    version: terms.version,
    sha256,
    document: {
      ...terms,
      revocationRules: shownRevocationRules(terms),
      methods: [...terms.methods],
      restPaths: [...terms.restPaths],
      projectKeys: [...terms.projectKeys],
      fields: [...terms.fields],
    },
  };
}

function lastErrorOf(
  { state, termsSha256, lastError, clientCertificate, sync }: Connection,
  handshake: Handshake | null,
  revoked: ReadonlySet<string>,
): Finding | null {
  // A dial under older terms says nothing about these.
  const isOfTerms = handshake !== null && handshake.termsSha256 === termsSha256;
  return settledFinding(
    {
      state,
      kept: shownError(lastError),
      dialled: isOfTerms ? { finding: findingOf(handshake), at: new Date(handshake.at) } : null,
      own: clientCertificate && { ...clientCertificate, isRevoked: revoked.has(clientCertificate.id) },
      lastSweepAt: sync?.lastSweepAt ?? null,
    },
    Date.now(),
  );
}

function shownError(error: ConnectionError | null): Finding | null {
  if (error === null) return null;
  const actor = actorSchema.safeParse(error.actor);
  return { code: error.code, message: error.message, actor: actor.success ? actor.data : null };
}
