import { sql } from 'kysely';
import { makeWorkerUtils } from 'graphile-worker';
import { inScope, type Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';

/** Background work of connectors. A payload holds ids, never an address, a header or a secret. */
export type JobKind = 'sync' | 'proof' | 'doctor';

export interface JobPayload {
  readonly connectionId: string;
  readonly customerId: string;
}

/** The queue's task for a kind of job in an egress group: work moves only inside its group. */
export function taskName(kind: JobKind, egressGroup: string): string {
  return `${kind}:${egressGroup}`;
}

/** Asks for a job; asking again while it waits changes nothing. */
export async function requestJob(store: Store, scope: Scope, kind: JobKind, connectionId: string): Promise<void> {
  await inScope(store, scope, (tx) => sql`select request_job(${connectionId}::uuid, ${kind})`.execute(tx));
}

/** Gives the jobs of these workers free at once; the queue itself would wait four hours. Connectors only. */
export async function unlockWorkers(store: Store, workerIds: readonly string[]): Promise<void> {
  const queue = await makeWorkerUtils({ pgPool: store.pool });
  try {
    await queue.forceUnlockWorkers([...workerIds]);
  } finally {
    await queue.release();
  }
}
