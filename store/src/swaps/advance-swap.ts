/**
 * The one place where a swap's state changes: the swap is locked, what people asked for is answered, what a connector saw
 * is kept, and every step that is possible then is made, each with its evidence, its audit event and the pointer's move in
 * one transaction. Whoever is killed in the middle has done nothing.
 */
import { sql } from 'kysely';
import { nextStep, type NextStep, type SwapActor, type TransitionName } from '@sallyport/lifecycle';
import { acceptAgainStatement } from '../certificates/slot-pointer.ts';
import { inScope, type Store, type Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { answerRequests } from './answer-requests.ts';
import { lookAgainSeconds } from './claim-swaps.ts';
import { makeTransition, recordSwapEvent } from './make-transition.ts';
import { swapById } from './propose-swap.ts';
import type { StoredCanary, StoredSwap } from './swap-rows.ts';

/** What a connector saw with a certificate. */
export type SwapSight =
  | { readonly kind: 'canary'; readonly result: Omit<StoredCanary, 'at'> }
  | {
      readonly kind: 'probe';
      readonly accepted: boolean;
      readonly message: string | null;
      /** Who could act on what failed. */
      readonly actor?: SwapActor | null;
      /** Kept as evidence. */
      readonly evidence: object;
    };

export interface SwapAdvance {
  readonly swap: StoredSwap;
  /** What is to be done next; never a transition. */
  readonly step: Exclude<NextStep, { do: 'transition' }>;
  readonly made: readonly TransitionName[];
}

/** More than any way through the states has: a circle would be a fault of the guards. */
const mostTransitions = 20;

/** @returns null where the scope sees no such swap */
export function advanceSwap(
  store: Store,
  scope: Scope,
  swapId: string,
  sight: SwapSight | null = null,
): Promise<SwapAdvance | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql`select 1 from swap where id = ${swapId} for update`.execute(tx);
    let swap = rows.length === 0 ? null : await swapById(tx, swapId);
    if (swap === null) return null;
    if (sight !== null) {
      await keepSight(tx, scope, swap, sight);
      swap = await reread(tx, swapId);
    }
    const made: TransitionName[] = [];
    if (await answerRequests(tx, scope, swap, made)) swap = await reread(tx, swapId);
    let step = nextStep(swap.facts);
    while (step.do === 'transition') {
      if (made.length >= mostTransitions) throw new Error(`the swap ${swapId} moves in a circle: ${made.join(', ')}`);
      await makeTransition(tx, scope, swap, step.name, step.reason);
      made.push(step.name);
      swap = await reread(tx, swapId);
      step = nextStep(swap.facts);
    }
    await planNextLook(tx, swap, step);
    return { swap, step, made };
  });
}

async function reread(tx: Tx, id: string): Promise<StoredSwap> {
  const swap = await swapById(tx, id);
  if (swap === null) throw new Error(`the swap ${id} is gone while it is locked`);
  return swap;
}

async function keepSight(tx: Tx, scope: Scope, swap: StoredSwap, sight: SwapSight): Promise<void> {
  const now = swap.facts.now;
  if (sight.kind === 'canary') {
    // One that comes too late, of a swap that went on or another certificate, says nothing.
    if (swap.state !== 'trust-announced' || sight.result.sha256 !== swap.facts.next.sha256) return;
    const canary: StoredCanary = { ...sight.result, at: now };
    await sql`update swap set canary = ${JSON.stringify(canary)}::jsonb where id = ${swap.id}`.execute(tx);
    await recordSwapEvent(tx, scope, swap, {
      to: swap.state,
      step: `canary-${sight.result.verdict}`,
      evidence: canary,
    });
    return;
  }
  if (swap.activatedAt === null) return;
  const before = swap.observation;
  const observation = {
    accepted: (before?.accepted ?? 0) + (sight.accepted ? 1 : 0),
    lastAcceptedAt: sight.accepted ? now : (before?.lastAcceptedAt ?? null),
    lastTriedAt: now,
    lastMessage: sight.message,
    failed: (before?.failed ?? 0) + (sight.accepted ? 0 : 1),
    lastActor: sight.actor ?? null,
  };
  await sql`update swap set observation = ${JSON.stringify(observation)}::jsonb where id = ${swap.id}`.execute(tx);
  if (sight.accepted && swap.facts.slot.refused)
    await acceptAgainStatement({ id: swap.slotId, generation: swap.facts.slot.generation }).execute(tx);
  await recordSwapEvent(tx, scope, swap, {
    to: swap.state,
    step: sight.accepted ? 'handshake-accepted' : 'handshake-failed',
    evidence: { ...sight.evidence, message: sight.message },
  });
}

/** When it is looked at next; a rollout that waits for this swap is looked at now. */
async function planNextLook(tx: Tx, swap: StoredSwap, step: SwapAdvance['step']): Promise<void> {
  const until = step.do === 'wait' ? step.until : step.do === 'nothing' ? null : swap.facts.now;
  const seconds =
    until === null ? lookAgainSeconds : Math.min(Math.max((until - swap.facts.now) / 1000, 0), lookAgainSeconds);
  await sql`update swap set next_look_at = clock_timestamp() + make_interval(secs => ${seconds}) where id = ${swap.id}`.execute(
    tx,
  );
}
