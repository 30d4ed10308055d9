/** Rollouts: many swaps that bring one certificate, proposed together and moved cohort by cohort. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import {
  emergencyTrue,
  matchingWeaker,
  noEmergency,
  type CohortSize,
  type RolloutState,
  type SwapMatching,
  type SwapRefusal,
} from '@sallyport/lifecycle';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, NotFoundError, type Store, type Tx } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';
import { noReason } from './no-reason.ts';
import { ApprovalError, asSwapOpen, ProposalRefusedError, SwapOpenError } from './propose-swap.ts';
import { swapStatement, withFacts } from './swap-rows.ts';

export interface NewRollout {
  readonly certificateId: string;
  /** In the order in which they move; null takes all that use `replaces`, or the default certificate. */
  readonly connectionIds: readonly string[] | null;
  readonly replaces: string | null;
  /** Before all others. */
  readonly first: readonly string[];
  readonly cohorts: readonly CohortSize[];
  readonly matching: SwapMatching | null;
  readonly emergency: boolean;
  readonly canaryAt: Date;
  readonly windowStartsAt: Date;
  readonly windowEndsAt: Date;
  readonly observationSeconds: number;
  readonly changeNumber: string | null;
  readonly note: string | null;
}

export interface StoredRollout {
  readonly id: string;
  readonly certificateId: string;
  readonly certificateName: string;
  readonly sha256: string;
  /** What its connections presented when it was proposed, the most used first. */
  readonly replaces: readonly { readonly certificateId: string; readonly name: string; readonly connections: number }[];
  readonly state: RolloutState;
  readonly stateSince: Date;
  readonly reason: SwapRefusal | null;
  readonly matching: SwapMatching | null;
  readonly emergency: boolean;
  readonly canaryAt: Date;
  readonly windowStartsAt: Date;
  readonly windowEndsAt: Date;
  readonly observationSeconds: number;
  readonly cohort: number;
  readonly cohorts: readonly CohortSize[];
  /** When each began, by number. */
  readonly cohortStarted: Readonly<Record<string, string>>;
  readonly leftOut: readonly string[];
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly goOnAskedAt: Date | null;
}

const columns = sql`r.id, c.id as "certificateId", c.name as "certificateName", c.sha256, r.state, r.state_since as "stateSince", r.reason,
  r.matching, r.emergency, r.canary_at as "canaryAt", r.window_starts_at as "windowStartsAt", r.window_ends_at as "windowEndsAt",
  r.observation_seconds as "observationSeconds", r.cohort, r.cohorts, r.cohort_started as "cohortStarted", r.left_out as "leftOut",
  r.proposed_by as "proposedBy", r.proposed_at as "proposedAt", r.approved_by as "approvedBy", r.approved_at as "approvedAt",
  r.go_on_asked_at as "goOnAskedAt",
  (select coalesce(json_agg(json_build_object('certificateId', u.id, 'name', u.name, 'connections', u.connections) order by u.connections desc), '[]')
    from (select x.id, x.name, count(*) as connections from swap s join client_certificate x on x.id = s.current_id
      where s.rollout_id = r.id group by x.id, x.name) u) as replaces`;
const source = sql`rollout r join client_certificate c on c.customer_id = r.next_owner_id and c.id = r.next_id`;

/** Named as first, and in no rollout: left out of the list, on the next certificate already, or not there at all. */
class FirstAstrayError extends Error {
  readonly code = 'first-astray';
  constructor(connectionIds: readonly string[]) {
    const named = connectionIds.slice(0, 3).join(', ');
    super(`${connectionIds.length} of the connections that are to move first would not be moved at all: ${named}.`);
  }
}

/** Of connections whose swaps are in no rollout yet. */
const someSwap = 'A swap of each of these connections, or of one of them,';

/**
 * Proposes a swap for each connection, in one transaction; gives the rollout's id.
 * @throws NotFoundError, ProposalRefusedError, FirstAstrayError, SwapOpenError
 */
