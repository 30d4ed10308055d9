/** The keys that secrets are sealed to: which there are, who holds them, and how much is sealed to each. */
import { sql } from 'kysely';
import { inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export interface SealKeyState {
  readonly id: string;
  readonly state: 'current' | 'retiring' | 'retired';
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
  readonly rotationAskedAt: Date | null;
  readonly rotationAskedBy: string | null;
  readonly replacedBy: string | null;
  /** When, by whom and why it was taken out of use, as its connectors are gone; null of all others. */
  readonly takenOutAt: Date | null;
  readonly takenOutBy: string | null;
  readonly takenOutReason: string | null;
  readonly sealedRecords: number;
  readonly connectors: readonly string[];
}

/** Newest first. */
export async function listSealKeys(store: Store): Promise<SealKeyState[]> {
  const { rows } =
    await sql<SealKeyState>`select k.id, k.state, k.created_at as "createdAt", k.retired_at as "retiredAt",
      k.rotation_asked_at as "rotationAskedAt", k.rotation_asked_by as "rotationAskedBy", k.replaced_by as "replacedBy",
      k.taken_out_at as "takenOutAt", k.taken_out_by as "takenOutBy", k.taken_out_reason as "takenOutReason", sealed_to(k.id)::int as "sealedRecords",
      array(select c.id from connector c where k.id = any(c.seal_keys) and c.heartbeat_at > now() - interval '15 seconds' order by c.id) as connectors
    from seal_key k order by k.created_at desc, k.id limit 200`.execute(store.db);
  return rows;
}

/** Asks the connectors that hold this key for another one. False where it is not current, or that was asked already. */
export async function askSealKeyRotation(store: Store, scope: Scope, id: string): Promise<boolean> {
  try {
    await inScopeOnce(store, scope, sql`select ask_seal_key_rotation(${id}, ${scope.actor})`);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '23514') return false;
    throw error;
  }
}

/** What keeps a key in use; nothing was changed. */
export interface TakingOutObstacles {
  /** Null: there is no such key. */
  readonly state: SealKeyState['state'] | null;
  /** Running connectors. */
  readonly heldBy: readonly string[];
  readonly anotherIsHeld: boolean;
  /** How many records no running connector could open by another key; the first hundred are named. */
  readonly onlyHere: number;
  readonly records: readonly {
    readonly purpose: string;
    readonly customerName: string;
    /** Of the certificate, request or connection that it belongs to; null where none names it any more. */
    readonly name: string | null;
  }[];
}

/**
 * Takes a key out of use whose connectors are gone for good: nothing is sealed to it any more. Gives null, or what stands in
 * the way. @param leaveUnopened also where records stay that only this key opens: they are kept, should it come back
 */
export async function takeSealKeyOut(
  store: Store,
  scope: Scope,
  id: string,
  { reason, leaveUnopened }: { readonly reason: string; readonly leaveUnopened: boolean },
): Promise<TakingOutObstacles | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<{
      obstacles: TakingOutObstacles | null;
    }>`select take_seal_key_out(${id}, ${scope.actor}, ${reason}, ${leaveUnopened}) as obstacles`,
  );
  return rows[0]?.obstacles ?? null;
}
