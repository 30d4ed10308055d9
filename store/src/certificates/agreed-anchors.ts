/** The roots that both sides agreed on for a certificate of a private authority. */
import { sql } from 'kysely';
import { inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** As PEM; null where the authority is a public one, or the scope sees no such certificate. */
export async function agreedAnchorsOf(store: Store, scope: Scope, certificateId: string): Promise<string | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<{ pem: string | null }>`select anchors_pem as pem from client_certificate where id = ${certificateId}`,
  );
  return rows[0]?.pem ?? null;
}
