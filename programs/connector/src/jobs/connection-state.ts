/** The states that a connector gives a connection: failing, and active again. A person's pause is never undone. */
import {
  findConnection,
  jobScope,
  requestJob,
  setConnectionState,
  StateError,
  type ConnectionError,
  type JobPayload,
} from '@sallyport/store';
import type { Connector } from '../connector.ts';

/** Moves a connection that is in use; does nothing to one that a person has paused, redrafted or retired meanwhile. */
export async function settleConnectionState(
  connector: Connector,
  payload: JobPayload,
  to: 'failing' | 'active',
  error: ConnectionError | null,
): Promise<void> {
  const scope = jobScope(connector.connectorId, payload.customerId);
  const now = await findConnection(connector.store, scope, payload.connectionId);
  if (now === null || !['active', 'failing'].includes(now.state)) return;
  if (now.state === to && now.lastError?.code === error?.code) return;
  try {
    await setConnectionState(connector.store, scope, payload.connectionId, to, error);
    // A connection that begins to fail explains itself.
    if (to === 'failing' && now.state !== 'failing')
      await requestJob(connector.store, scope, 'doctor', payload.connectionId);
  } catch (refusal) {
    // Between the two statements a person was quicker.
    if (!(refusal instanceof StateError)) throw refusal;
  }
}
