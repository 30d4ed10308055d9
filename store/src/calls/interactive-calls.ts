/**
 * Interactive calls: the web tier asks, a connector answers, both only through rows. NOTIFY carries an id and nothing
 * else; whoever listens reads the row, reads again when its connection comes back, and looks each second anyway.
 */
import { sql } from 'kysely';
import { insertHandshakesStatement, type HandshakeRecord } from '../handshakes/handshakes.ts';
import { inScope, inScopeAtOnce, inScopeOnce, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export type CallKind = 'check' | 'sandbox-fault' | 'doctor' | 'replay';
export type CallState = 'waiting' | 'running' | 'answered' | 'timed-out';

export interface InteractiveCall {
  readonly id: string;
  readonly customerId: string;
  readonly connectionId: string | null;
  readonly egressGroup: string;
  readonly kind: CallKind;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly state: CallState;
  readonly createdAt: Date;
  readonly deadline: Date;
  readonly answer: unknown;
}

/** Channels of NOTIFY: a new call for connectors, an ended one for the web tier. */
export const callChannels = { asked: 'sallyport_call_asked', ended: 'sallyport_call_ended' } as const;

const columns = sql`id, customer_id as "customerId", connection_id as "connectionId", egress_group as "egressGroup", kind, parameters,
  state, created_at as "createdAt", deadline, answer`;

/** Asks; the id is what to wait for. The deadline stands in the row. */
export async function askCall(
  store: Store,
  scope: Scope,
  call: {
    readonly customerId: string;
    readonly connectionId: string | null;
    readonly egressGroup: string;
    readonly kind: CallKind;
    readonly parameters?: Readonly<Record<string, unknown>>;
    readonly timeoutMilliseconds: number;
  },
): Promise<string> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<{ id: string }>`with asked as (
        insert into interactive_call (customer_id, connection_id, egress_group, kind, parameters, deadline)
        values (${call.customerId}, ${call.connectionId}, ${call.egressGroup}, ${call.kind}, ${JSON.stringify(call.parameters ?? {})}::jsonb,
          now() + make_interval(secs => ${call.timeoutMilliseconds / 1000})) returning id)
      select id, pg_notify(${callChannels.asked}, id::text) from asked`,
  );
  return rows[0]?.id ?? '';
}

/** Takes the oldest waiting call of the group that is still in time; null when there is none. One attempt: a taken call is never given out again. */
export async function claimCall(
  store: Store,
  scope: Scope,
  options: { readonly connectorId: string; readonly egressGroup: string },
): Promise<InteractiveCall | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<InteractiveCall>`update interactive_call set state = 'running', claimed_by = ${options.connectorId}
      where id = (select id from interactive_call where state = 'waiting' and egress_group = ${options.egressGroup} and deadline > now()
        order by created_at for update skip locked limit 1) returning ${columns}`,
  );
  return rows[0] ?? null;
}

/**
 * Answers a call that this connector took, and stores the evidence that the answer names with it; false when its time
 * was over: then the answer is dropped and the evidence kept.
 */
export async function answerCall(
  store: Store,
  scope: Scope,
  options: {
    readonly id: string;
    readonly connectorId: string;
    readonly answer: unknown;
    readonly handshakes?: readonly HandshakeRecord[];
  },
): Promise<boolean> {
  const [, answered] = await inScopeAtOnce(store, scope, [
    insertHandshakesStatement(options.handshakes ?? []),
    sql<{ id: string }>`with answered as (
        update interactive_call set state = 'answered', answer = ${JSON.stringify(options.answer)}::jsonb, answered_at = now()
        where id = ${options.id} and state = 'running' and claimed_by = ${options.connectorId} returning id)
      select id, pg_notify(${callChannels.ended}, id::text) from answered`,
  ]);
  return answered.length > 0;
}

/** Marks what is past its deadline as timed out; gives how many. */
export function expireCalls(store: Store, scope: Scope): Promise<number> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<{ id: string }>`update interactive_call set state = 'timed-out'
      where state in ('waiting', 'running') and deadline < now() returning id`.execute(tx);
    for (const { id } of rows) await sql`select pg_notify(${callChannels.ended}, ${id})`.execute(tx);
    return rows.length;
  });
}

export async function findCall(store: Store, scope: Scope, id: string): Promise<InteractiveCall | null> {
  const rows = await inScopeOnce(
    store,
    scope,
    sql<InteractiveCall>`select ${columns} from interactive_call where id = ${id}`,
  );
  return rows[0] ?? null;
}

/** The last answered call of each value of `parameter`, for a kind; as what was switched last. */
export function lastAnsweredCalls(
  store: Store,
  scope: Scope,
  kind: CallKind,
  parameter: string,
): Promise<InteractiveCall[]> {
  return inScope(store, scope, async (tx) => {
    const { rows } = await sql<InteractiveCall>`select distinct on (value) ${columns}
      from (select *, parameters ->> ${parameter}::text as value from interactive_call where kind = ${kind} and state = 'answered') c
      order by value, answered_at desc`.execute(tx);
    return rows;
  });
}
