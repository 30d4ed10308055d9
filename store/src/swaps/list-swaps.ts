/** Swaps for people: lists, and one with its evidence. */
import { sql } from 'kysely';
import type { SwapRefusal, SwapState } from '@sallyport/lifecycle';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { rolloutMembers, type StoredRolloutMember } from './advance-rollout.ts';
import { swapById, type SwapAsk } from './propose-swap.ts';
import { rolloutById, type StoredRollout } from './rollouts.ts';
import { swapStatement, withFacts, type StoredSwap } from './swap-rows.ts';

export interface SwapFilter {
  readonly connectionId?: string | undefined;
  readonly certificateId?: string | undefined;
  readonly rolloutId?: string | undefined;
  readonly open?: boolean | undefined;
  /** Only those that belong to no rollout. */
  readonly alone?: boolean | undefined;
  /** Only those that were rolled back and are the last of their connection, and what a rollout that is over left blocked. */
  readonly stranded?: boolean | undefined;
}

const mostListed = 500;

/** The newest first; 500 at most. */
export function listSwaps(store: Store, scope: Scope, filter: SwapFilter): Promise<StoredSwap[]> {
  const { connectionId = null, certificateId = null, rolloutId = null, open = null } = filter;
  const { alone = false, stranded = false } = filter;
  return inScope(store, scope, async (tx) => {
    const { rows } = await swapStatement(sql`(${connectionId}::uuid is null or s.connection_id = ${connectionId}::uuid)
      and (${certificateId}::uuid is null or ${certificateId}::uuid in (s.next_id, s.current_id))
      and (${rolloutId}::uuid is null or s.rollout_id = ${rolloutId}::uuid)
      and not (${alone}::boolean and s.rollout_id is not null)
      and (not ${stranded}::boolean or (s.state = 'rolled-back' and not exists (select from swap later
          where later.customer_id = s.customer_id and later.connection_id = s.connection_id and later.proposed_at > s.proposed_at))
        or (s.state = 'blocked' and exists (select from rollout over where over.id = s.rollout_id and over.state in ('done', 'cancelled'))))
      and (${open}::boolean is null or (s.state not in ('done', 'cancelled', 'rolled-back')) = ${open}::boolean)
      order by s.proposed_at desc limit ${mostListed}`).execute(tx);
    return rows.map(withFacts);
  });
}

export interface StoredSwapEvent {
  readonly id: string;
  readonly at: Date;
  readonly from: SwapState | null;
  readonly to: SwapState;
  readonly step: string;
  readonly actor: string;
  readonly evidence: unknown;
}

export interface StoredSwapRequest {
  readonly id: string;
  readonly ask: SwapAsk;
  readonly by: string;
  readonly at: Date;
  readonly detail: unknown;
  readonly answeredAt: Date | null;
  readonly refusal: SwapRefusal | null;
}

export interface SwapWithEvidence {
  readonly swap: StoredSwap;
  readonly events: readonly StoredSwapEvent[];
  readonly requests: readonly StoredSwapRequest[];
}

/** Null where the scope sees none. */
export function findSwap(store: Store, scope: Scope, id: string): Promise<SwapWithEvidence | null> {
  return inScope(store, scope, async (tx) => {
    const swap = await swapById(tx, id);
    if (swap === null) return null;
    const { rows: events } =
      await sql<StoredSwapEvent>`select id::text, at, from_state as "from", to_state as "to", step, actor, evidence
      from swap_event where swap_id = ${id} order by swap_event.id limit 1000`.execute(tx);
    const { rows: requests } =
      await sql<StoredSwapRequest>`select id, ask, by, at, detail, answered_at as "answeredAt", refusal
      from swap_request where swap_id = ${id} order by at, id limit 1000`.execute(tx);
    return { swap, events, requests };
  });
}

/** What came of a request; null while no connector has answered. */
export function findSwapRequest(store: Store, scope: Scope, id: string): Promise<StoredSwapRequest | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<StoredSwapRequest>`select id, ask, by, at, detail, answered_at as "answeredAt", refusal
      from swap_request where id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
}

export interface RolloutWithMembers {
  readonly rollout: StoredRollout;
  readonly members: readonly StoredRolloutMember[];
}

/** Null where the scope sees none. */
export function findRollout(store: Store, scope: Scope, id: string): Promise<RolloutWithMembers | null> {
  return inScope(store, scope, async (tx) => {
    const rollout = await rolloutById(tx, id);
    return rollout === null ? null : { rollout, members: await rolloutMembers(tx, id) };
  });
}
