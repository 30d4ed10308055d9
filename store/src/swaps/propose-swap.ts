/** What the web tier may write of swaps: proposals, approvals, and what people ask for. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import {
  approvalBinds,
  finalStates,
  proposalSound,
  windowSound,
  type SwapRefusal,
  type SwapState,
} from '@sallyport/lifecycle';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { inScope, NotFoundError, type Store, type Tx } from '../open-store.ts';
import { operatorId, type Scope } from '../scope.ts';
import { swapStatement, withFacts, type StoredSwap } from './swap-rows.ts';

export class SwapOpenError extends Error {
  readonly code = 'swap-open';
  constructor(of = 'A swap of this connection') {
    super(`${of} is under way already. Finish, cancel or roll it back first.`);
  }
}

/** Another proposal was quicker: of each connection one swap is open. */
export function asSwapOpen(error: unknown, of?: string): unknown {
  // unique_violation
  return (error as { code?: unknown }).code === '23505' ? new SwapOpenError(of) : error;
}

/** What somebody approves is not what is proposed. */
export class ApprovalError extends Error {
  readonly code = 'approval-not-of-this';
  constructor(what: string) {
    super(`What would be approved is not what ${what} proposes now: certificate, window or terms differ. Look again.`);
  }
}

export interface NewSwap {
  readonly connectionId: string;
  readonly certificateId: string;
  readonly matching?: 'ca-and-name' | 'leaf' | null;
  readonly emergency?: boolean;
  readonly changeNumber?: string | null;
  readonly note?: string | null;
  readonly window?: { readonly startsAt: Date; readonly endsAt: Date } | null;
  readonly canaryAt?: Date | null;
  readonly observationSeconds?: number;
  readonly rollout?: { readonly id: string; readonly place: number };
}

