import { sql } from 'kysely';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, NotFoundError, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import type { ConnectionError, ConnectionState } from './connections.ts';

/** The states that may follow each other. */
const transitions: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  draft: ['checking', 'active', 'retired'],
  checking: ['draft', 'active', 'failing', 'retired'],
  active: ['paused', 'failing', 'draft', 'retired'],
  paused: ['active', 'draft', 'retired'],
  failing: ['active', 'paused', 'draft', 'retired'],
  retired: [],
};

/** A step that the connection's state does not allow. */
export class StateError extends Error {
  readonly code = 'state-does-not-allow';
  constructor(from: ConnectionState, to: ConnectionState) {
    super(`A connection that is ${from} cannot become ${to}.`);
  }
}

/** Moves a connection to another state, with its audit event. To where it already is: only the error is kept. */
export function setConnectionState(
  store: Store,
  scope: Scope,
  id: string,
  to: ConnectionState,
  error: ConnectionError | null = null,
): Promise<void> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{
      state: ConnectionState;
      customerId: string;
    }>`select state, customer_id as "customerId" from connection where id = ${id} for update`.execute(tx);
    const found = rows[0];
    if (found === undefined) throw new NotFoundError('connection');
    if (found.state !== to && !transitions[found.state].includes(to)) throw new StateError(found.state, to);
    await sql`update connection set state = ${to}, state_since = case when state = ${to} then state_since else now() end,
      last_error = ${error === null ? null : JSON.stringify(error)}::jsonb where id = ${id}`.execute(tx);
    if (found.state === to) return;
    await recordAuditEvent(tx, scope, {
      customerId: found.customerId,
      action: `connection.${to}`,
      subject: `connection:${id}`,
      detail: { from: found.state, error },
    });
  });
}
