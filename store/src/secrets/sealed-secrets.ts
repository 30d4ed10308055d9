import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { inScope, type Store, type Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import { seal, type SecretBinding, type SecretPurpose } from './seal.ts';

export interface SealKey {
  readonly id: string;
  readonly publicKey: Buffer;
}

/**
 * The key to seal to now, or null while no connector has registered one: the newest, but rather one that a running connector
 * holds, as with another nothing could be opened until its connector comes back.
 */
export async function currentSealKey(store: Store): Promise<SealKey | null> {
  const { rows } = await sql<SealKey>`select id, public_key as "publicKey" from seal_key k where state = 'current'
    order by exists (select 1 from connector c where k.id = any(c.seal_keys) and c.heartbeat_at > now() - interval '15 seconds') desc,
      created_at desc limit 1`.execute(store.db);
  return rows[0] ?? null;
}

/** A secret that is sealed and not yet stored. */
export interface SealedSecret {
  readonly id: string;
  readonly customerId: string;
  readonly purpose: SecretPurpose;
  readonly sealKeyId: string;
  readonly sealed: Buffer;
}

/** Seals a secret for one customer and purpose under a new record id. */
export async function sealSecret(
  key: SealKey,
  secret: { readonly customerId: string; readonly purpose: SecretPurpose; readonly plaintext: string },
): Promise<SealedSecret> {
  const id = randomUUID();
  const { customerId, purpose } = secret;
  const sealed = await seal(key.publicKey, secret.plaintext, { recordId: id, customerId, purpose });
  return { id, customerId, purpose, sealKeyId: key.id, sealed };
}

export async function insertSealedSecret(tx: Tx, secret: SealedSecret): Promise<void> {
  await sql`insert into sealed_secret (id, customer_id, purpose, seal_key_id, sealed)
    values (${secret.id}, ${secret.customerId}, ${secret.purpose}, ${secret.sealKeyId}, ${secret.sealed})`.execute(tx);
}

/** Stores one sealed secret on its own, for those that several connections will name. */
export async function storeSecret(store: Store, scope: Scope, secret: SealedSecret): Promise<void> {
  await inScope(store, scope, (tx) => insertSealedSecret(tx, secret));
}

/** Seals what belongs to a record that is there, to another key. */
export function sealSecretAs(key: SealKey, binding: SecretBinding, plaintext: string): Promise<Buffer> {
  return seal(key.publicKey, plaintext, binding);
}
