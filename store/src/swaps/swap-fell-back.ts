/** A far side refused the certificate that serves: the pointer goes back, and the swap with it, in one transaction. */
import { sql } from 'kysely';
import { isUnusable } from '@sallyport/lifecycle';
import { fallBackStatement } from '../certificates/slot-pointer.ts';
import { inScope, type Store, type Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { makeTransition, recordSwapEvent } from './make-transition.ts';
import { swapStatement, withFacts, type StoredSwap } from './swap-rows.ts';

export interface RefusalSeen {
  readonly code: string;
  readonly message: string;
}

/**
 * Goes back at once; null where another was quicker, or there is nothing to go back to: then an open swap is blocked.
 * Fenced by the generation that was refused: who still holds an older one undoes nothing.
 */
export function fallBack(
  store: Store,
  scope: Scope,
  slot: { readonly id: string; readonly generation: number },
  seen: RefusalSeen = { code: 'client-certificate-refused', message: 'The far side refused the certificate.' },
): Promise<number | null> {
  return inScope(store, scope, async (tx) => {
    // The swap first, as everywhere: two who lock in another order would wait for each other.
    const swap = await swapOfGeneration(tx, slot);
    const { current, now } = swap?.facts ?? { current: null, now: 0 };
    // A revoked or expired certificate is nothing to go back to.
    const isBackUnusable = current !== null && isUnusable(current, now);
    const moved = isBackUnusable ? null : ((await fallBackStatement(slot).execute(tx)).rows[0] ?? null);
    if (swap === null) return moved?.generation ?? null;
    const reason = { code: seen.code, message: seen.message, actor: 'customer' } as const;
    if (moved !== null) {
      await sql`update swap set state = 'rolled-back', state_since = clock_timestamp(), blocked_in = null,
        reason = ${JSON.stringify(reason)}::jsonb where id = ${swap.id}`.execute(tx);
      await recordSwapEvent(tx, scope, swap, {
        to: 'rolled-back',
        step: 'roll-back',
        evidence: {
          reason,
          refusedGeneration: slot.generation,
          generation: moved.generation,
          sha256: swap.facts.next.sha256,
        },
      });
    } else if (swap.facts.slot.generation === slot.generation && swap.state !== 'blocked') {
      await makeTransition(tx, scope, swap, 'block', reason);
    }
    return moved?.generation ?? null;
  });
}

async function swapOfGeneration(
  tx: Tx,
  slot: { readonly id: string; readonly generation: number },
): Promise<StoredSwap | null> {
  const { rows: locked } = await sql<{ id: string }>`select id from swap where slot_id = ${slot.id}
    and active_generation = ${slot.generation} and state in ('active', 'observed', 'blocked') for update`.execute(tx);
  const id = locked[0]?.id;
  if (id === undefined) return null;
  const { rows } = await swapStatement(sql`s.id = ${id}`).execute(tx);
  return rows[0] === undefined ? null : withFacts(rows[0]);
}
