import type pg from 'pg';
import type { Store } from '../open-store.ts';

/** Somebody else held it for longer than was to be waited. */
export class LockWaitError extends Error {
  readonly code = 'lock-waited-for-too-long';
  constructor(name: string) {
    super(`Another connector of this host fetches ${name}.`);
  }
}

/**
 * One at a time for each name over all connectors of a host: an advisory lock of the database, held by one connection
 * for as long as `work` takes. When that connection is lost, so is the lock; then two may fetch, and no more.
 */
export async function holdSourceLock<T>(
  store: Store,
  host: string,
  name: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const key = `revocation ${host} ${name}`;
  const client = await store.pool.connect();
  let lost = false;
  try {
    await lockInTime(client, key, signal, name);
    return await work();
  } catch (error) {
    lost = error instanceof LockWaitError;
    throw error;
  } finally {
    // A pooled connection must carry no lock over; one of which that is not sure is closed.
    const free = lost ? null : await client.query('select pg_advisory_unlock_all()').catch(() => null);
    client.release(free === null);
  }
}

/** Asks again and again instead of waiting inside the database: a wait there cannot be given up without losing the connection. */
const askAgainMilliseconds = 100;

async function lockInTime(client: pg.PoolClient, key: string, signal: AbortSignal, name: string): Promise<void> {
  for (;;) {
    if (signal.aborted) throw new LockWaitError(name);
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [key],
    );
    if (rows[0]?.taken === true) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, askAgainMilliseconds);
      signal.addEventListener('abort', end);
    });
  }
}
