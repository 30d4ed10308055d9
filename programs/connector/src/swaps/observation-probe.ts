/** A full handshake and a read with the certificate that serves now, for the observation. A refusal takes the swap back at once. */
import { insertHandshakes, jobScope, type HandshakeRecord, type StoredSwap, type SwapSight } from '@sallyport/store';
import { DialError } from '@sallyport/tls-dialer';
import { BindingError } from '../connections/binding-error.ts';
import { bindConnection } from '../connections/bound-connection.ts';
import { actorOf, takeBack } from '../connections/take-back.ts';
import { addressesOf, lookWith } from './certificate-look.ts';
import type { SwappingConnector } from './swapping-connector.ts';

/** Null where it fell back, so that nothing more is to be observed, or where a person has paused the connection meanwhile. */
export async function probeObserved(connector: SwappingConnector, swap: StoredSwap): Promise<SwapSight | null> {
  const { connectorId, store, log } = connector;
  const { connectionId, customerId } = swap;
  const failed = (code: string, message: string): SwapSight => ({
    kind: 'probe',
    accepted: false,
    message,
    evidence: { code },
  });
  const scope = jobScope(connectorId, customerId);
  try {
    const bound = await bindConnection(connector, { connectionId, customerId }, 'current', 'asked');
    if (bound?.connection.state === 'paused') return null;
    if (bound === null) return failed('not-found', 'There is no such connection any more.');
    const { binding } = bound;
    if (binding === null || binding.generation !== swap.activeGeneration)
      return failed('pointer-moved', 'The pointer has moved since the activation.');
    const records: HandshakeRecord[] = [];
    const [first = null, ...others] = await addressesOf(bound);
    // One address is looked at each time: the first that answers.
    let look = await lookWith(connectorId, bound, 'proof', first, (record) => records.push(record));
    for (const address of others)
      if (look.outcome === 'failed')
        look = await lookWith(connectorId, bound, 'proof', address, (record) => records.push(record));
    if (records.length > 0) await insertHandshakes(store, scope, records);
    if (look.outcome !== 'refused')
      return {
        kind: 'probe',
        accepted: look.outcome === 'accepted',
        message: look.message,
        actor: actorOf(look.actor),
        evidence: look,
      };
    const message = look.message ?? 'The certificate was refused.';
    await takeBack({ callStore: store, connectorId, log }, bound, { message, actor: look.actor });
    return null;
  } catch (error) {
    if (error instanceof BindingError || error instanceof DialError) return failed(error.code, error.message);
    throw error;
  }
}
