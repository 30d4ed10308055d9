import { sql } from 'kysely';
import type { Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** Writes what was done beside the doing of it, in the same transaction. `detail` holds no secret. */
export async function recordAuditEvent(
  tx: Tx,
  scope: Scope,
  event: { readonly customerId: string; readonly action: string; readonly subject: string; readonly detail?: object },
): Promise<void> {
  await sql`insert into audit_event (customer_id, actor, action, subject, detail)
    values (${event.customerId}, ${scope.actor}, ${event.action}, ${event.subject}, ${JSON.stringify(event.detail ?? {})}::jsonb)`.execute(
    tx,
  );
}
