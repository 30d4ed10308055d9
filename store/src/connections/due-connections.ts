import { sql } from 'kysely';
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
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<DueConnection>`select c.id, c.customer_id as "customerId" from connection c
      join terms t on t.customer_id = c.customer_id and t.connection_id = c.id and t.version = c.terms_version
      where c.state in ('active', 'failing') and t.document ->> 'egressGroup' = ${egressGroup}
        and (c.last_proof_at is null or c.last_proof_at < now() - make_interval(secs => ${hours * 3600}))`.execute(tx);
    return rows;
  });
}
