/** A far side refused the certificate that serves: the pointer goes back, and the swap with it, in one transaction. */
import { sql } from 'kysely';
import { isUnusable, type SwapActor, type SwapRefusal } from '@sallyport/lifecycle';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { acceptAgainStatement, fallBackStatement, refuseStatement } from '../certificates/slot-pointer.ts';
import { inScope, type Store, type Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { forgetRefusalOf, makeTransition, recordSwapEvent } from './make-transition.ts';
import { swapStatement, withFacts, type StoredSwap } from './swap-rows.ts';

export interface RefusalSeen {
  readonly code: string;
  readonly message: string;
  /** Who can act; the customer where nobody else is known. */
  readonly actor?: SwapActor | null;
}

interface Generation {
  /** Of the slot. */
  readonly id: string;
  readonly generation: number;
}

/**
 * Goes back at once; null where another was quicker, or there is nothing to go back to: then an open swap is blocked, and its
 * generation is shown to nobody any more. Fenced by the generation that was refused: who still holds an older one undoes nothing.
 */
export function fallBack(
  store: Store,
  scope: Scope,
  slot: Generation,
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
    const reason: SwapRefusal = { code: seen.code, message: seen.message, actor: seen.actor ?? 'customer' };
    if (moved === null) await refuse(tx, scope, swap, slot, reason);
    else {
      await sql`update swap set state = 'rolled-back', state_since = clock_timestamp(), blocked_in = null,
        reason = ${JSON.stringify(reason)}::jsonb where id = ${swap.id}`.execute(tx);
      await forgetRefusalOf(tx, scope, swap);
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
    }
    return moved?.generation ?? null;
  });
}

/** Nothing leads back: it is not shown again by anybody before a person asks for it, and the swap says who must act. */
async function refuse(tx: Tx, scope: Scope, swap: StoredSwap, slot: Generation, seen: SwapRefusal): Promise<void> {
  if (swap.facts.slot.generation !== slot.generation) return;
  await refuseStatement(slot).execute(tx);
  const reason = {
    ...seen,
    message: `${seen.message} There is no certificate to go back to, so no connector shows this one any more. Let the far side accept it and go on, or cancel this swap and propose another certificate.`,
  };
  if (swap.state !== 'blocked') return makeTransition(tx, scope, swap, 'block', reason);
  if (swap.facts.slot.refused) return;
  await sql`update swap set reason = ${JSON.stringify(reason)}::jsonb where id = ${swap.id}`.execute(tx);
  await recordSwapEvent(tx, scope, swap, { to: 'blocked', step: 'refused', evidence: { reason } });
}

/** A person had a refused generation tried again, and it was accepted. False where it was not refused. */
export function acceptAgain(
  store: Store,
  scope: Scope,
  slot: Generation,
  connection: { readonly id: string; readonly customerId: string },
): Promise<boolean> {
  return inScope(store, scope, async (tx) => {
    if ((await acceptAgainStatement(slot).execute(tx)).rows.length === 0) return false;
    await recordAuditEvent(tx, scope, {
      customerId: connection.customerId,
      action: 'connection.certificate-accepted-again',
      subject: `connection:${connection.id}`,
      detail: { generation: slot.generation },
    });
    return true;
  });
}

async function swapOfGeneration(tx: Tx, slot: Generation): Promise<StoredSwap | null> {
  const { rows: locked } = await sql<{ id: string }>`select id from swap where slot_id = ${slot.id}
    and active_generation = ${slot.generation} and state in ('active', 'observed', 'blocked') for update`.execute(tx);
  const id = locked[0]?.id;
  if (id === undefined) return null;
  const { rows } = await swapStatement(sql`s.id = ${id}`).execute(tx);
  return rows[0] === undefined ? null : withFacts(rows[0]);
}
