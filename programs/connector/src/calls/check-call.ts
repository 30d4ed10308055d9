/**
 * "Check now": one dial under the terms, on sockets of its own, and the requests that a sync begins with: who we are
 * there, which fields, which projects. What was seen is stored together with the answer that names it.
 */
import type { JiraError } from '@sallyport/jira-client';
import { acceptAgain, jobScope, type HandshakeRecord, type InteractiveCall } from '@sallyport/store';
import type { DialEvidence } from '@sallyport/tls-dialer';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection, type BoundConnection } from '../connections/bound-connection.ts';
import { openClient } from '../connections/connection-clients.ts';
import { evidenceRecord, type DialAftermath } from '../connections/evidence.ts';
import { refusesCertificate, takeBack } from '../connections/take-back.ts';
import type { Connector } from '../connector.ts';
import { settleConnectionState } from '../jobs/connection-state.ts';
import { setSandboxSourcesAside } from '../revocation/sandbox-sources.ts';
import { shownError, type ShownError } from '../shown-error.ts';

export interface CheckAnswer {
  /** Null only when nothing could be dialled. */
  readonly handshakeId: string | null;
  readonly verdict: 'accepted' | 'refused' | 'none';
  readonly error: ShownError | null;
  /** Whom Jira took us for. */
  readonly account: string | null;
  /** Time that the far side and the judging took, without reading and writing the database. */
  readonly workMilliseconds: number;
}

export async function answerCheck(
  connector: Connector,
  call: InteractiveCall,
  signal: AbortSignal,
): Promise<{ readonly answer: CheckAnswer; readonly handshakes: readonly HandshakeRecord[] }> {
  let bound: BoundConnection | null;
  try {
    bound =
      call.connectionId === null
        ? null
        : await bindConnection(connector, { ...call, connectionId: call.connectionId }, 'current', 'asked');
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    return { answer: notDialled(shownError(error)), handshakes: [] };
  }
  if (bound === null) {
    const error: ShownError = {
      code: 'not-found',
      message: 'There is no such connection any more.',
      actor: 'operator',
    };
    return { answer: notDialled(error), handshakes: [] };
  }
  if (bound.connection.isSandbox) await setSandboxSourcesAside(connector);
  // A person waits, who may have mended a source that failed a short while ago.
  const seen = await look({ ...bound, revocation: bound.revocation?.forPerson() ?? null }, signal);
  const { evidence, error } = seen;
  if (evidence === null)
    return { answer: { ...notDialled(error), workMilliseconds: seen.workMilliseconds }, handshakes: [] };
  const record = evidenceRecord(
    connector.connectorId,
    bound,
    'check',
    evidence,
    aftermathOf(evidence, seen.jiraError, error),
  );
  await followUp(connector, bound, seen);
  return {
    answer: {
      handshakeId: record.id,
      verdict: evidence.report.verdict,
      error,
      account: seen.account,
      workMilliseconds: seen.workMilliseconds,
    },
    handshakes: [record],
  };
}

/** What a check of a connection in use finds holds for its work too: sockets that were opened before are not used on. */
async function followUp(
  connector: Connector,
  bound: BoundConnection,
  { evidence, jiraError, error }: Sight,
): Promise<void> {
  const { id, customerId } = bound.connection;
  const { binding } = bound;
  if (error === null) {
    connector.retries.succeeded(id);
    if (binding === null) return;
    const slot = { id: binding.slotId, generation: binding.generation };
    await acceptAgain(connector.callStore, jobScope(connector.connectorId, customerId), slot, bound.connection);
    return;
  }
  // As a sync does: a swap whose certificate is refused goes back at once, and then nothing has failed.
  if (jiraError !== null && refusesCertificate(jiraError) && (await takeBack(connector, bound, error)) !== null) return;
  if (evidence?.report.verdict === 'accepted' && jiraError?.effect !== 'stop') return;
  await connector.clients.drop(id);
  await settleConnectionState(connector, { connectionId: id, customerId }, 'failing', error);
}

function notDialled(error: ShownError | null): CheckAnswer {
  return { handshakeId: null, verdict: 'none', error, account: null, workMilliseconds: 0 };
}

interface Sight {
  readonly evidence: DialEvidence | null;
  readonly jiraError: JiraError | null;
  readonly error: ShownError | null;
  readonly account: string | null;
  readonly workMilliseconds: number;
}

async function look(bound: BoundConnection, signal: AbortSignal): Promise<Sight> {
  // The first dial is the check; a second one happens only where the far side closes after each answer.
  let evidence: DialEvidence | null = null;
  const began = performance.now();
  const client = openClient(bound, {
    sinkFor: () => ({ admits: () => true, take: (record) => (evidence ??= record) }),
  });
  try {
    const site = await client.site(signal);
    const jiraError = site.ok ? null : site.error;
    return {
      evidence,
      jiraError,
      error: jiraError === null ? null : shownError(jiraError),
      account: site.ok ? site.value.account.name : null,
      workMilliseconds: performance.now() - began,
    };
  } finally {
    await client.jira.close();
  }
}

/** Whether our certificate was accepted, only an answer tells: some enforcers finish the handshake and refuse in HTTP. */
function aftermathOf(evidence: DialEvidence, jiraError: JiraError | null, error: ShownError | null): DialAftermath {
  const httpStatus = jiraError === null ? 200 : jiraError.status;
  const answered = httpStatus !== null;
  const outcome = (): string => {
    if (jiraError !== null && refusesCertificate(jiraError)) return 'refused';
    if (!answered) return 'unknown';
    return evidence.clientCertificate.requested ? 'accepted' : 'not-requested';
  };
  return { clientCertificateOutcome: outcome(), httpStatus, error };
}