/** What was proposed cannot be agreed on; nothing was written. */
export class ProposalRefusedError extends Error {
  readonly code = 'proposal-refused';
  readonly refusal: SwapRefusal;
  constructor(refusal: SwapRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Proposes one; gives its id. A window is judged as when it is chosen later. @throws SwapOpenError, NotFoundError, ProposalRefusedError */
export function proposeSwap(store: Store, scope: Scope, swap: NewSwap): Promise<string> {
  return inScope(store, scope, async (tx) => {
    const id = await insertSwap(tx, scope, swap);
    const { facts } = await inserted(tx, id);
    const found = proposalSound(facts) ?? (swap.window == null ? null : windowSound(facts));
    // Thrown, so that the proposal goes with it.
    if (found !== null) throw new ProposalRefusedError(found);
    return id;
  });
}

/**
 * What a proposal would be: it is made and undone in one transaction, so that exactly the same judges of it.
 * @throws SwapOpenError, NotFoundError
 */
export async function previewSwap(store: Store, scope: Scope, swap: NewSwap): Promise<StoredSwap> {
  let seen: StoredSwap | null = null;
  const undone = new Error('undone');
  await inScope(store, scope, async (tx) => {
    seen = await inserted(tx, await insertSwap(tx, scope, swap));
    throw undone;
  }).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  if (seen === null) throw new Error('the preview saw nothing');
  return seen;
}

async function inserted(tx: Tx, id: string): Promise<StoredSwap> {
  const swap = await swapById(tx, id);
  if (swap === null) throw new Error(`the swap ${id} is not seen by who proposed it`);
  return swap;
}

/** Within a transaction that has its scope. */
export async function insertSwap(tx: Tx, scope: Scope, swap: NewSwap): Promise<string> {
  const { rows } = await sql<{
    id: string;
    customerId: string;
    sha256: string;
  }>`insert into swap (id, customer_id, connection_id, slot_id,
      rollout_id, rollout_place, generation, current_owner_id, current_id, next_owner_id, next_id, matching, emergency, window_starts_at,
      window_ends_at, change_number, note, canary_at, observation_seconds, proposed_by)
    select ${randomUUID()}::uuid, n.customer_id, n.id, p.id, ${swap.rollout?.id ?? null}::uuid, ${swap.rollout?.place ?? null}::int, p.generation,
      p.current_owner_id, p.current_id, c.customer_id, c.id, ${swap.matching ?? null}::text, ${swap.emergency ?? false}::boolean,
      ${swap.window?.startsAt ?? null}::timestamptz, ${swap.window?.endsAt ?? null}::timestamptz, ${swap.changeNumber ?? null}::text,
      ${swap.note ?? null}::text, ${swap.canaryAt ?? null}::timestamptz, ${swap.observationSeconds ?? 900}::int, ${scope.actor}
    from connection n join certificate_slot p on p.id = n.slot_id
    join client_certificate c on c.id = ${swap.certificateId} and c.retired_at is null and c.customer_id in (n.customer_id, ${operatorId})
    where n.id = ${swap.connectionId} and n.state <> 'retired'
    returning id, customer_id as "customerId", (select sha256 from client_certificate x where x.id = next_id) as sha256`
    .execute(tx)
    .catch((error: unknown) => {
      throw asSwapOpen(error);
    });
  const row = rows[0];
  if (row === undefined)
    throw new NotFoundError('connection with a client certificate, or certificate that it may use');
  await recordAuditEvent(tx, scope, {
    customerId: row.customerId,
    action: 'swap.proposed',
    subject: `swap:${row.id}`,
    detail: { connectionId: swap.connectionId, sha256: row.sha256, emergency: swap.emergency ?? false },
  });
  return row.id;
}

export type SwapAsk =
  | 'trusted'
  | 'canary-at'
  | 'canary'
  | 'schedule'
  | 'activate'
  | 'roll-back'
  | 'finish'
  | 'resume'
  | 'cancel';

/** Nothing can be asked of it any more; nothing was written. */
export class SwapEndedError extends Error {
  readonly code = 'swap-ended';
  readonly refusal: SwapRefusal;
  constructor(state: SwapState) {
    super(`This is not possible any more: the swap is ${state}.`);
    this.refusal = { code: 'state-does-not-allow', message: this.message, actor: null };
  }
}

/**
 * Writes what somebody asks for; a connector answers. Gives the request's id: of the one that is there, where the same is
 * asked for already and not answered yet. @throws NotFoundError, SwapEndedError
 */
export function askSwap(store: Store, scope: Scope, swapId: string, ask: SwapAsk, detail: object): Promise<string> {
  return inScope(store, scope, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`swap-request ${swapId}`}, 0))`.execute(tx);
    await mustBeOpen(tx, swapId);
    const { rows: same } = await sql<{ id: string }>`select id from swap_request where swap_id = ${swapId}
      and ask = ${ask}::text and detail = ${JSON.stringify(detail)}::jsonb and answered_at is null limit 1`.execute(tx);
    if (same[0] !== undefined) return same[0].id;
    const { rows } = await sql<{
      id: string;
      customerId: string;
    }>`insert into swap_request (id, customer_id, swap_id, ask, detail, by)
      select ${randomUUID()}::uuid, customer_id, id, ${ask}::text, ${JSON.stringify(detail)}::jsonb, ${scope.actor} from swap where id = ${swapId}
      returning id, customer_id as "customerId"`.execute(tx);
    const asked = rows[0];
    if (asked === undefined) throw new NotFoundError('swap');
    // The row waited for a connector that held the swap: where it has ended it meanwhile, nobody would ever answer.
    await mustBeOpen(tx, swapId);
    await recordAuditEvent(tx, scope, {
      customerId: asked.customerId,
      action: `swap.asked.${ask}`,
      subject: `swap:${swapId}`,
      detail: { requestId: asked.id, ...detail },
    });
    return asked.id;
  });
}

async function mustBeOpen(tx: Tx, swapId: string): Promise<void> {
  const { rows } = await sql<{ state: SwapState }>`select state from swap where id = ${swapId}`.execute(tx);
  const state = rows[0]?.state;
  if (state !== undefined && finalStates.includes(state)) throw new SwapEndedError(state);
}

export interface NewApproval {
  readonly side: 'operator' | 'customer';
  readonly byName: string | null;
  readonly sha256: string;
  readonly windowStartsAt: number;
  readonly windowEndsAt: number;
  readonly termsSha256: string;
}

/** Records an approval of exactly what is proposed now. @throws ApprovalError, NotFoundError, SwapEndedError */
export function approveSwap(store: Store, scope: Scope, swapId: string, approval: NewApproval): Promise<void> {
  return inScope(store, scope, async (tx) => {
    const swap = await swapById(tx, swapId);
    if (swap === null) throw new NotFoundError('swap');
    if (finalStates.includes(swap.state)) throw new SwapEndedError(swap.state);
    if (!approvalBinds(approval, swap.facts)) throw new ApprovalError('the swap');
    await sql`insert into swap_approval (customer_id, swap_id, side, by, by_name, sha256, window_starts_at, window_ends_at, terms_sha256)
      values (${swap.customerId}, ${swapId}, ${approval.side}, ${scope.actor}, ${approval.byName}, ${approval.sha256},
        ${new Date(approval.windowStartsAt)}, ${new Date(approval.windowEndsAt)}, ${approval.termsSha256})`.execute(tx);
    await recordAuditEvent(tx, scope, {
      customerId: swap.customerId,
      action: 'swap.approved',
      subject: `swap:${swapId}`,
      detail: { ...approval },
    });
  });
}

/** Within a transaction that has its scope; null where the scope sees none. */
export async function swapById(tx: Tx, id: string): Promise<StoredSwap | null> {
  const { rows } = await swapStatement(sql`s.id = ${id}`).execute(tx);
  return rows[0] === undefined ? null : withFacts(rows[0]);
}
