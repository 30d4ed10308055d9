import { sql } from 'kysely';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import type { BoundCertificate } from './client-certificates.ts';

/**
 * The certificates of one owner that are valid now, besides the one that is named, with the ids of their sealed keys; for
 * connectors. Whether one is of the same authority is for the caller to see.
 */
export function otherCertificatesOf(
  store: Store,
  scope: Scope,
  than: { readonly ownerId: string; readonly id: string },
): Promise<Omit<BoundCertificate, 'generation'>[]> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<
      Omit<BoundCertificate, 'generation'>
    >`select c.id, c.customer_id as "customerId", c.kind, c.name,
        c.chain_pem as "chainPem", c.sha256, c.not_before as "notBefore", c.not_after as "notAfter", c.is_default as "isDefault",
        c.key_secret_id as "keySecretId"
      from client_certificate c where c.customer_id = ${than.ownerId} and c.id <> ${than.id} and c.retired_at is null and now() between c.not_before and c.not_after
      order by c.not_after desc limit 50`.execute(tx);
    return rows;
  });
}
