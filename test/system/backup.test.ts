import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import {
  auditFault,
  auditHead,
  insertCustomer,
  insertHandshakes,
  jobScope,
  linkAuditEvents,
  listConnections,
  openStore,
  type AuditHead,
  type Store,
} from '@sallyport/store';
import { openSecret, type SealKeyPair } from '@sallyport/store/open-sealed';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { operator, registeredKey, storedConnection, withOwner } from './stored-connection.ts';

const launcher = new URL('../../sallyport', import.meta.url).pathname;
const onLinux = process.platform === 'linux' ? false : 'needs /proc';

/** Every row of every table, as PostgreSQL writes it; for comparing. */
async function contentOf(owner: Store): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = 'sallyport'::regnamespace and relkind = 'r' and relname <> 'migration' order by 1`.execute(
    owner.db,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ count: number; md5: string }>`select count(*)::int as count,
      md5(coalesce(string_agg(t::text, E'\n' order by t::text), '')) as md5 from ${sql.id('sallyport', name)} t`.execute(
      owner.db,
    );
    lines.push(`${name} ${rows[0]?.count ?? 0} ${rows[0]?.md5 ?? ''}`);
  }
  return lines.join('\n');
}

describe('a backup', { skip: onLinux }, () => {
  let database: EmbeddedDatabase;
  let key: SealKeyPair;
  let connectionId: string;
  let customerId: string;
  let secretId: string;
  let folder: string;
  let head: AuditHead;
  let contentBefore: string;
  const canary = 'PLANTED-credential-7f3a';
  const keyCanary = 'PLANTED-client-key-91bc';
  const run = (dataDirectory: string, ...words: string[]) =>
    spawnSync(launcher, ['db', ...words], {
      encoding: 'utf8',
      env: { ...process.env, SALLYPORT_DATA: dataDirectory, SALLYPORT_LOG: 'silent' },
    });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-backup-'));
    database = await startDatabase();
    const web = openStore({ url: database.web, applicationName: 'test-web' });
    const connector = openStore({ url: database.connector, applicationName: 'test-connector' });
    key = await registeredKey(connector);
    const connection = await storedConnection({ web, connector }, { credential: canary, clientKey: keyCanary });
    connectionId = connection.id;
    customerId = connection.customerId;
    secretId = connection.credentialSecretId;
    const scope = jobScope('c', customerId);
    await insertHandshakes(connector, scope, [
      {
        id: randomUUID(),
        customerId,
        connectionId,
        at: new Date(),
        purpose: 'check',
        verdict: 'refused',
        isProof: false,
        termsSha256: connection.termsSha256,
        connectorId: 'c',
        evidence: { name: 'Zoë “x” \\ \n', number: 1e-7 },
        chain: [randomBytes(900), randomBytes(20)],
      },
    ]);
    await linkAuditEvents(connector, operator);
    head = await auditHead(web, operator, customerId);
    await web.close();
    await connector.close();
    await withOwner(database, async (owner) => {
      await sql`insert into sallyport.issue (customer_id, connection_id, remote_id, key, project_key, summary, updated_ms, core, document)
        select ${customerId}::uuid, ${connectionId}::uuid, 9007199254740993 + n, 'ACME-' || n, 'ACME', E'tab\t and "quotes" ☃', n, '{}', jsonb_build_object('n', 0.1 * n)
        from generate_series(1, 1234) n`.execute(owner.db);
      contentBefore = await contentOf(owner);
    });
    const { status, stderr, stdout } = run(database.dataDirectory, 'backup', join(folder, 'backup'));
    assert.equal(status, 0, stderr);
    assert.match(stdout, /seal-key\.json/);
  });
  after(async () => {
    await database?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is readable by its owner only, and holds no secret in clear', () => {
    assert.equal(statSync(join(folder, 'backup')).mode & 0o777, 0o600);
    const text = gunzipSync(readFileSync(join(folder, 'backup'))).toString('utf8');
    assert.ok(text.includes(connectionId));
    for (const planted of [canary, keyCanary]) {
      for (const form of [
        planted,
        Buffer.from(planted).toString('hex'),
        Buffer.from(planted).toString('base64').slice(0, -2),
      ])
        assert.ok(!text.includes(form));
    }
  });

  it('is restored whole into a new data directory, and its secrets open with the key that was kept', async () => {
    const other = await startDatabase();
    try {
      const { status, stderr } = run(other.dataDirectory, 'restore', join(folder, 'backup'));
      assert.equal(status, 0, stderr);
      const connector = openStore({ url: other.connector, applicationName: 'test-connector' });
      const web = openStore({ url: other.web, applicationName: 'test-web' });
      assert.deepEqual(
        (await listConnections(web, operator)).map(({ id }) => id),
        [connectionId],
      );
      assert.equal(await openSecret(connector, jobScope('c', customerId), key, secretId), canary);
      await withOwner(other, async (owner) => assert.equal(await contentOf(owner), contentBefore));
      assert.ok(head.sequence > 0);
      assert.equal(await auditFault(web, operator, customerId, head), null);
      // What is written next goes on where the backup ended.
      await insertCustomer(web, operator, 'After the restore');
      await web.close();
      await connector.close();
      const again = run(other.dataDirectory, 'restore', join(folder, 'backup'));
      assert.equal(again.status, 1);
      assert.match(again.stderr, /in use.*database-not-empty/);
    } finally {
      await other.stop();
    }
  });

  it('is refused, and nothing is changed, when it is cut off, changed, or no backup', async () => {
    const other = await startDatabase();
    try {
      writeFileSync(join(folder, 'cut'), readFileSync(join(folder, 'backup')));
      truncateSync(join(folder, 'cut'), statSync(join(folder, 'backup')).size - 40);
      writeFileSync(join(folder, 'other'), 'something else');
      const text = gunzipSync(readFileSync(join(folder, 'backup'))).toString('utf8');
      writeFileSync(join(folder, 'changed'), gzipSync(text.replace('ACME-7', 'ACME-8')));
      for (const name of ['cut', 'changed', 'other']) {
        const { status, stderr } = run(other.dataDirectory, 'restore', join(folder, name));
        assert.equal(status, 1);
        assert.match(stderr, /backup-not-(readable|whole)/);
      }
      const web = openStore({ url: other.web, applicationName: 'test-web' });
      assert.deepEqual(await listConnections(web, operator), []);
      await web.close();
    } finally {
      await other.stop();
    }
  });
});
