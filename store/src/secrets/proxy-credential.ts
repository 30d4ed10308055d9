import { sql } from 'kysely';
import type { Tx } from '../open-store.ts';
import { insertSealedSecret, type SealedSecret } from './sealed-secrets.ts';

/** Stores a sealed credential of a connection's forward proxy and points the connection at it; null leaves all as it is. */
export async function putProxyCredential(tx: Tx, connectionId: string, secret: SealedSecret | null): Promise<void> {
  if (secret === null) return;
  await insertSealedSecret(tx, secret);
  await sql`select replace_proxy_credential(${connectionId}::uuid, ${secret.id}::uuid)`.execute(tx);
}
