/** Connectors that die, or are paused and wake: their work is taken over, and what they wake to write is refused. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import type { Connection } from '@sallyport/store';
import pg from 'pg';
import { startSyncWorld, until, type SyncWorld } from './sync-world.ts';

let world: SyncWorld;
let first: ChildProcess;
let connection: Connection;

/** Makes Jira slow enough that a sweep is seen in the middle. */
const slowly = { requestMilliseconds: 150, issueMicroseconds: 2_000 };

async function lease(): Promise<{ holder: string; number: number } | null> {
  const client = new pg.Client(world.database.owner);
  await client.connect();
  const { rows } = await client.query<{ holder: string; number: number }>(
    "select holder, number::int from sallyport.lease where name like 'sync:%' and expires_at > now()",
  );
  await client.end();
  return rows[0] ?? null;
}

const stored = async (): Promise<number> => (await world.connection(connection.id)).sync?.issuesStored ?? 0;

before(async () => {
  world = await startSyncWorld({
    SALLYPORT_SANDBOX_ISSUES: '3000',
    SALLYPORT_SANDBOX_CHANGES_PER_MINUTE: '0',
    SALLYPORT_SANDBOX_INDEX_LAG: '0',
  });
  first = world.firstConnector;
});
after(async () => world.stop());

describe('a sync whose connector falls silent', { timeout: 200_000 }, () => {
  it('is taken over by another connector within 20 s, which goes on where it stood', async () => {
    await world.control('/latency', slowly);
    connection = await world.connect();
    await until('some pages are stored', async () => (await stored()) >= 300);
    await world.startConnector('connector-2');
    assert.match((await lease())?.holder ?? '', /^connector-1\//);
    first.kill('SIGKILL');
    const died = performance.now();
    const had = await stored();
    const holder = await until('another holds the lease', async () => {
      const now = await lease();
      return now?.holder.startsWith('connector-2/') === true ? now : null;
    });
    assert.ok(performance.now() - died < 20_000, `taken over after ${performance.now() - died} ms`);
    assert.ok(holder.number > 0);
    await until('more is stored', async () => (await stored()) > had);
    await world.control('/latency', { requestMilliseconds: 0, issueMicroseconds: 0 });
    await until('all issues are the same', async () => {
      const { there, here } = await world.digests(connection.id);
      assert.deepEqual(here, there);
      return true;
    });
    const { asked } = (await world.control('/ledger')) as { asked: { jql: string | null }[] };
    const beginnings = asked.filter(({ jql }) => jql?.startsWith('project in') === true && !jql.includes('updated >='));
    assert.equal(beginnings.length, 1, 'only the first connector began at the beginning');
  });

  it('leaves no job locked by the dead connector', async () => {
    await until('its locks are gone', async () => {
      const client = new pg.Client(world.database.owner);
      await client.connect();
      const { rows } = await client.query(
        "select 1 from graphile_worker._private_jobs where locked_by like 'connector-1/%'",
      );
      await client.end();
      return rows.length === 0;
    });
  });
});

describe('a connector that was paused in a sync and wakes', { timeout: 200_000 }, () => {
  it('writes nothing any more: its lease number is old', async () => {
    const third = await world.startConnector('connector-3');
    await world.control('/latency', slowly);
    await world.resync(connection.id);
    const paused = await until('a sync runs', async () => {
      const now = await lease();
      return now !== null && /^connector-[23]\//.test(now.holder) ? now : null;
    });
    const holds = paused.holder.startsWith('connector-2/') ? world.connectors.get('connector-2') : third;
    assert.ok(holds !== undefined);
    holds.kill('SIGSTOP');
    const next = await until('another took over', async () => {
      const now = await lease();
      return now !== null && now.holder.split('/')[0] !== paused.holder.split('/')[0] ? now : null;
    });
    assert.ok(next.number > paused.number);
    holds.kill('SIGCONT');
    const name = paused.holder.split('/')[0] ?? '';
    await until('it notices', async () => /sync\.(lease-lost|aborted)/.test(world.log(name)));
    await world.control('/latency', { requestMilliseconds: 0, issueMicroseconds: 0 });
    await until('all issues are the same', async () => {
      const { there, here } = await world.digests(connection.id);
      assert.deepEqual(here, there);
      return true;
    });
  });
});
