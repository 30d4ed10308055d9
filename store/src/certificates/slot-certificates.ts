import { sql } from 'kysely';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** Chains of a slot, end entity first, without keys; null where none is bound. */
export interface SlotCertificates {
  readonly currentPem: string | null;
  /** What a swap will bring. */
  readonly nextPem: string | null;
}

/** The certificates that a slot presents now and next, for those who have to recognise them. */
export function certificatesOfSlot(store: Store, scope: Scope, slotId: string): Promise<SlotCertificates> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<SlotCertificates>`select c.chain_pem as "currentPem", n.chain_pem as "nextPem"
      from certificate_slot s
      left join client_certificate c on c.customer_id = s.current_owner_id and c.id = s.current_id
      left join client_certificate n on n.customer_id = s.next_owner_id and n.id = s.next_id
      where s.id = ${slotId}`.execute(tx);
    return rows[0] ?? { currentPem: null, nextPem: null };
  });
}
