import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, type Store } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';

export interface Customer {
  readonly id: string;
  readonly name: string;
}

/** All customers but the operator itself, by name. */
export async function listCustomers(store: Store): Promise<Customer[]> {
  const { rows } = await sql<Customer>`select id, name from customer where id <> ${operatorId} order by name`.execute(
    store.db,
  );
  return rows;
}

/** Gives null when the name is taken. */
export function insertCustomer(store: Store, scope: Scope, name: string): Promise<Customer | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } =
      await sql<Customer>`insert into customer (name) values (${name}) on conflict do nothing returning id, name`.execute(
        tx,
      );
    const inserted = rows[0];
    if (inserted === undefined) return null;
    await recordAuditEvent(tx, scope, {
      customerId: inserted.id,
      action: 'customer.added',
      subject: `customer:${inserted.id}`,
      detail: { name },
    });
    return inserted;
  });
}
