/** Which connector works on which swap: whoever takes it has it for a while, and who is silent loses it. */
import { sql } from 'kysely';
import { inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** Channel of NOTIFY: something was proposed, approved or asked for. */
export const swapChannel = 'sallyport_swap';

export interface ClaimedSwap {
  readonly id: string;
  readonly customerId: string;
  readonly connectionId: string;
}

/** Without a known time, and without a word from anybody, a swap is looked at again after this. */
export const lookAgainSeconds = 30;
/** Longer than a canary over all addresses may take. */
const claimSeconds = 120;
const silentSeconds = 15;

/**
 * Takes swaps that are due and nobody living works on, in this connector's egress group. What lies further ahead than
 * anybody puts it was written before the clock went back, and holds nothing up.
 */
export function claimSwaps(
  store: Store,
  scope: Scope,
  connector: { readonly id: string; readonly egressGroup: string },
  options: { readonly limit: number; readonly except: readonly string[] },
): Promise<ClaimedSwap[]> {
  return inScopeOnce(
    store,
    scope,
    sql<ClaimedSwap>`update swap w set worked_by = ${connector.id}, worked_until = now() + make_interval(secs => ${claimSeconds})
      from (select s.id from swap s join connection n on n.id = s.connection_id
        join terms t on t.customer_id = n.customer_id and t.connection_id = n.id and t.version = n.terms_version
        where s.state not in ('done', 'cancelled', 'rolled-back') and (s.next_look_at <= now() or s.next_look_at > now() + make_interval(secs => ${2 * lookAgainSeconds})) and s.id <> all(${options.except}::uuid[])
          and t.document ->> 'egressGroup' = ${connector.egressGroup}
          and (s.worked_until is null or s.worked_until < now() or s.worked_until > now() + make_interval(secs => ${2 * claimSeconds})
            or s.worked_by = ${connector.id} or not exists (
            select 1 from connector k where k.id = s.worked_by and k.heartbeat_at between now() - make_interval(secs => ${silentSeconds}) and now() + make_interval(secs => ${silentSeconds})))
        order by s.next_look_at limit ${options.limit} for update of s skip locked) due
      where w.id = due.id returning w.id, w.customer_id as "customerId", w.connection_id as "connectionId"`,
  );
}

/** Gives swaps back. */
export async function releaseSwaps(
  store: Store,
  scope: Scope,
  connectorId: string,
  ids: readonly string[],
): Promise<void> {
  await inScopeOnce(
    store,
    scope,
    sql`update swap set worked_until = null where worked_by = ${connectorId} and id = any(${ids}::uuid[])`,
  );
}
