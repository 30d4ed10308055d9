import { sql, type RawBuilder } from 'kysely';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** A connection that wants a job, and whose it is. */
export interface DueConnection {
  readonly id: string;
  readonly customerId: string;
}

/** Connections of a group that are in use and whose last proof is older than `hours`; for the daily full handshake. */
export function connectionsDueForProof(
  store: Store,
  scope: Scope,
  egressGroup: string,
  hours: number,
): Promise<DueConnection[]> {
  const overdue = sql<boolean>`c.last_proof_at is null or c.last_proof_at < now() - make_interval(secs => ${hours * 3600})`;
  return due(store, scope, egressGroup, ['active', 'failing'], overdue);
}

/** Connections of a group in use whose last sweep ended more than `seconds` ago. */
export function connectionsDueForSync(
  store: Store,
  scope: Scope,
  egressGroup: string,
  seconds: number,
): Promise<DueConnection[]> {
  const overdue = sql<boolean>`y.last_sweep_at is null or y.last_sweep_at < now() - make_interval(secs => ${seconds})`;
  return due(store, scope, egressGroup, ['active'], overdue);
}

function due(
  store: Store,
  scope: Scope,
  egressGroup: string,
  states: readonly string[],
  overdue: RawBuilder<boolean>,
): Promise<DueConnection[]> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<DueConnection>`select c.id, c.customer_id as "customerId" from connection c
      join terms t on t.connection_id = c.id and t.version = c.terms_version
      left join sync_state y on y.connection_id = c.id
      where c.state = any(${states}::text[]) and t.document ->> 'egressGroup' = ${egressGroup} and (${overdue})`.execute(
      tx,
    );
    return rows;
  });
}
