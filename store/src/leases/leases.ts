/**
 * Leases with a number that counts up: whoever holds the newest may write. A process that was paused and wakes carries
 * an old number, and its writes are refused.
 */
import { sql } from 'kysely';
import type { Store, Tx } from '../open-store.ts';

export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly number: number;
}

/** This process no longer holds the lease it writes under; what it was about to write was not written. */
export class LeaseLostError extends Error {
  readonly code = 'lease-lost';
  constructor(name: string) {
    super(`The lease ${name} is held by another now; nothing was written.`);
  }
}

/** Takes a lease that is free, expired, or held by a connector in `silent`; null while another holds it. */
export async function takeLease(
  store: Store,
  options: { readonly name: string; readonly holder: string; readonly seconds: number },
): Promise<Lease | null> {
  const { rows } = await sql<{ number: number }>`insert into lease as l (name, holder, number, expires_at)
    values (${options.name}, ${options.holder}, 1, now() + make_interval(secs => ${options.seconds}))
    on conflict (name) do update set holder = excluded.holder, number = l.number + 1, expires_at = excluded.expires_at
    where l.expires_at < now() or l.holder = excluded.holder
    returning number::int`.execute(store.db);
  const taken = rows[0];
  return taken === undefined ? null : { name: options.name, holder: options.holder, number: taken.number };
}

/** Prolongs it; false when it was lost. */
export async function renewLease(store: Store, lease: Lease, seconds: number): Promise<boolean> {
  const { rows } = await sql`update lease set expires_at = now() + make_interval(secs => ${seconds})
    where name = ${lease.name} and number = ${lease.number} returning 1`.execute(store.db);
  return rows.length > 0;
}

/** Gives it back, if it is still held; its number stays, so that the next one counts on. */
export async function releaseLease(store: Store, lease: Lease): Promise<void> {
  await sql`update lease set expires_at = now() where name = ${lease.name} and number = ${lease.number}`.execute(
    store.db,
  );
}

/** Locks the lease for the rest of the transaction; throws `LeaseLostError` when another has taken it. */
export async function fence(tx: Tx, lease: Lease): Promise<void> {
  const { rows } =
    await sql`select 1 from lease where name = ${lease.name} and number = ${lease.number} for share`.execute(tx);
  if (rows.length === 0) throw new LeaseLostError(lease.name);
}
