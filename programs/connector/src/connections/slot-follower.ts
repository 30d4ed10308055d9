/**
 * Follows the pointers of certificate slots: when one moves, requests of its connections move to the certificate that it
 * names, or go back to the one before. A notification says that something moved, the rows say what; they are compared
 * each second anyway, for what was not heard.
 */
import {
  fallBack,
  findSlots,
  housekeepingScope,
  jobScope,
  slotChannel,
  subscribe,
  type SlotPointer,
} from '@sallyport/store';
import { DialError } from '@sallyport/tls-dialer';
import type { Connector } from '../connector.ts';
import { errorFields } from '../log.ts';
import { bindConnection, type BoundConnection } from './bound-connection.ts';
import type { ConnectionClient } from './connection-clients.ts';

export interface SlotFollower {
  stop(): Promise<void>;
}

/** After a move that failed for another reason than our certificate: the far side may be away. */
const againMilliseconds = 10_000;
/** Connections that move at the same time: each makes handshakes. */
const movesAtOnce = 4;

/** What following needs of a connector. */
export type FollowingConnector = Pick<
  Connector,
  'store' | 'callStore' | 'clients' | 'connectorId' | 'egressGroup' | 'sealKey' | 'log'
>;

export function followSlots(connector: FollowingConnector): SlotFollower {
  const { callStore, clients, connectorId, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  /** Earliest next attempt by connection, epoch milliseconds. */
  const notBefore = new Map<string, number>();
  let stopped = false;
  let looking: Promise<void> | null = null;
  let again = false;

  clients.onCertificateRefused((bound, error) => void goBack(connector, bound, error));

  const look = async (): Promise<void> => {
    const served = clients.serving().filter(({ bound }) => bound.binding !== null);
    if (served.length === 0) return;
    const slots = new Map(
      (await findSlots(callStore, scope, [...new Set(served.flatMap(({ bound }) => bound.binding?.slotId ?? []))])).map(
        (slot) => [slot.id, slot],
      ),
    );
    const behind = served.filter((client) => {
      const slot = slots.get(client.bound.binding?.slotId ?? '');
      if (slot === undefined) return false;
      if (slot.previousId === null) client.forgetPrevious();
      return (
        slot.generation !== client.bound.binding?.generation &&
        (notBefore.get(client.bound.connection.id) ?? 0) <= Date.now()
      );
    });
    const waiting = [...behind];
    const worker = async (): Promise<void> => {
      for (let client = waiting.shift(); client !== undefined && !stopped; client = waiting.shift())
        await follow(client, slots.get(client.bound.binding?.slotId ?? ''));
    };
    await Promise.all(Array.from({ length: Math.min(movesAtOnce, behind.length) }, worker));
  };

  const follow = async (client: ConnectionClient, slot: SlotPointer | undefined): Promise<void> => {
    const { connection } = client.bound;
    let bound: BoundConnection | null = null;
    try {
      bound = await bindConnection(connector, { connectionId: connection.id, customerId: connection.customerId });
      // Changed in more than our certificate: the next who takes it makes a new client.
      if (bound === null || bound.base !== client.bound.base) return;
      await client.follow(bound);
      notBefore.delete(connection.id);
      log.info({ event: 'certificate.followed', connectionId: connection.id, generation: slot?.generation });
    } catch (error) {
      if (bound !== null && error instanceof DialError && error.code === 'client-certificate-refused') {
        await goBack(connector, bound, error);
        return;
      }
      notBefore.set(connection.id, Date.now() + againMilliseconds);
      log.warn({ event: 'certificate.not-followed', connectionId: connection.id, ...errorFields(error) });
    }
  };

  const heard = (): void => {
    if (stopped) return;
    if (looking !== null) {
      again = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => log.warn({ event: 'slots.not-read', ...errorFields(error) }))
      .finally(() => {
        looking = null;
        if (again) {
          again = false;
          heard();
        }
      });
  };
  const notifications = subscribe(callStore, slotChannel, heard);
  return {
    stop: async () => {
      stopped = true;
      await notifications.close();
      await looking;
    },
  };
}

/** The far side refuses the certificate: one fenced write takes every connector back. */
async function goBack(connector: FollowingConnector, bound: BoundConnection, error: Error): Promise<void> {
  const { callStore, connectorId, log } = connector;
  const { binding, connection } = bound;
  if (binding === null) return;
  try {
    const generation = await fallBack(
      callStore,
      jobScope(connectorId, connection.customerId),
      { id: binding.slotId, generation: binding.generation },
      { code: 'client-certificate-refused', message: error.message },
    );
    log.warn({
      event: 'certificate.refused',
      connectionId: connection.id,
      refused: binding.generation,
      backTo: generation,
      ...errorFields(error),
    });
  } catch (failure) {
    // The pointer is compared each second: it is tried again as long as the certificate is refused.
    log.warn({ event: 'certificate.not-taken-back', connectionId: connection.id, ...errorFields(failure) });
  }
}
