/**
 * The connectors' key is replaced while real processes serve requests: two on one directory, one with a key of its own. The one
 * that replaces it is killed where key file and database differ, both ways round.
 */
import assert from 'node:assert/strict';
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { SealKey } from '@sallyport/console-api';
import { currentSealKey, openStore, operatorId, sealSecret, storeSecret, type Store } from '@sallyport/store';
import { openSecret } from '@sallyport/store/open-sealed';
import { SealKeyring } from '../../programs/connector/src/custody/seal-keyring.ts';
import { startWeb, type RunningWeb } from './running-web.ts';
import { setUp } from './stored-connection.ts';
import { endProcess, startSyncWorld, until, type SyncWorld } from './sync-world.ts';

describe('the connectors’ key, in processes', () => {
  let world: SyncWorld;
  let web: RunningWeb;
  let owner: Store;
  let apartDirectory = '';
  let connectionId = '';
  const processes = new Map<string, ChildProcess>();
  const requests = { accepted: 0, failed: [] as string[] };
  let ends = false;
  let load: Promise<void> = Promise.resolve();

  const keyFile = (directory: string): string => join(directory, 'connector/seal-key.json');
  const start = async (id: string, directory: string): Promise<ChildProcess> => {
    const log = openSync(join(world.dataDirectory, `logs-${id}.log`), 'a', 0o600);
    const child = fork(new URL('../../programs/connector/src/main.ts', import.meta.url), [], {
      env: { ...process.env, SALLYPORT_DATA: directory, SALLYPORT_CONNECTOR_ID: id, SALLYPORT_HOST: id },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (status) => reject(new Error(`${id} ended with ${status}`)));
      child.on('message', (message: { ready?: object }) => message.ready && resolve());
    });
    processes.set(id, child);
    return child;
  };
  const kill = async (id: string): Promise<void> => {
    const child = processes.get(id);
    assert.ok(child);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    // What was its lease runs out, and its heartbeat falls silent: the time for both is not what is tested.
    await sql`update lease set expires_at = now() where holder = ${id}`.execute(owner.db);
    await sql`update connector set heartbeat_at = now() - interval '1 minute' where id = ${id}`.execute(owner.db);
  };
  const keys = async (): Promise<SealKey[]> =>
    ((await web.ask('GET', '/api/v1/seal-keys')).body as { items: SealKey[] }).items;
  const stateOf = async (id: string): Promise<string | undefined> => (await keys()).find((key) => key.id === id)?.state;
  const idIn = (directory: string): string =>
    (JSON.parse(readFileSync(keyFile(directory), 'utf8')) as { keyId: string }).keyId;
  const nextIn = (directory: string): string | undefined =>
    (JSON.parse(readFileSync(keyFile(directory), 'utf8')) as { next?: { keyId: string } }).next?.keyId;
  const put = async (plaintext: string): Promise<string> => {
    const key = await currentSealKey(world.store);
    assert.ok(key);
    const secret = await sealSecret(key, { customerId: operatorId, purpose: 'client-key', plaintext });
    await storeSecret(world.store, world.scope, secret);
    return secret.id;
  };
  /** A handshake with the client key, asked for by API: its verdict and who made it. */
  const check = async (): Promise<{ readonly verdict: string; readonly by: string }> => {
    const { status, text, body } = await web.ask('POST', `/api/v1/connections/${connectionId}/check`);
    const { handshake } = (body ?? {}) as { handshake?: { verdict: string; connectorId: string } };
    return {
      verdict: status === 200 ? (handshake?.verdict ?? text) : `${status} ${text}`,
      by: handshake?.connectorId ?? '',
    };
  };
  /** With the keys of each directory, as its processes hold them. */
  const opensEverything = async (): Promise<void> => {
    const { rows } = await sql<{ id: string }>`select id from sealed_secret`.execute(owner.db);
    assert.ok(rows.length > 20);
    const connectors = openStore({
      url: world.database.connector,
      applicationName: 'test-open',
      maximumConnections: 2,
    });
    try {
      for (const directory of [world.dataDirectory, apartDirectory]) {
        const ring = await SealKeyring.open(keyFile(directory), true);
        await until(`everything is sealed for ${directory}`, async () => {
          for (const { id } of rows) assert.notEqual(await openSecret(connectors, setUp, ring, id), '');
          return true;
        });
      }
    } finally {
      await connectors.close();
    }
  };
  /** Each process alone, the others stopped: what it holds in memory opens what a request needs. */
  const eachAnswers = async (): Promise<void> => {
    for (const [id, child] of processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const others = [...processes.values()].filter((one) => one !== child);
      for (const one of others) one.kill('SIGSTOP');
      await until(`${id} answers alone`, async () => {
        const { verdict, by } = await check();
        return verdict === 'accepted' && by === id;
      }).finally(() => {
        for (const one of others) one.kill('SIGCONT');
      });
    }
  };
  const beginLoad = (): void => {
    ends = false;
    load = (async () => {
      while (!ends) {
        const { verdict } = await check();
        if (verdict === 'accepted') requests.accepted++;
        else requests.failed.push(verdict);
      }
    })();
  };
  const endLoad = async (): Promise<void> => {
    ends = true;
    await load;
  };

  before(async () => {
    world = await startSyncWorld({ SALLYPORT_HOST: 'connector-1' });
    owner = openStore({ url: world.database.owner, applicationName: 'test-owner', maximumConnections: 2 });
    processes.set('connector-1', world.firstConnector);
    apartDirectory = join(world.dataDirectory, 'apart');
    mkdirSync(join(apartDirectory, 'secrets'), { recursive: true });
    cpSync(
      join(world.dataDirectory, 'secrets/connector-database-url'),
      join(apartDirectory, 'secrets/connector-database-url'),
    );
    await start('connector-2', world.dataDirectory);
    await start('connector-3', apartDirectory);
    web = await startWeb(world.database);
    connectionId = (await world.connect({ isSandbox: false })).id;
    for (let count = 0; count < 20; count++) await put(`secret ${count}`);
  });
  after(async () => {
    ends = true;
    await load.catch(() => undefined);
    for (const child of processes.values()) child.kill('SIGCONT');
    await Promise.all([...processes.values()].map(endProcess));
    await web?.stop();
    await owner?.close();
    await world?.stop();
  });

  it('is replaced by API while requests run, the old one retired by proof, and every process opens everything', async () => {
    const old = idIn(world.dataDirectory);
    const apart = idIn(apartDirectory);
    assert.notEqual(old, apart);
    beginLoad();
    assert.equal((await web.ask('POST', `/api/v1/seal-keys/${old}/rotate`)).status, 202);
    await until('the old key is retired', async () => (await stateOf(old)) === 'retired');
    await endLoad();
    assert.deepEqual(requests.failed, []);
    assert.ok(requests.accepted > 0);
    const retired = (await keys()).find((key) => key.id === old);
    assert.equal(retired?.sealedRecords, 0);
    // Nothing opens with it any more, as nobody has it.
    await until('no process holds it', async () =>
      (await keys()).every(({ id, connectors }) => id !== old || connectors.length === 0),
    );
    assert.ok(!readFileSync(keyFile(world.dataDirectory), 'utf8').includes(old));
    assert.equal(idIn(apartDirectory), apart, 'the key of another directory stays as it is');
    await put('after the rotation');
    await opensEverything();
    await eachAnswers();
  });

  it('goes on after kill -9 with the next key in the file and not in the database', async () => {
    const old = idIn(world.dataDirectory);
    assert.equal((await web.ask('POST', `/api/v1/seal-keys/${old}/rotate`)).status, 202);
    const next = await until('the next key is in the file', async () => nextIn(world.dataDirectory));
    let holder = '';
    await owner.db.transaction().execute(async (tx) => {
      // Whoever replaces it now waits here, with the next key on disk.
      await sql`select 1 from seal_key where id = ${old} for update`.execute(tx);
      holder = await until('it waits for the row of the old key', waitingHolder);
      assert.equal((await currentSealKey(world.store))?.id === next, false);
      await kill(holder);
    });
    assert.equal(nextIn(world.dataDirectory), next, 'the next key is on disk');
    await until('another has gone on with the same key', async () => (await stateOf(next)) === 'current');
    await until('the old key is retired', async () => (await stateOf(old)) === 'retired');
    assert.equal(idIn(world.dataDirectory), next);
    await opensEverything();
    await start(holder, world.dataDirectory);
    await eachAnswers();
  });
  const waitingHolder = async (): Promise<string | null> => {
    const { rows } = await sql<{ name: string }>`select application_name as name from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%seal_key%retiring%'`.execute(owner.db);
    return rows.map(({ name }) => /sallyport-(connector-[12])-/.exec(name)?.[1]).find(Boolean) ?? null;
  };

  it('goes on after kill -9 with the next key in the database and not first in the file', async () => {
    const old = idIn(world.dataDirectory);
    assert.equal((await web.ask('POST', `/api/v1/seal-keys/${old}/rotate`)).status, 202);
    const next = await until('the next key is in the file', async () => nextIn(world.dataDirectory));
    // The file cannot be written now: who writes it waits for a reader that never comes.
    const beside = `${keyFile(world.dataDirectory)}.new`;
    execFileSync('mkfifo', ['-m', '600', beside]);
    await until('the database has taken the next key', async () => (await stateOf(next)) === 'current');
    assert.equal(idIn(world.dataDirectory), old, 'the file still begins with the old key');
    const { rows } = await sql<{
      holder: string;
    }>`select holder from lease where name = ${`seal-key-file:${old}`}`.execute(owner.db);
    const holder = rows[0]?.holder ?? '';
    beginLoad();
    await kill(holder);
    renameSync(beside, `${beside}.gone`);
    rmSync(`${beside}.gone`);
    // The one that was killed comes back first; the other may be quicker: whoever it is goes on.
    await start(holder, world.dataDirectory);
    await until('the old key is retired', async () => (await stateOf(old)) === 'retired');
    await until('the file begins with the next key', async () => idIn(world.dataDirectory) === next);
    await endLoad();
    await until(
      'the old key is in no file',
      async () => !readFileSync(keyFile(world.dataDirectory), 'utf8').includes(old),
    );
    await put('after the third rotation');
    await opensEverything();
    await eachAnswers();
    assert.equal((await check()).verdict, 'accepted');
  });
});
