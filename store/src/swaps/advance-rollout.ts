/** What a rollout does next, decided and written in one transaction under its lock: any connector may do it, one at a time. */
import { sql } from 'kysely';
import { rolloutStep, type RolloutMemberFacts, type RolloutStep, type SwapRefusal } from '@sallyport/lifecycle';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, inScopeOnce, type Store, type Tx } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';
import { rolloutById, type StoredRollout } from './rollouts.ts';

/** A connection of a rollout, for the board. */
export interface StoredRolloutMember extends RolloutMemberFacts {
  readonly connectionId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly host: string;
  readonly reason: SwapRefusal | null;
}

/** Those that go on by themselves. */
export async function openRollouts(store: Store, scope: Scope): Promise<string[]> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<{ id: string }>`select id from rollout where state in ('canaries', 'ready', 'moving') order by proposed_at`,
  );
  return rows.map(({ id }) => id);
}

/** In the order in which they move. */
export async function rolloutMembers(tx: Tx, id: string): Promise<StoredRolloutMember[]> {
  const { rows } = await sql<StoredRolloutMember>`select s.id as "swapId", n.name, s.state,
      floor(extract(epoch from s.state_since) * 1000)::float8 as "stateSince", s.blocked_in as "blockedIn", s.cohort,
      s.canary ->> 'verdict' as canary, s.activated_at is not null as moved, coalesce(s.reason ->> 'message', s.canary ->> 'message') as message,
      s.reason, s.connection_id as "connectionId", s.customer_id as "customerId", k.name as "customerName", n.host
    from swap s join connection n on n.id = s.connection_id join customer k on k.id = s.customer_id
    where s.rollout_id = ${id} order by s.rollout_place`.execute(tx);
  return rows;
}

/** Steps of one rollout are few; more is a fault. */
const mostSteps = 10;

/** Makes every step that is possible now; gives what is waited for. */
export function advanceRollout(store: Store, scope: Scope, id: string): Promise<RolloutStep> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql`select 1 from rollout where id = ${id} for update skip locked`.execute(tx);
    // Another connector does it now.
    if (rows.length === 0) return { do: 'nothing' };
    for (let steps = 0; ; steps++) {
      const rollout = await rolloutById(tx, id);
      if (rollout === null || steps >= mostSteps) return { do: 'nothing' };
      const step = rolloutStep({
        state: rollout.state,
        cohort: rollout.cohort,
        sizes: rollout.cohorts,
        // In its reason the customer is named, too: every other connection is called Jira.
        members: (await rolloutMembers(tx, id)).map((member) => ({
          ...member,
          name: `${member.customerName}: ${member.name}`,
        })),
        approved: rollout.approvedAt !== null,
        goOnAskedAt: rollout.goOnAskedAt?.getTime() ?? null,
      });
      if (step.do === 'wait' || step.do === 'nothing') return step;
      await write(tx, scope, rollout, step);
    }
  });
}

async function write(
  tx: Tx,
  scope: Scope,
  { id, state }: StoredRollout,
  step: Extract<RolloutStep, { do: 'state' | 'cohort' }>,
): Promise<void> {
  if (step.do === 'state') {
    const reason = step.reason === null ? null : JSON.stringify(step.reason);
    await sql`update rollout set state = ${step.to}, state_since = clock_timestamp(), reason = ${reason}::jsonb where id = ${id}`.execute(
      tx,
    );
  } else {
    await sql`update rollout set cohort = ${step.number}, cohort_started = cohort_started || jsonb_build_object(${String(step.number)}::text,
      to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) where id = ${id}`.execute(tx);
    await sql`update swap set cohort = ${step.number}, next_look_at = now() where id = any(${step.swapIds}::uuid[])`.execute(
      tx,
    );
    await sql`select pg_notify('sallyport_swap', '')`.execute(tx);
  }
  await recordAuditEvent(tx, scope, {
    customerId: operatorId,
    action: step.do === 'state' ? `rollout.${step.to}` : 'rollout.cohort',
    subject: `rollout:${id}`,
    detail:
      step.do === 'state'
        ? { from: state, reason: step.reason }
        : { number: step.number, connections: step.swapIds.length },
  });
}