export function proposeRollout(store: Store, scope: Scope, rollout: NewRollout): Promise<string> {
  return inScope(store, scope, async (tx) => {
    const id = randomUUID();
    const members = await membersOf(tx, rollout);
    const movable = members.filter(({ isBusy }) => !isBusy);
    const astray = rollout.first.filter((wanted) => !members.some((member) => member.id === wanted));
    if (astray.length > 0) throw new FirstAstrayError(astray);
    if (movable.length === 0 && members.length > 0) throw new SwapOpenError(someSwap);
    if (movable.length === 0) throw new NotFoundError('connection that could be moved to this certificate');
    const stricter = rollout.matching === 'ca-and-name' ? movable.filter(({ isPinned }) => isPinned) : [];
    if (stricter.length > 0)
      throw new ProposalRefusedError(matchingWeaker(` of ${stricter.map(({ name }) => name).join(', ')}`));
    const { rows } = await sql<{
      sha256: string;
    }>`insert into rollout (id, next_owner_id, next_id, cohorts, canary_at, window_starts_at,
        window_ends_at, observation_seconds, matching, emergency, left_out, proposed_by)
      select ${id}::uuid, c.customer_id, c.id, ${JSON.stringify(rollout.cohorts)}::jsonb, ${rollout.canaryAt}::timestamptz,
        ${rollout.windowStartsAt}::timestamptz, ${rollout.windowEndsAt}::timestamptz, ${rollout.observationSeconds}::int,
        ${rollout.matching}::text, ${rollout.emergency}::boolean,
        ${JSON.stringify(members.filter(({ isBusy }) => isBusy).map(({ name }) => name))}::jsonb, ${scope.actor}
      from client_certificate c where c.id = ${rollout.certificateId} and c.customer_id = ${operatorId} and c.retired_at is null
      returning (select sha256 from client_certificate x where x.id = next_id) as sha256`.execute(tx);
    if (rows[0] === undefined) throw new NotFoundError('certificate of the operator');
    await sql`insert into swap (id, customer_id, connection_id, slot_id, rollout_id, rollout_place, generation, current_owner_id, current_id,
        next_owner_id, next_id, matching, emergency, window_starts_at, window_ends_at, change_number, note, canary_at, observation_seconds,
        proposed_by)
      select gen_random_uuid(), n.customer_id, n.id, p.id, ${id}::uuid, m.place, p.generation, p.current_owner_id, p.current_id, ${operatorId}::uuid,
        ${rollout.certificateId}::uuid, ${rollout.matching}::text, ${rollout.emergency}::boolean, ${rollout.windowStartsAt}::timestamptz,
        ${rollout.windowEndsAt}::timestamptz, ${rollout.changeNumber}::text, ${rollout.note}::text, ${rollout.canaryAt}::timestamptz,
        ${rollout.observationSeconds}::int, ${scope.actor}
      from unnest(${movable.map((member) => member.id)}::uuid[]) with ordinality as m (id, place)
      join connection n on n.id = m.id join certificate_slot p on p.id = n.slot_id`
      .execute(tx)
      .catch((error: unknown) => {
        throw asSwapOpen(error, someSwap);
      });
    if (rollout.emergency) await mustBeEmergency(tx, id);
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'rollout.proposed',
      subject: `rollout:${id}`,
      detail: {
        sha256: rows[0].sha256,
        connections: movable.length,
        cohorts: rollout.cohorts,
        canaryAt: rollout.canaryAt.toISOString(),
      },
    });
    return id;
  });
}

/** Judged by what each connection presents, as its swap would be; thrown, so that the rollout goes with it. */
async function mustBeEmergency(tx: Tx, id: string): Promise<void> {
  const { rows } = await swapStatement(sql`s.rollout_id = ${id} order by s.rollout_place`).execute(tx);
  const inNone = rows
    .map(withFacts)
    .filter(({ facts }) => emergencyTrue(facts) !== null)
    .map(({ customerName, connectionName }) => `${customerName}: ${connectionName}`);
  const more = inNone.length - mostNamed;
  const named = inNone.slice(0, mostNamed).join(', ');
  if (inNone.length > 0)
    throw new ProposalRefusedError(noEmergency(` of ${named}${more > 0 ? ` and ${more} more` : ''}`));
}

const mostNamed = 5;

interface Member {
  readonly id: string;
  readonly name: string;
  /** A swap of its own is under way. */
  readonly isBusy: boolean;
  /** By its terms the enforcer recognises our very certificate. */
  readonly isPinned: boolean;
}

