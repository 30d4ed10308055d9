/** Two connectors under one name: the second says so and does not run; after a kill the next one takes the name at once. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openStore, type Store } from '@sallyport/store';
import type { Connector } from '@sallyport/console-api';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { startWeb, type RunningWeb } from './running-web.ts';
import { endProcess } from './sync-world.ts';

const program = new URL('../../programs/connector/src/main.ts', import.meta.url).pathname;
let database: EmbeddedDatabase;
let web: RunningWeb;
let owner: Store;
const started: ChildProcess[] = [];

before(async () => {
  database = await startDatabase();
  web = await startWeb(database, { SALLYPORT_LOG: 'silent' });
  owner = openStore({ url: database.owner, applicationName: 'test-owner' });
});
after(async () => {
  await Promise.all(started.map((child) => endProcess(child)));
  await owner?.close();
  await web?.stop();
  await database?.stop();
});

interface Ended {
  readonly status: number | null;
  readonly said: string;
}

/** Settles when it is ready, or has ended. */
function start(): { readonly child: ChildProcess; readonly ready: Promise<void>; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: {
      PATH: process.env.PATH,
      SALLYPORT_DATA: database.dataDirectory,
      SALLYPORT_CONNECTOR_ID: 'twin',
      SALLYPORT_LOG: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  child.stderr?.on('data', (bytes) => (said += String(bytes)));
  const ready = new Promise<void>((resolve) =>
    child.stdout?.on('data', (bytes) => {
      said += String(bytes);
      if (said.includes('connector.ready')) resolve();
    }),
  );
  const ended = new Promise<Ended>((resolve) => child.once('close', (status) => resolve({ status, said })));
  return { child, ready, ended };
}

describe('two connectors under one name', () => {
  let first: ReturnType<typeof start>;
  it('do not run beside each other: the second says so and ends', async () => {
    first = start();
    await first.ready;
    const { status, said } = await start().ended;
    assert.equal(status, 1, said);
    assert.match(said, /Another connector runs under the name twin\. .*SALLYPORT_CONNECTOR_ID.*\[connector-id-taken\]/);
    assert.equal(first.child.exitCode, null);
  });

  it('are shown with the version of their program', async () => {
    const { items } = (await web.ask('GET', '/api/v1/connectors', {})).body as { items: Connector[] };
    const [twin] = items.filter(({ id }) => id === 'twin');
    assert.match(twin?.version ?? '', /^\d+\.\d+\.\d+/);
    assert.ok(!Object.keys(twin?.counters ?? {}).includes('version'));
  });

  it('follow each other at once after a kill', async () => {
    first.child.kill('SIGKILL');
    await first.ended;
    const next = start();
    await Promise.race([next.ready, next.ended.then(({ said }) => assert.fail(said))]);
  });

  it('are told apart after the database lost its sessions, too: who finds the name taken ends', async () => {
    const holder = started.at(-1);
    assert.ok(holder !== undefined && holder.exitCode === null);
    const ended = new Promise<number | null>((resolve) => holder.once('close', resolve));
    // Another takes the name in the moment in which the session of the one that runs is gone.
    const lock = `select pg_advisory_lock(hashtextextended('sallyport connector twin', 0))`;
    const taking = owner.pool.connect().then(async (client) => {
      await client.query(lock);
      return client;
    });
    const waiting = sql`select 1 from pg_locks where locktype = 'advisory' and not granted`;
    while ((await waiting.execute(owner.db)).rows.length === 0);
    await sql`select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.granted`.execute(
      owner.db,
    );
    const other = await taking;
    assert.equal(await ended, 1);
    other.release(true);
  });
});
