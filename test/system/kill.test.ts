/** kill -9 of each process in turn in the middle of a sync: nothing that was acknowledged is lost. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { lockingWorkers, openStore, type Connection } from '@sallyport/store';
import { startSyncWorld, until, type SyncWorld } from './sync-world.ts';

let world: SyncWorld;
let connection: Connection;
const slowly = { requestMilliseconds: 100, issueMicroseconds: 2_000 };
const atOnce = { requestMilliseconds: 0, issueMicroseconds: 0 };

async function swept(): Promise<number> {
  return (await world.connection(connection.id)).sync?.sweepStored ?? 0;
}

/** Begins to read everything again, slowly, and waits until it is in the middle of it. */
async function inTheMiddle(): Promise<void> {
  await world.control('/latency', atOnce);
  // A sweep that still runs would write where it is over what `resync` forgets.
  await until('no sweep runs', async () => (await world.connection(connection.id)).sync?.phase === 'idle');
  await world.control('/latency', slowly);
  await world.resync(connection.id);
  await until('a sweep is in the middle', async () => {
    const { sync } = await world.connection(connection.id);
    return sync?.phase === 'running' && sync.sweepStored >= 200 && sync.sweepStored < 1_500;
  });
}

async function allIsTheSame(): Promise<void> {
  await world.control('/latency', atOnce);
  await until(
    'all issues are the same',
    async () => {
      const { there, here } = await world.digests(connection.id);
      assert.deepEqual(here, there);
      return true;
    },
    90_000,
  );
}

/** The first line of this file is the postmaster's process id. */
function postmasterProcess(): number {
  const [file] = globSync('database/**/postmaster.pid', { cwd: world.dataDirectory });
  return Number(readFileSync(join(world.dataDirectory, file ?? ''), 'utf8').split('\n')[0]);
}

before(async () => {
  world = await startSyncWorld({
    SALLYPORT_SANDBOX_ISSUES: '2000',
    SALLYPORT_SANDBOX_CHANGES_PER_MINUTE: '0',
    SALLYPORT_SANDBOX_INDEX_LAG: '0',
  });
  await world.startWeb();
  connection = await world.connect();
});
after(async () => world.stop());

describe('kill -9 in the middle of a sync', { timeout: 230_000 }, () => {
  it('of the connector: the next one goes on, and nothing is lost', async () => {
    await inTheMiddle();
    world.firstConnector.kill('SIGKILL');
    const had = await swept();
    await world.control('/change', { count: 7, kind: 'changed' });
    await world.startConnector('connector-1');
    await until('it goes on', async () => (await swept()) > had);
    await allIsTheSame();
  });

  it('of the web tier: the sync does not notice', async () => {
    await inTheMiddle();
    const web = world.web();
    assert.ok(web !== null);
    web.kill('SIGKILL');
    const had = await swept();
    await until('it goes on', async () => (await swept()) > had);
    await allIsTheSame();
    await world.startWeb();
  });

  it('of the database: it comes back, the sync goes on, and nothing is lost', async () => {
    await inTheMiddle();
    const postmaster = postmasterProcess();
    process.kill(postmaster, 'SIGKILL');
    // Its backends may still end what they began: only what comes after its successor counts.
    await until('its successor', () => Promise.resolve(postmasterProcess() !== postmaster));
    const had = await until('an answer', swept);
    await until('it goes on', async () => (await swept()) > had, 60_000);
    const queue = openStore({ url: world.database.connector, applicationName: 'test', maximumConnections: 1 });
    const held = await lockingWorkers(queue, 'connector-1').finally(() => queue.close());
    assert.ok(held.length <= 1, `jobs stay locked by runners of before: ${held.join(', ')}`);
    await allIsTheSame();
  });
});
