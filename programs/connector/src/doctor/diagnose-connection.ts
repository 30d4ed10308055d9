/**
 * One run of the doctor for one connection, under the terms and under a lease: two runs at once on the same target would
 * look like an attack. What was found is stored before it is told.
 */
import { randomUUID } from 'node:crypto';
import { diagnose, enforcementOf, verdictOf, type Enforcement } from '@sallyport/diagnosis';
import { runDoctor, type DoctorOptions } from '@sallyport/probes';
import {
  insertDiagnosis,
  jobScope,
  releaseLease,
  takeLease,
  type DiagnosisRecord,
  type SeenEnforcement,
  type Store,
} from '@sallyport/store';
import type { BoundConnection } from '../connections/bound-connection.ts';
import { dialTarget } from '../connections/dial-target.ts';
import type { Connector } from '../connector.ts';
import { otherNameOf } from './other-name.ts';

/** Longer than any run. */
const leaseSeconds = 60;

export type DiagnosisOutcome =
  | { readonly ok: true; readonly diagnosisId: string; readonly topRule: string | null }
  | { readonly ok: false; readonly code: 'doctor-busy' | 'probes-not-agreed'; readonly message: string };

/** @throws BindingError where the terms cannot be dialled under */
export async function diagnoseConnection(
  connector: Connector,
  store: Store,
  bound: BoundConnection,
  wish: { readonly askedBy: DiagnosisRecord['askedBy']; readonly negativeProbes: boolean },
): Promise<DiagnosisOutcome> {
  const { connection } = bound;
  if (wish.negativeProbes && connection.terms.probes !== 'negative')
    return {
      ok: false,
      code: 'probes-not-agreed',
      message: 'The terms of this connection do not allow negative probes.',
    };
  const target = dialTarget(bound);
  const lease = await takeLease(store, {
    name: `doctor:${target.host}:${target.port}`,
    holder: `${connector.connectorId}/${randomUUID()}`,
    seconds: leaseSeconds,
  });
  if (lease === null)
    return { ok: false, code: 'doctor-busy', message: `Another run looks at ${target.host} just now.` };
  try {
    return await examine(connector, store, bound, { target, ...wish });
  } finally {
    await releaseLease(store, lease).catch(() => undefined);
  }
}

async function examine(
  connector: Connector,
  store: Store,
  bound: BoundConnection,
  wish: Pick<DoctorOptions, 'target' | 'negativeProbes'> & { readonly askedBy: DiagnosisRecord['askedBy'] },
): Promise<DiagnosisOutcome> {
  const { connection, credential } = bound;
  const { terms } = connection;
  const run = await runDoctor({
    target: wish.target,
    url: { href: terms.baseUrl, contextPath: new URL(terms.baseUrl).pathname.replace(/\/+$/, '') },
    negativeProbes: wish.negativeProbes,
    otherName: wish.negativeProbes ? await otherNameOf(connector, store, connection) : null,
    // A password is never tried: wrong ones are counted, and lock the account.
    bearer: credential.kind === 'pat' ? `Bearer ${credential.token}` : null,
    authentication: credential.kind,
    restPaths: terms.restPaths,
    lastError: shownLastError(connection.lastError),
    serialSeenThere: null,
    timeZone: 'UTC',
  });
  const findings = diagnose(run.observations);
  const enforcement = enforcementOf(run.observations);
  const [top] = findings;
  const diagnosisId = await insertDiagnosis(
    store,
    jobScope(connector.connectorId, connection.customerId),
    {
      customerId: connection.customerId,
      connectionId: connection.id,
      at: new Date(run.observations.at),
      askedBy: wish.askedBy,
      negativeProbes: wish.negativeProbes,
      termsSha256: connection.termsSha256,
      connectorId: connector.connectorId,
      verdict: verdictOf(findings),
      topRule: top?.rule ?? null,
      topActor: top?.actor ?? null,
      handshakes: run.handshakes,
      requests: run.requests,
      milliseconds: run.milliseconds,
      document: { findings, enforcement, probes: run.probes, observations: run.observations },
    },
    seenEnforcement(enforcement, run.observations.at),
  );
  return { ok: true, diagnosisId, topRule: top?.rule ?? null };
}

/** Null where the run says nothing of it: what was proven before then stands. */
function seenEnforcement(enforcement: Enforcement, at: string): SeenEnforcement | null {
  const { withoutCertificate, throwAway, otherName, enforces } = enforcement;
  const seen = (outcome: Enforcement['throwAway']): boolean | null =>
    outcome === 'refused' ? true : outcome === 'accepted' ? false : null;
  const neverAsks = enforces === false && withoutCertificate !== 'accepted' && throwAway !== 'accepted';
  const refusesNone = neverAsks ? false : seen(withoutCertificate);
  const refusesWrong = neverAsks || otherName === 'accepted' ? false : seen(throwAway);
  if (refusesNone === null && refusesWrong === null) return null;
  return { refusesNone, refusesWrong, told: { at, ...enforcement } };
}

const actors = ['operator', 'customer', 'network-team', 'certificate-authority'] as const;

function shownLastError(error: BoundConnection['connection']['lastError']): DoctorOptions['lastError'] {
  if (error === null) return null;
  return { code: error.code, message: error.message, actor: actors.find((actor) => actor === error.actor) ?? null };
}