async function membersOf(tx: Tx, rollout: NewRollout): Promise<Member[]> {
  const { connectionIds, replaces, certificateId, first } = rollout;
  const { rows } =
    await sql<Member>`select n.id, k.name || ': ' || n.name as name, exists (select 1 from swap s where s.slot_id = p.id
      and s.state not in ('done', 'cancelled', 'rolled-back')) as "isBusy", coalesce(t.document #>> '{swaps,matching}' = 'leaf', false) as "isPinned"
    from connection n join terms t on t.customer_id = n.customer_id and t.connection_id = n.id and t.version = n.terms_version join customer k on k.id = n.customer_id join certificate_slot p on p.id = n.slot_id
    left join client_certificate c on c.id = p.current_id
    where n.state <> 'retired' and p.current_id is distinct from ${certificateId}::uuid
      and case when ${connectionIds === null}::boolean then case when ${replaces}::uuid is null then c.is_default else c.id = ${replaces}::uuid end
        else n.id = any(${connectionIds ?? []}::uuid[]) end
    order by n.id = any(${first}::uuid[]) desc, array_position(${connectionIds ?? []}::uuid[], n.id), n.created_at, n.id`.execute(
      tx,
    );
  return rows;
}

/** Within a transaction; the newest first, 200 at most. */
export async function rolloutsNewestFirst(tx: Tx): Promise<StoredRollout[]> {
  const { rows } =
    await sql<StoredRollout>`select ${columns} from ${source} order by r.proposed_at desc limit 200`.execute(tx);
  return rows;
}

/** Within a transaction; null where the scope sees none. */
export async function rolloutById(tx: Tx, id: string): Promise<StoredRollout | null> {
  const { rows } = await sql<StoredRollout>`select ${columns} from ${source} where r.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

export interface RolloutApproval {
  readonly byName: string | null;
  readonly sha256: string;
  readonly windowStartsAt: Date;
  readonly windowEndsAt: Date;
}

/** The operator's word for all its swaps; gives how many. @throws ApprovalError */
export function approveRollout(store: Store, scope: Scope, id: string, approval: RolloutApproval): Promise<number> {
  return inScope(store, scope, async (tx) => {
    const { byName, sha256, windowStartsAt, windowEndsAt } = approval;
    const { rows } = await sql<{
      approved: number;
    }>`select approve_rollout(${id}::uuid, ${scope.actor}, ${byName}, ${sha256},
      ${windowStartsAt}::timestamptz, ${windowEndsAt}::timestamptz) as approved`
      .execute(tx)
      .catch((error: unknown) => {
        // check_violation: the function's own word.
        throw (error as { code?: unknown }).code === '23514' ? new ApprovalError('the rollout') : error;
      });
    const approved = rows[0]?.approved ?? 0;
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: 'rollout.approved',
      subject: `rollout:${id}`,
      detail: { ...approval, swaps: approved },
    });
    return approved;
  });
}

export type RolloutAsk = 'begin' | 'stop' | 'resume' | 'cancel';

/** False where the rollout's state does not allow it. Cancelling asks each swap that has not moved to be cancelled. */
export function askRollout(
  store: Store,
  scope: Scope,
  id: string,
  ask: RolloutAsk,
  reason: string | null,
): Promise<boolean> {
  return inScope(store, scope, async (tx) => {
    const why = { code: `asked-${ask}`, message: reason ?? noReason, actor: 'operator' };
    const { rows } = await sql<{
      done: boolean;
    }>`select ask_rollout(${id}::uuid, ${ask}, ${JSON.stringify(why)}::jsonb) as done`.execute(tx);
    if (rows[0]?.done !== true) return false;
    if (ask === 'cancel')
      await sql`insert into swap_request (id, customer_id, swap_id, ask, detail, by)
        select gen_random_uuid(), customer_id, id, 'cancel', ${JSON.stringify({ reason: why.message })}::jsonb, ${scope.actor} from swap
        where rollout_id = ${id} and activated_at is null and state not in ('done', 'cancelled', 'rolled-back')`.execute(
        tx,
      );
    await recordAuditEvent(tx, scope, {
      customerId: operatorId,
      action: `rollout.asked.${ask}`,
      subject: `rollout:${id}`,
      detail: { reason },
    });
    return true;
  });
}
