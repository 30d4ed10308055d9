import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { insertCustomer, listCustomers, openStore } from '@sallyport/store';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { eventually } from './running-sallyport.ts';
import { operator, withOwner } from './stored-connection.ts';

const launcher = new URL('../../sallyport', import.meta.url).pathname;
const onLinux = process.platform === 'linux' ? false : 'needs /proc';
const postmasterOf = (dataDirectory: string): number =>
  Number(readFileSync(join(dataDirectory, 'database/cluster/postmaster.pid'), 'utf8').split('\n')[0]);

describe('the embedded database', { skip: onLinux }, () => {
  let dataDirectory: string;
  let database: EmbeddedDatabase;
  before(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-database-'));
    database = await startDatabase({ dataDirectory });
  });
  after(async () => {
    await database?.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('listens on a Unix socket in a folder of its owner only, and on no port', () => {
    const folder = join(dataDirectory, 'run');
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.ok(readdirSync(folder).includes('.s.PGSQL.5432'));
    const postmaster = postmasterOf(dataDirectory);
    for (const table of ['tcp', 'tcp6']) {
      const inodes = readFileSync(`/proc/${postmaster}/net/${table}`, 'utf8')
        .split('\n')
        .slice(1)
        .filter((line) => line.trim().split(/\s+/)[3] === '0A')
        .map((line) => line.trim().split(/\s+/)[9]);
      const own = spawnSync('sh', ['-c', `ls -l /proc/${postmaster}/fd`], { encoding: 'utf8' }).stdout;
      assert.ok(inodes.every((inode) => !own.includes(`socket:[${inode}]`)));
    }
  });

  it('writes each tier’s address to a file of its owner only', () => {
    for (const role of ['owner', 'web', 'connector']) {
      assert.equal(statSync(join(dataDirectory, `secrets/${role}-database-url`)).mode & 0o777, 0o600);
    }
  });

  it('refuses to be served twice', async () => {
    await assert.rejects(startDatabase({ dataDirectory }), { code: 'data-directory-in-use' });
  });

  it('comes back when it is killed, with all that was acknowledged, and the tiers’ pools with it', async () => {
    const web = openStore({ url: database.web, applicationName: 'test-web' });
    await insertCustomer(web, operator, 'Acknowledged');
    const postmaster = postmasterOf(dataDirectory);
    process.kill(postmaster, 'SIGKILL');
    const customers = await eventually('the database answers again', async () => {
      try {
        const found = await listCustomers(web);
        return postmasterOf(dataDirectory) === postmaster ? null : found;
      } catch {
        return null;
      }
    });
    assert.ok(customers.some(({ name }) => name === 'Acknowledged'));
    await web.close();
  });

  it('is adopted when its launcher was killed', async () => {
    const postmaster = postmasterOf(dataDirectory);
    process.kill(database.pid, 'SIGKILL');
    database = await startDatabase({ dataDirectory });
    assert.equal(postmasterOf(dataDirectory), postmaster);
  });

  it('finds a short folder for its socket where the data directory’s path is long', async () => {
    const long = join(mkdtempSync(join(tmpdir(), 'sallyport-long-')), 'x'.repeat(120));
    const other = await startDatabase({ dataDirectory: long });
    const web = openStore({ url: other.web, applicationName: 'test-web' });
    assert.deepEqual(await listCustomers(web), []);
    await web.close();
    const folder = decodeURIComponent(/host=([^&]+)/.exec(other.web)?.[1] ?? '');
    assert.ok(Buffer.byteLength(`${folder}/.s.PGSQL.5432`) <= 107);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    await other.stop();
    // Somebody else could have made that folder before us: then nothing is put into it.
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    await assert.rejects(startDatabase({ dataDirectory: long }), { code: 'database-start' });
    rmSync(folder, { recursive: true });
    rmSync(join(long, '..'), { recursive: true, force: true });
  });

  it('is adopted where its socket is, also by one whose temporary folder is another', async () => {
    const long = join(mkdtempSync(join(tmpdir(), 'sallyport-long-')), 'x'.repeat(120));
    const first = await startDatabase({ dataDirectory: long });
    process.kill(first.pid, 'SIGKILL');
    const { TMPDIR } = process.env;
    const temporary = mkdtempSync(join(tmpdir(), 'sallyport-tmp-'));
    process.env.TMPDIR = temporary;
    try {
      const second = await startDatabase({ dataDirectory: long });
      assert.equal(second.web, first.web);
      await second.stop();
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      rmSync(temporary, { recursive: true, force: true });
      rmSync(join(long, '..'), { recursive: true, force: true });
    }
  });
});

describe('the embedded database, started by root where there are no user namespaces', () => {
  const asRoot = process.getuid?.() === 0 ? false : 'needs root';

  it('runs as another user, or says what that user cannot reach', { skip: asRoot }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-root-'));
    // Made from nothing: a copy would be root's.
    const dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-db-'));
    writeFileSync(join(folder, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const path = process.env.PATH;
    process.env.PATH = `${folder}:${path}`;
    try {
      const database = await startDatabase({ dataDirectory }).catch((error: Error & { code?: string }) => error);
      if (database instanceof Error) {
        assert.equal((database as { code?: string }).code, 'postgres-unavailable');
        return;
      }
      assert.notEqual(statSync(`/proc/${postmasterOf(database.dataDirectory)}`).uid, 0);
      const web = openStore({ url: database.web, applicationName: 'test-web' });
      assert.deepEqual(await listCustomers(web), []);
      await web.close();
      await database.stop();
    } finally {
      process.env.PATH = path;
      for (const made of [folder, dataDirectory]) rmSync(made, { recursive: true, force: true });
    }
  });
});

describe('a PostgreSQL of the user’s own', () => {
  let server: EmbeddedDatabase;
  let dataDirectory: string;
  const run = (...words: string[]) =>
    spawnSync(launcher, ['db', ...words], {
      encoding: 'utf8',
      env: { ...process.env, SALLYPORT_DATA: dataDirectory, SALLYPORT_LOG: 'silent', DATABASE_URL: ownUrl },
    });
  let ownUrl: string;
  before(async () => {
    server = await startDatabase();
    dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-own-'));
    // As a server that never saw Sallyport: without its roles, and with a role that may make roles but is no superuser.
    await withOwner(server, async (owner) => {
      await sql`alter role sallyport_web rename to other_web`.execute(owner.db);
      await sql`alter role sallyport_connector rename to other_connector`.execute(owner.db);
      await sql`create role own login createrole password 'own'`.execute(owner.db);
      await sql`create database own owner own`.execute(owner.db);
    });
    ownUrl = server.owner.replace(/\/\/[^@]*@/, '//own:own@').replace('/sallyport?', '/own?');
  });
  after(async () => {
    await server?.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('needs a role that may make roles, not a superuser; the tiers get roles of their own', async () => {
    const { status, stderr } = run('migrate');
    assert.equal(status, 0, stderr);
    const again = run('migrate');
    assert.equal(again.status, 0, again.stderr);
    for (const role of ['web', 'connector']) {
      const url = readFileSync(join(dataDirectory, `secrets/${role}-database-url`), 'utf8').trim();
      const store = openStore({ url, applicationName: `test-${role}` });
      const { rows } = await sql<{ name: string }>`select current_user as name from customer limit 1`.execute(store.db);
      assert.deepEqual(rows, [{ name: `sallyport_${role}` }]);
      await store.close();
    }
  });

  it('is refused with a clear error when its role may not make roles', async () => {
    await withOwner(server, async (owner) => {
      await sql`create role weak login password 'weak'`.execute(owner.db);
      await sql`create database weak owner weak`.execute(owner.db);
    });
    ownUrl = server.owner.replace(/\/\/[^@]*@/, '//weak:weak@').replace('/sallyport?', '/weak?');
    const { status, stderr } = run('migrate');
    assert.equal(status, 1);
    assert.match(stderr, /may not make roles.*\[database-roles\]/);
  });
});
