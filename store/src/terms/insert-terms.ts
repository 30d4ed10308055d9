import { sql } from 'kysely';
import { termsHash, type Terms } from '@sallyport/terms';
import type { Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** Writes one version of a connection's terms; `weaker` says how it is weaker than the one before. They are not in force by that. */
export async function insertTerms(
  tx: Tx,
  scope: Scope,
  customerId: string,
  connectionId: string,
  terms: Terms,
  weaker: readonly string[],
): Promise<void> {
  await sql`insert into terms (customer_id, connection_id, version, document, sha256, weakens, written_by)
    values (${customerId}, ${connectionId}, ${terms.version}, ${JSON.stringify(terms)}::jsonb, ${termsHash(terms)}, ${weaker}::text[], ${scope.actor})`.execute(
    tx,
  );
}
