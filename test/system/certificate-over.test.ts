/** A connector whose certificate of ours is over, or refused with nothing to go back to: it dials nothing, and says who must act. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { listHandshakes, requestJob, type Connection } from '@sallyport/store';
import { withOwner } from './stored-connection.ts';
import { startSyncWorld, type SyncWorld } from './sync-world.ts';

let world: SyncWorld;
let connection: Connection;
before(async () => {
  world = await startSyncWorld({ SALLYPORT_SANDBOX_ISSUES: '20' });
  connection = await world.connect();
  await until(async () => (await world.connection(connection.id)).sync?.lastSweepAt != null);
});
after(() => world?.stop());

async function until(reached: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await reached())) {
    assert.ok(Date.now() < end, 'it was not reached');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const owner = (statement: string): Promise<void> =>
  withOwner(world.database, async ({ db }) => void (await sql.raw(statement).execute(db)));
/** Instants of all handshakes, epoch milliseconds; they are written down a moment after they were made. */
const dials = async (): Promise<number[]> =>
  (await listHandshakes(world.store, world.scope, connection.id, { limit: 500 })).map(({ at }) => at.getTime());
/** How often the connector's log says so. */
const told = (event: string): number => world.log('connector-1').split(event).length;
/** Asks for a sweep until what is shown of the connection is so. */
const becomes = async (...wanted: readonly (string | undefined)[]): Promise<void> => {
  await requestJob(world.store, world.scope, 'sync', connection.id);
  await until(async () => {
    const { state, lastError } = await world.connection(connection.id);
    return [state, lastError?.code, lastError?.actor ?? undefined].join() === wanted.join();
  });
};

describe('a connector', () => {
  for (const { what, set, unset, error } of [
    {
      what: 'has ended',
      set: `update sallyport.client_certificate set not_after = now()`,
      unset: `update sallyport.client_certificate set not_after = now() + interval '90 days'`,
      error: ['client-certificate-expired', 'operator'],
    },
    {
      what: 'was refused, with nothing to go back to',
      set: `update sallyport.certificate_slot set refused_generations = array[generation]`,
      unset: `update sallyport.certificate_slot set refused_generations = '{}'`,
      error: ['client-certificate-refused', 'customer'],
    },
  ] as const)
    it(`shows no far side a certificate that ${what}: the connection fails with who must act, and goes on when that is over`, async () => {
      await owner(set);
      await becomes('failing', ...error);
      const [since, proofs, syncs] = [Date.now(), told('proof.not-made'), told('sync.failed')];
      await requestJob(world.store, world.scope, 'proof', connection.id);
      await requestJob(world.store, world.scope, 'sync', connection.id);
      await until(async () => told('proof.not-made') > proofs && told('sync.failed') > syncs);
      const over = Date.now();
      await owner(unset);
      await becomes('active', undefined, undefined);
      await until(async () => (await dials()).some((at) => at >= over));
      const between = (await dials()).filter((at) => at > since && at < over);
      assert.deepEqual(between, [], 'nothing was dialled');
    });
});
