import { sql } from 'kysely';
import type { SyncPosition } from '@sallyport/work-sync';
import { fence, type Lease } from '../leases/leases.ts';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

export type SyncPhase = 'idle' | 'running' | 'waiting' | 'stopped';

export interface SyncState {
  readonly position: SyncPosition | null;
  readonly phase: SyncPhase;
  readonly watermarkMilliseconds: number | null;
  readonly issuesStored: number;
  /** Issues seen by the sweep that runs, or ran last. */
  readonly sweepStored: number;
  readonly sweepTotal: number | null;
  readonly lastSweepAt: Date | null;
  readonly updatedAt: Date;
}

export function findSyncState(store: Store, scope: Scope, connectionId: string): Promise<SyncState | null> {
  return inScope(store, scope, async (tx) => {
    const { rows } =
      await sql<SyncState>`select position, phase, watermark_ms::float8 as "watermarkMilliseconds", issues_stored::int as "issuesStored",
      sweep_stored::int as "sweepStored", sweep_total::int as "sweepTotal", last_sweep_at as "lastSweepAt", updated_at as "updatedAt"
      from sync_state where connection_id = ${connectionId}`.execute(tx);
    return rows[0] ?? null;
  });
}

/** Begins to count a new sweep. */
export function beginSweep(
  store: Store,
  scope: Scope,
  lease: Lease,
  connection: { readonly id: string; readonly customerId: string },
): Promise<void> {
  return inScope(store, scope, async (tx) => {
    await fence(tx, lease);
    await sql`insert into sync_state (customer_id, connection_id, phase) values (${connection.customerId}, ${connection.id}, 'running')
      on conflict (connection_id) do update set phase = 'running', sweep_stored = 0, sweep_total = null, updated_at = now()`.execute(
      tx,
    );
  });
}

/** The whole sweep is stored: only now the watermark moves. */
export function endSweep(
  store: Store,
  scope: Scope,
  lease: Lease,
  sweep: {
    readonly connectionId: string;
    readonly position: SyncPosition;
    readonly watermarkMilliseconds: number | null;
  },
): Promise<void> {
  return inScope(store, scope, async (tx) => {
    await fence(tx, lease);
    await sql`update sync_state set phase = 'idle', position = ${JSON.stringify(sweep.position)}::jsonb,
      watermark_ms = greatest(watermark_ms, ${sweep.watermarkMilliseconds}::bigint), last_sweep_at = now(), updated_at = now()
      where connection_id = ${sweep.connectionId}`.execute(tx);
  });
}

/** Shows why a sync rests: waiting for Jira's limits until `resumeAt`, or stopped by a refusal. */
export function setSyncPhase(
  store: Store,
  scope: Scope,
  lease: Lease,
  connectionId: string,
  phase: SyncPhase,
  resumeAt: Date | null = null,
): Promise<void> {
  return inScope(store, scope, async (tx) => {
    await fence(tx, lease);
    await sql`update sync_state set phase = ${phase}, resume_at = ${resumeAt}, updated_at = now() where connection_id = ${connectionId}`.execute(
      tx,
    );
  });
}
