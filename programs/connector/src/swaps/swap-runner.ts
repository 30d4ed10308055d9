/**
 * Takes swaps and rollouts on: what people asked for is answered, canaries and observations are made, windows opened and
 * closed. What to do follows from the database alone: a connector that dies here leaves nothing to be repaired.
 */
import {
  advanceRollout,
  advanceSwap,
  claimSwaps,
  housekeepingScope,
  openRollouts,
  releaseSwaps,
  requestJob,
  subscribe,
  swapChannel,
  type ClaimedSwap,
  type SwapSight,
} from '@sallyport/store';
import { errorFields } from '../log.ts';
import { repeat } from '../repeat.ts';
import { makeCanary } from './canary.ts';
import { probeObserved } from './observation-probe.ts';
import type { SwappingConnector } from './swapping-connector.ts';

export interface SwapRunner {
  stop(): Promise<void>;
}

/** Swaps that are worked on at the same time: each makes handshakes. */
const swapsAtOnce = 6;
/** Taken at once, so that others find their share. */
const claimedAtOnce = 24;
const rolloutMilliseconds = 500;
/** After a failure that nobody foresaw. */
const failureMilliseconds = 5_000;

export function runSwaps(connector: SwappingConnector): SwapRunner {
  const { store, connectorId, egressGroup, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  const waiting: ClaimedSwap[] = [];
  const working = new Map<string, Promise<void>>();
  let stopped = false;
  let looking = false;
  let again = false;
  /** In the process's own count, which no clock moves. */
  let pausedUntil = 0;

  const claim = async (): Promise<void> => {
    const except = [...working.keys(), ...waiting.map(({ id }) => id)];
    const claimed = await claimSwaps(store, scope, { id: connectorId, egressGroup }, { limit: claimedAtOnce, except });
    waiting.push(...claimed);
    if (claimed.length === claimedAtOnce) again = true;
  };

  const begin = (): void => {
    while (!stopped && working.size < swapsAtOnce) {
      const swap = waiting.shift();
      if (swap === undefined) return;
      const ended = workOn(connector, swap)
        .catch((error: unknown) => {
          log.warn({ event: 'swap.not-advanced', swapId: swap.id, ...errorFields(error) });
          pausedUntil = performance.now() + failureMilliseconds;
        })
        .then(() => {
          working.delete(swap.id);
          heard();
        });
      working.set(swap.id, ended);
    }
  };

  /** Coalesces: whatever is heard while one look goes on is one more look. */
  const heard = (): void => {
    if (stopped) return;
    begin();
    if (waiting.length > 0 || performance.now() < pausedUntil) return;
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    claim()
      .catch((error: unknown) => log.warn({ event: 'swaps.not-read', ...errorFields(error) }))
      .finally(() => {
        looking = false;
        begin();
        if (!again) return;
        again = false;
        heard();
      });
  };

  const notifications = subscribe(store, swapChannel, heard);
  const rollouts = repeat(
    rolloutMilliseconds,
    async () => {
      for (const id of await openRollouts(store, scope)) await advanceRollout(store, scope, id);
    },
    (error) => log.warn({ event: 'rollouts.not-advanced', ...errorFields(error) }),
  );
  return {
    stop: async () => {
      stopped = true;
      await Promise.all([notifications.close(), rollouts.stop(), ...working.values()]);
      const left = waiting.splice(0).map(({ id }) => id);
      if (left.length > 0) await releaseSwaps(store, scope, connectorId, left).catch(() => undefined);
    },
  };
}

/** A canary and a probe or two: more is none of one turn. */
const mostRounds = 5;

async function workOn(connector: SwappingConnector, { id }: ClaimedSwap): Promise<void> {
  const { store, connectorId, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  try {
    let sight: SwapSight | null = null;
    for (let round = 0; round < mostRounds; round++) {
      const advance = await advanceSwap(store, scope, id, sight);
      if (advance === null) return;
      const { swap, step, made } = advance;
      if (made.length > 0)
        log.info({ event: 'swap.moved', swapId: id, connectionId: swap.connectionId, state: swap.state, made });
      // It failed with the certificate before, and was to be tried later each time.
      if (made.includes('activate') && swap.connectionState === 'failing')
        await requestJob(store, scope, 'sync', swap.connectionId);
      if (step.do === 'canary') sight = await makeCanary(connector, swap);
      else if (step.do === 'probe') sight = await probeObserved(connector, swap);
      else return;
    }
  } finally {
    await releaseSwaps(store, scope, connectorId, [id]).catch(() => undefined);
  }
}
