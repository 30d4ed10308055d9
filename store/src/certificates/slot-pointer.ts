/**
 * The pointer of a slot: which certificate its connections present. Activation and going back are one write each, fenced
 * by the generation that the writer saw; a NOTIFY tells every connector, and the row says it to those that missed it.
 */
import { sql, type RawBuilder } from 'kysely';
import { inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** Channel of NOTIFY; the payload is the slot's id. */
export const slotChannel = 'sallyport_slot_moved';

export interface SlotPointer {
  readonly id: string;
  readonly customerId: string;
  readonly generation: number;
  readonly currentId: string | null;
  readonly nextId: string | null;
  readonly previousId: string | null;
  readonly movedAt: Date | null;
  readonly windowEndsAt: Date | null;
  readonly refusedGenerations: readonly number[];
}

const columns = sql`id, customer_id as "customerId", generation::int, current_id as "currentId", next_id as "nextId",
  previous_id as "previousId", moved_at as "movedAt", window_ends_at as "windowEndsAt", refused_generations::int[] as "refusedGenerations"`;

/** Names the certificate that is to come; null takes the name away. False where the pointer has moved meanwhile. */
export function nameNextStatement(
  slot: { readonly id: string; readonly generation: number },
  next: { readonly ownerId: string; readonly id: string } | null,
): RawBuilder<{ id: string }> {
  return sql<{
    id: string;
  }>`update certificate_slot set next_owner_id = ${next?.ownerId ?? null}::uuid, next_id = ${next?.id ?? null}::uuid
    where id = ${slot.id} and generation = ${slot.generation} returning id`;
}

/** Next becomes current, current becomes previous. No row where the pointer has moved meanwhile, or no next is named. */
export function activateStatement(
  slot: { readonly id: string; readonly generation: number },
  windowEndsAt: Date,
): RawBuilder<{ generation: number }> {
  return sql<{ generation: number }>`with moved as (
      update certificate_slot set previous_owner_id = current_owner_id, previous_id = current_id, current_owner_id = next_owner_id,
        current_id = next_id, next_owner_id = null, next_id = null, generation = generation + 1, moved_at = now(),
        window_ends_at = ${windowEndsAt}
      where id = ${slot.id} and generation = ${slot.generation} and next_id is not null returning id, generation)
    select generation::int, pg_notify(${slotChannel}, id::text) from moved`;
}

/**
 * Back to the certificate before: the refused generation is never used again, whoever else still holds it. No row where
 * the pointer has moved meanwhile, or there is nothing to go back to.
 */
export function fallBackStatement(slot: {
  readonly id: string;
  readonly generation: number;
}): RawBuilder<{ generation: number }> {
  return sql<{ generation: number }>`with moved as (
      update certificate_slot set current_owner_id = previous_owner_id, current_id = previous_id, previous_owner_id = null,
        previous_id = null, refused_generations = refused_generations || generation, generation = generation + 1, moved_at = now(),
        window_ends_at = null
      where id = ${slot.id} and generation = ${slot.generation} and previous_id is not null returning id, generation)
    select generation::int, pg_notify(${slotChannel}, id::text) from moved`;
}

/**
 * The far side refuses the generation that serves, and nothing leads back: it stays, and no connector shows its certificate
 * again. No row where that is known, or the pointer has moved meanwhile.
 */
export function refuseStatement(slot: {
  readonly id: string;
  readonly generation: number;
}): RawBuilder<{ id: string }> {
  return sql<{ id: string }>`with refused as (
      update certificate_slot set refused_generations = refused_generations || generation
      where id = ${slot.id} and generation = ${slot.generation} and generation <> all(refused_generations) returning id)
    select id, pg_notify(${slotChannel}, id::text) from refused`;
}

/** It was tried again because a person asked, and accepted: it serves again. No row where it was not refused. */
export function acceptAgainStatement(slot: {
  readonly id: string;
  readonly generation: number;
}): RawBuilder<{ id: string }> {
  return sql<{ id: string }>`with accepted as (
      update certificate_slot set refused_generations = array_remove(refused_generations, generation)
      where id = ${slot.id} and generation = ${slot.generation} and generation = any(refused_generations) returning id)
    select id, pg_notify(${slotChannel}, id::text) from accepted`;
}

/** The window has closed: there is no way back any more. */
export function closeWindowStatement(slot: {
  readonly id: string;
  readonly generation: number;
}): RawBuilder<{ id: string }> {
  return sql<{ id: string }>`with closed as (
      update certificate_slot set previous_owner_id = null, previous_id = null, window_ends_at = null
      where id = ${slot.id} and generation = ${slot.generation} returning id)
    select id, pg_notify(${slotChannel}, id::text) from closed`;
}

/** Those of `slotIds` that the scope may see: for followers that compare. */
export function findSlots(store: Store, scope: Scope, slotIds: readonly string[]): Promise<SlotPointer[]> {
  return inScopeOnce(
    store,
    scope,
    sql<SlotPointer>`select ${columns} from certificate_slot where id = any(${slotIds}::uuid[])`,
  );
}
