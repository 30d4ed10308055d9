/** What the web tier may ask of a certificate and the database does: its end, with the key destroyed, and being the default. */
import { sql } from 'kysely';
import { inScopeOnce, NotFoundError, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** What stands in the way of a retirement; names are null where the scope may not know them. */
export interface RetirementObstacles {
  /** RFC 3339; null: not retired yet. */
  readonly retiredAt: string | null;
  readonly isDefault: boolean;
  readonly uses: readonly {
    readonly connectionId: string;
    readonly connectionName: string | null;
    readonly customerName: string | null;
    readonly pointer: 'current' | 'next' | 'previous';
    /** When the way back to it closes, RFC 3339; null where no window is open. */
    readonly windowEndsAt: string | null;
  }[];
  readonly swaps: readonly {
    readonly swapId: string;
    readonly state: string;
    readonly connectionId: string;
    readonly connectionName: string | null;
  }[];
  /** Ids of open rollouts that bring it. */
  readonly rollouts: readonly string[];
}

/**
 * Retires a certificate: its sealed key and all copies are deleted in the transaction that says so in the audit. Null where
 * that is done; else what stands in the way, and nothing has changed. @throws NotFoundError
 */
export async function retireClientCertificate(
  store: Store,
  scope: Scope,
  id: string,
  reason: string,
): Promise<RetirementObstacles | null> {
  try {
    const rows = await inScopeOnce(
      store,
      scope,
      sql<{
        obstacles: RetirementObstacles | null;
      }>`select retire_client_certificate(${id}::uuid, ${scope.actor}, ${reason}) as obstacles`,
    );
    return rows[0]?.obstacles ?? null;
  } catch (error) {
    if ((error as { code?: string }).code === 'P0002') throw new NotFoundError('certificate');
    throw error;
  }
}

/** New connections are bound to it from now on. False where it is retired, not judged or blocked. @throws NotFoundError */
export async function makeCertificateDefault(store: Store, scope: Scope, id: string): Promise<boolean> {
  try {
    const rows = await inScopeOnce(
      store,
      scope,
      sql<{ done: boolean }>`select make_certificate_default(${id}::uuid, ${scope.actor}) as done`,
    );
    return rows[0]?.done === true;
  } catch (error) {
    if ((error as { code?: string }).code === 'P0002') throw new NotFoundError('certificate of the operator');
    throw error;
  }
}
