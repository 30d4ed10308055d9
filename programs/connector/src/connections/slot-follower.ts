/**
 * Follows the pointers of certificate slots: when one moves, requests of its connections move to the certificate that it
 * names, or go back to the one before. A notification says that something moved, the rows say what; they are compared
 * each second anyway, for what was not heard.
 */
import { findSlots, housekeepingScope, slotChannel, subscribe, type SlotPointer } from '@sallyport/store';
import { DialError } from '@sallyport/tls-dialer';
import type { Connector } from '../connector.ts';
import { errorFields } from '../log.ts';
import { BindingError } from './binding-error.ts';
import { bindConnection, type BoundConnection } from './bound-connection.ts';
import type { ConnectionClient } from './connection-clients.ts';
import { takeBack } from './take-back.ts';

export interface SlotFollower {
  stop(): Promise<void>;
}

/** After a move that failed for another reason than our certificate: the far side may be away. */
const againMilliseconds = 10_000;
/** After one that the far side refused and that nothing leads back from: its log and its lock-outs are not ours to fill. */
const refusedAgainMilliseconds = 60_000;
/** Connections that begin to move at the same time: each makes handshakes. */
const movesAtOnce = 4;
/** A far side that takes longer lets the next one begin meanwhile: nobody else waits for it. */
const placeMilliseconds = 500;

/** What following needs of a connector. */
export type FollowingConnector = Pick<
  Connector,
  'store' | 'callStore' | 'clients' | 'connectorId' | 'egressGroup' | 'sealKey' | 'log'
>;

export function followSlots(connector: FollowingConnector): SlotFollower {
  const { callStore, clients, connectorId, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  /** By slot: what the rows said last. */
  const newest = new Map<string, number>();
  /** By connection: a generation that is not tried before a moment of the process's own count, which no clock moves. */
  const resting = new Map<string, { readonly generation: number; readonly until: number }>();
  /** By connection: the move that is under way. */
  const moving = new Map<string, Promise<void>>();
  const waiting: (() => Promise<void>)[] = [];
  let places = movesAtOnce;
  let stopped = false;
  let looking: Promise<void> | null = null;
  let again = false;

  clients.onCertificateRefused((bound, error) => void goBack(connector, bound, error));

  const look = async (): Promise<void> => {
    const served = clients.serving().filter(({ bound }) => bound.binding !== null);
    if (served.length === 0) return;
    const slotIds = [...new Set(served.flatMap(({ bound }) => bound.binding?.slotId ?? []))];
    const slots = new Map((await findSlots(callStore, scope, slotIds)).map((slot) => [slot.id, slot]));
    newest.clear();
    for (const { id, generation } of slots.values()) newest.set(id, generation);
    for (const client of served) {
      const slot = slots.get(client.bound.binding?.slotId ?? '');
      if (slot === undefined) continue;
      if (slot.previousId === null) client.forgetPrevious();
      // Refused, and nothing leads back: what is open with it ends, and whoever asks for this connection learns why.
      if (slot.refusedGenerations.includes(slot.generation)) void clients.drop(client.bound.connection.id);
      else if (slot.generation !== client.bound.binding?.generation) begin(client, slot);
    }
  };

  /** Not awaited by the look: a far side that does not answer holds up nobody else's move. */
  const begin = (client: ConnectionClient, slot: SlotPointer): void => {
    const { id } = client.bound.connection;
    const rest = resting.get(id);
    if (moving.has(id) || (rest?.generation === slot.generation && performance.now() < rest.until)) return;
    const ended = Promise.withResolvers<void>();
    moving.set(id, ended.promise);
    const move = (): Promise<void> =>
      follow(client, slot).finally(() => {
        moving.delete(id);
        ended.resolve();
        heard();
      });
    // Back to what is kept ready, or to the same certificate, takes no handshake, and is urgent.
    if (slot.currentId !== null && client.keeps(slot.currentId)) return void move();
    waiting.push(move);
    takePlaces();
  };

  const takePlaces = (): void => {
    while (places > 0) {
      const move = waiting.shift();
      if (move === undefined) return;
      places -= 1;
      const timer = Promise.withResolvers<void>();
      const overdue = setTimeout(timer.resolve, placeMilliseconds);
      void Promise.race([move(), timer.promise]).then(() => {
        clearTimeout(overdue);
        places += 1;
        takePlaces();
      });
    }
  };

  const follow = async (
    client: ConnectionClient,
    { id: slotId, generation, previousId }: SlotPointer,
  ): Promise<void> => {
    const { connection } = client.bound;
    const restFor = (milliseconds: number): void =>
      void resting.set(connection.id, { generation, until: performance.now() + milliseconds });
    let bound: BoundConnection | null = null;
    if (stopped) return;
    try {
      bound = await bindConnection(connector, { connectionId: connection.id, customerId: connection.customerId });
      // Nothing is dialled for it: who resumes it begins with the certificate that the pointer names then.
      if (bound?.connection.state === 'paused') return void (await clients.drop(connection.id));
      // Changed in more than our certificate: the next who takes it makes a new client.
      if (bound === null || bound.base !== client.bound.base) return restFor(againMilliseconds);
      const to = bound.binding?.generation ?? 0;
      await client.follow(bound, () => (newest.get(slotId) ?? to) <= to);
      // In an emergency nothing leads back: not for a moment either.
      if (previousId === null) client.forgetPrevious();
      resting.delete(connection.id);
      log.info({ event: 'certificate.followed', connectionId: connection.id, generation: to });
    } catch (error) {
      if (bound !== null && error instanceof DialError && error.code === 'client-certificate-refused') {
        // Where nothing was written, as with a database that is away, it is tried again at once.
        if (await goBack(connector, bound, error)) restFor(refusedAgainMilliseconds);
        return;
      }
      restFor(againMilliseconds);
      // It may not be shown: nor may what served before, whose sockets end here.
      if (error instanceof BindingError) await clients.drop(connection.id);
      log.warn({ event: 'certificate.not-followed', connectionId: connection.id, ...errorFields(error) });
    }
  };

  /** Coalesces: whatever is heard while one look goes on is one more look. */
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
        if (!again) return;
        again = false;
        heard();
      });
  };
  const notifications = subscribe(callStore, slotChannel, heard);
  return {
    stop: async () => {
      stopped = true;
      await notifications.close();
      await looking;
      await Promise.all(moving.values());
    },
  };
}

/** The far side refuses the certificate: one fenced write takes every connector back. False where it could not be asked for. */
async function goBack(connector: FollowingConnector, bound: BoundConnection, error: Error): Promise<boolean> {
  const { log } = connector;
  const { binding, connection } = bound;
  if (binding === null) return true;
  try {
    await takeBack(connector, bound, {
      message: error.message,
      actor: error instanceof DialError ? error.actor : null,
    });
    return true;
  } catch (failure) {
    // The pointer is compared each second: it is tried again as long as the certificate is refused.
    log.warn({ event: 'certificate.not-taken-back', connectionId: connection.id, ...errorFields(failure) });
    return false;
  }
}
