/** The proof job: a full handshake with the five checks, on a socket of its own, so that each day is proven by itself. */
import { dial } from '@sallyport/tls-dialer';
import { insertHandshakes, jobScope, type JobPayload } from '@sallyport/store';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection } from '../connections/bound-connection.ts';
import { dialTarget } from '../connections/dial-target.ts';
import { evidenceRecord } from '../connections/evidence.ts';
import { takeBack } from '../connections/take-back.ts';
import type { Connector } from '../connector.ts';
import { settleConnectionState } from './connection-state.ts';

export async function proveConnection(connector: Connector, payload: JobPayload): Promise<void> {
  const { store, connectorId, log, retries } = connector;
  const { connectionId } = payload;
  try {
    const bound = await bindConnection(connector, payload);
    if (bound === null || !['active', 'failing'].includes(bound.connection.state)) return;
    const outcome = await dial(dialTarget(bound));
    // Nothing is asked on it: what was to be proven is proven.
    if (outcome.verdict === 'accepted') outcome.socket.destroy();
    const record = evidenceRecord(connectorId, bound, 'proof', outcome.evidence);
    await insertHandshakes(store, jobScope(connectorId, payload.customerId), [record]);
    log.info({
      event: 'proof.made',
      connectionId,
      verdict: outcome.verdict,
      code: outcome.evidence.error?.code ?? null,
    });
    if (outcome.verdict === 'accepted') return retries.succeeded(`proof:${connectionId}`);
    retries.failed(`proof:${connectionId}`, null);
    const { code, message, actor } = outcome.error;
    // What is refused now is not used on through sockets that were opened before.
    await connector.clients.drop(connectionId);
    // As a sync does: a swap whose certificate is refused goes back, and then nothing has failed.
    const isRefused = code === 'client-certificate-refused';
    if (isRefused && (await takeBack(connector, bound, { message, actor })) !== null) return;
    await settleConnectionState(connector, payload, 'failing', { code, message, actor });
  } catch (error) {
    if (!(error instanceof BindingError)) throw error;
    retries.failed(`proof:${connectionId}`, null);
    log.warn({ event: 'proof.not-made', connectionId, code: error.code });
  }
}
