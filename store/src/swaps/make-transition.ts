/** One transition: state, pointer, evidence and audit, inside the transaction of whoever makes it. */
import { sql, type RawBuilder } from 'kysely';
import {
  currentIsDead,
  judgeTransition,
  type SwapFacts,
  type SwapRefusal,
  type TransitionName,
} from '@sallyport/lifecycle';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import {
  activateStatement,
  closeWindowStatement,
  fallBackStatement,
  nameNextStatement,
} from '../certificates/slot-pointer.ts';
import type { Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import type { StoredSwap } from './swap-rows.ts';

/** Somebody else moved the pointer between our look and our write. */
export class PointerMovedError extends Error {
  readonly code = 'pointer-moved';
  constructor() {
    super('The pointer of the slot has moved meanwhile; nothing was written.');
  }
}

/** Now, and in any case after the canary that is known: the clock may have gone back since that was made. */
export const afterCanary: RawBuilder<Date> = sql`greatest(clock_timestamp(), to_timestamp(((canary ->> 'at')::float8 + 1) / 1000))`;

/** State, pointer, evidence and audit of one transition. @throws PointerMovedError; everything is then undone */
export async function makeTransition(
  tx: Tx,
  scope: Scope,
  swap: StoredSwap,
  name: TransitionName,
  reason: SwapRefusal | null,
): Promise<void> {
  const answer = judgeTransition(name, swap.facts);
  if (!answer.ok) throw new Error(`the transition ${name} is not possible: ${answer.refusal.code}`);
  const pointer = await movePointer(tx, swap, name);
  const sets: Partial<Record<TransitionName, RawBuilder<unknown>>> = {
    activate: sql`active_generation = ${pointer}::bigint, activated_at = clock_timestamp(), observation = null, resume_asked_at = null,`,
    // It is made anew: what was refused or failed before is known.
    resume: sql`canary_asked_at = case when blocked_in = 'trust-announced' then ${afterCanary} else canary_asked_at end,`,
    block: sql`resume_asked_at = null,`,
  };
  const why = name === 'resume' ? null : reason;
  await sql`update swap set ${sets[name] ?? sql``} state = ${answer.to}, state_since = clock_timestamp(),
      blocked_in = ${answer.to === 'blocked' ? swap.state : null}::text, reason = ${why === null ? null : JSON.stringify(why)}::jsonb
    where id = ${swap.id} and state = ${swap.state}`.execute(tx);
  if (name === 'roll-back') await forgetRefusalOf(tx, scope, swap);
  await recordSwapEvent(tx, scope, swap, {
    to: answer.to,
    step: name,
    evidence: evidenceOf(name, swap, reason, pointer),
  });
}

/** What the far side had against the certificate from which we went back is no fault of the connection any more. */
export async function forgetRefusalOf(
  tx: Tx,
  scope: Scope,
  { connectionId, customerId }: Pick<StoredSwap, 'connectionId' | 'customerId'>,
): Promise<void> {
  const { rows } = await sql<{ state: string }>`update connection n set last_error = null,
      state = case when n.state = 'failing' then 'active' else n.state end,
      state_since = case when n.state = 'failing' then now() else n.state_since end
    from (select id, state from connection where id = ${connectionId} for update) was
    where n.id = was.id and n.last_error ->> 'code' = any(${[...refusalCodes]}::text[]) returning was.state`.execute(
    tx,
  );
  if (rows[0]?.state === 'failing')
    await recordAuditEvent(tx, scope, {
      customerId,
      action: 'connection.active',
      subject: `connection:${connectionId}`,
      detail: { from: 'failing', error: null },
    });
}

/** How a connection is told of a refusal of our certificate: by alert, after a renegotiation, or by the enforcer's page. */
const refusalCodes = [
  'client-certificate-refused',
  'client-certificate-by-renegotiation',
  'JIRA_CERTIFICATE_REFUSED',
] as const;

/** The row that says what happened, and its audit event. */
export async function recordSwapEvent(
  tx: Tx,
  scope: Scope,
  swap: Pick<StoredSwap, 'id' | 'customerId' | 'connectionId' | 'state'>,
  event: { readonly to: string; readonly step: string; readonly evidence: object },
): Promise<void> {
  await sql`insert into swap_event (customer_id, swap_id, from_state, to_state, step, actor, evidence)
    values (${swap.customerId}, ${swap.id}, ${swap.state}, ${event.to}, ${event.step}, ${scope.actor}, ${JSON.stringify(event.evidence)}::jsonb)`.execute(
    tx,
  );
  // The seam of notices: whoever sends tickets and mails reads these.
  await recordAuditEvent(tx, scope, {
    customerId: swap.customerId,
    action: `swap.${event.step}`,
    subject: `swap:${swap.id}`,
    detail: { connectionId: swap.connectionId, from: swap.state, to: event.to, ...event.evidence },
  });
}

/** Gives the slot's new generation where it moved. */
async function movePointer(tx: Tx, { slotId, facts, next }: StoredSwap, name: TransitionName): Promise<number | null> {
  const slot = { id: slotId, generation: facts.slot.generation };
  const one = async <Row>(statement: RawBuilder<Row>): Promise<Row> => {
    const { rows } = await statement.execute(tx);
    if (rows[0] === undefined) throw new PointerMovedError();
    return rows[0];
  };
  switch (name) {
    case 'validate':
      await one(nameNextStatement(slot, next));
      return null;
    case 'cancel':
      if (facts.slot.nextId === facts.next.id) await one(nameNextStatement(slot, null));
      // Once it serves, it is ended only where nothing leads back: then nothing is kept ready.
      if (facts.slot.previousId !== null && facts.slot.generation === facts.activeGeneration)
        await one(closeWindowStatement(slot));
      return null;
    case 'activate': {
      if (facts.slot.nextId === null) await one(nameNextStatement(slot, next));
      const { generation } = await one(activateStatement(slot, new Date(facts.window?.endsAt ?? facts.now)));
      // What is revoked, expired or refused is nothing to go back to.
      if (currentIsDead(facts)) await one(closeWindowStatement({ id: slotId, generation }));
      return generation;
    }
    case 'roll-back':
      return (await one(fallBackStatement(slot))).generation;
    case 'finish':
      if (facts.slot.previousId !== null && facts.slot.generation === facts.activeGeneration)
        await one(closeWindowStatement(slot));
      return null;
    default:
      return null;
  }
}

/** What a transition was decided by. */
function evidenceOf(
  name: TransitionName,
  { facts, canary, changeNumber, approvals }: StoredSwap,
  reason: SwapRefusal | null,
  generation: number | null,
): object {
  const { next, current, window, termsSha256, swapClass, emergency } = facts;
  const why = reason === null ? {} : { reason };
  const common = { sha256: next.sha256, termsSha256, ...why };
  switch (name) {
    case 'validate':
      return {
        ...common,
        class: swapClass,
        emergency,
        replaces: current?.sha256 ?? null,
        notAfter: new Date(next.notAfter).toISOString(),
        revoked: next.revoked,
      };
    case 'announce-trust':
      return { ...common, ...given(facts) };
    case 'pass-canary':
      return { ...common, canary };
    case 'schedule':
      return { ...common, window: shown(window), changeNumber, approvals };
    case 'activate':
      return { ...common, window: shown(window), generation };
    case 'observe':
      return { ...common, observation: facts.observation };
    case 'roll-back':
      return { ...common, refusedGeneration: facts.activeGeneration, generation };
    default:
      return common;
  }
}

const given = ({ trustedAt, canaryAt, emergency }: SwapFacts): object => ({
  trustedAt: trustedAt === null ? null : new Date(trustedAt).toISOString(),
  agreedTime: canaryAt === null ? null : new Date(canaryAt).toISOString(),
  emergency,
});
const shown = (window: SwapFacts['window']): object | null =>
  window && { startsAt: new Date(window.startsAt).toISOString(), endsAt: new Date(window.endsAt).toISOString() };
