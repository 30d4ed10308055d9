/** The hash chain over a customer's committed audit events: a changed, missing, moved or cut-off event is found. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { inScope, type Store, type Tx } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export interface AuditEvent {
  readonly id: string;
  readonly customerId: string;
  /** RFC 3339, UTC, with microseconds as PostgreSQL keeps them. */
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
  readonly sequence: number | null;
}

interface Row extends AuditEvent {
  readonly text: string;
  readonly chain: Buffer | null;
}

const linkBatch = 1000;
/** One sequencer at a time, whoever it is. */
const sequencerLock = 7_228_111;

/** As people see an event, from `e`. The output column id is text: statements order by e.id, else 9 would come after 10. */
export const auditEventColumns = sql`e.id::text, e.customer_id as "customerId", to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  e.actor, e.action, e.subject, e.detail, e.sequence::int`;
const columns = sql`${auditEventColumns}, e.chain_sha256 as chain,
  concat_ws(E'\n', e.id, e.customer_id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor, e.action, e.subject, e.detail) as text`;

/** Links events that are committed and not yet linked; gives their number. Called by a connector each second. */
export function linkAuditEvents(store: Store, scope: Scope): Promise<number> {
  return inScope(store, scope, async (tx) => {
    const { rows: locked } = await sql<{
      got: boolean;
    }>`select pg_try_advisory_xact_lock(${sequencerLock}) as got`.execute(tx);
    if (locked[0]?.got !== true) return 0;
    const { rows } =
      await sql<Row>`select ${columns} from audit_event e where sequence is null order by e.id limit ${linkBatch}`.execute(
        tx,
      );
    const heads = new Map<string, { sequence: number; chain: Buffer }>();
    for (const row of rows) {
      const head = heads.get(row.customerId) ?? (await headOf(tx, row.customerId));
      const next = { sequence: head.sequence + 1, chain: link(head.chain, head.sequence + 1, row.text) };
      await sql`update audit_event set sequence = ${next.sequence}, chain_sha256 = ${next.chain} where id = ${row.id}`.execute(
        tx,
      );
      heads.set(row.customerId, next);
    }
    return rows.length;
  });
}

export interface AuditHead {
  readonly customerId: string;
  readonly sequence: number;
  readonly sha256: string;
}

/** The last link of a customer's chain: kept elsewhere, it proves later that nothing before it was changed or cut off. */
export function auditHead(store: Store, scope: Scope, customerId: string): Promise<AuditHead> {
  return inScope(store, scope, async (tx) => {
    const { sequence, chain } = await headOf(tx, customerId);
    return { customerId, sequence, sha256: chain.toString('hex') };
  });
}

/**
 * Walks a customer's chain. Gives null when it holds, else what is wrong at which place.
 * With a `checkpoint` kept elsewhere, events cut off before it are found too.
 */
export function auditFault(
  store: Store,
  scope: Scope,
  customerId: string,
  checkpoint: AuditHead | null = null,
): Promise<string | null> {
  return inScope(store, scope, async (tx) => {
    let head: { sequence: number; chain: Buffer } = { sequence: 0, chain: Buffer.alloc(32) };
    let checkpointSeen = checkpoint === null || checkpoint.sequence === 0;
    for (;;) {
      const { rows } = await sql<Row>`select ${columns} from audit_event e
        where customer_id = ${customerId} and sequence > ${head.sequence} order by e.sequence limit ${linkBatch}`.execute(
        tx,
      );
      if (rows.length === 0) break;
      for (const row of rows) {
        if (row.sequence !== head.sequence + 1) return `event ${head.sequence + 1} is missing`;
        const chain = link(head.chain, row.sequence, row.text);
        if (row.chain === null || !chain.equals(row.chain)) return `event ${row.sequence} was changed`;
        head = { sequence: row.sequence, chain };
        if (checkpoint !== null && row.sequence === checkpoint.sequence) {
          if (chain.toString('hex') !== checkpoint.sha256) return `event ${row.sequence} differs from the checkpoint`;
          checkpointSeen = true;
        }
      }
    }
    return checkpointSeen ? null : `events up to ${checkpoint?.sequence ?? 0} were cut off`;
  });
}

async function headOf(tx: Tx, customerId: string): Promise<{ sequence: number; chain: Buffer }> {
  const { rows } = await sql<{
    sequence: number;
    chain: Buffer;
  }>`select sequence::int, chain_sha256 as chain from audit_event
    where customer_id = ${customerId} and sequence is not null order by sequence desc limit 1`.execute(tx);
  return rows[0] ?? { sequence: 0, chain: Buffer.alloc(32) };
}

function link(before: Buffer, sequence: number, text: string): Buffer {
  return createHash('sha256').update(before).update(`${sequence}\n${text}`, 'utf8').digest();
}
