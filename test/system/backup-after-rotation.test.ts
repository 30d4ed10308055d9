import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  currentSealKey,
  insertCertificateUpload,
  openStore,
  operatorId,
  sealSecret,
  sessionScope,
  storeSecret,
  type Store,
} from '@sallyport/store';
import { openSecret } from '@sallyport/store/open-sealed';
import { dump, type BackupLine } from '../../store/src/backup/dump.ts';
import { restore } from '../../store/src/backup/restore.ts';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';
import { setUp, withOwner } from './stored-connection.ts';

const launcher = new URL('../../sallyport', import.meta.url).pathname;

describe(
  'a backup that was made after the connectors’ key was replaced',
  {
    skip: process.platform === 'linux' ? false : 'needs /proc',
  },
  () => {
    let world: IntakeWorld;
    let other: EmbeddedDatabase;
    let owner: Store;
    let web: Store;
    let connector: IntakeConnectorOfTest;
    let folder = '';
    let retired = '';
    let takenUpload = '';
    let secretId = '';
    const person = sessionScope('person:test');

    const uploaded = async (pem: string): Promise<string> => {
      const { status, text, body } = await world.web.ask('POST', '/api/v1/certificate-uploads', {
        body: {
          kind: 'operator-named',
          policy: 'agreed-private-ca',
          anchorsPem: world.rootPem,
          files: [{ name: 'a.pem', base64: Buffer.from(pem).toString('base64') }],
        },
      });
      assert.equal(status, 202, text);
      await connector.work();
      return (body as { id: string }).id;
    };
    const run = (dataDirectory: string, ...words: string[]) =>
      spawnSync(launcher, ['db', ...words], {
        encoding: 'utf8',
        env: { ...process.env, SALLYPORT_DATA: dataDirectory, SALLYPORT_LOG: 'silent' },
      });

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'sallyport-rotated-'));
      world = await startIntakeWorld();
      connector = await world.connector('backup-1', join(world.database.dataDirectory, 'connector'));
      await uploaded('no certificate');
      const made = world.issue();
      takenUpload = await uploaded(`${made.keyPem}${made.certificatePem}${world.issuingPem}`);
      const key = await currentSealKey(world.store);
      assert.ok(key);
      const secret = await sealSecret(key, { customerId: operatorId, purpose: 'client-key', plaintext: 'before it' });
      await storeSecret(world.store, person, secret);
      secretId = secret.id;
      retired = key.id;
      assert.equal((await world.web.ask('POST', `/api/v1/seal-keys/${retired}/rotate`)).status, 202);
      for (const at of [0, 60_000, 62_000, 64_000, 66_000]) await connector.custody(at);
      const { body } = await world.web.ask('GET', '/api/v1/seal-keys');
      const states = (body as { items: { id: string; state: string }[] }).items;
      assert.equal(states.find(({ id }) => id === retired)?.state, 'retired');
      // And a certificate whose key is destroyed.
      const { certificateId } = (await world.web.ask('GET', `/api/v1/certificate-uploads/${takenUpload}`)).body as {
        certificateId: string;
      };
      const ended = await world.web.ask('POST', `/api/v1/client-certificates/${certificateId}/retire`, {
        body: { reason: 'a test' },
      });
      assert.equal(ended.status, 200, ended.text);
      const { status, stderr } = run(world.database.dataDirectory, 'backup', join(folder, 'backup'));
      assert.equal(status, 0, stderr);
      other = await startDatabase();
      owner = openStore({ url: other.owner, applicationName: 'test-owner', maximumConnections: 2 });
      web = openStore({ url: other.web, applicationName: 'test-web', maximumConnections: 2 });
    });
    after(async () => {
      await web?.close();
      await owner?.close();
      await other?.stop();
      await world?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('is restored whole, with what had been uploaded before, and opens with the key of now', async () => {
      const { status, stderr } = run(other.dataDirectory, 'restore', join(folder, 'backup'));
      assert.equal(status, 0, stderr);
      const uploads = (store: Store) =>
        sql`select * from certificate_upload order by id`.execute(store.db).then(({ rows }) => rows);
      assert.deepEqual(await uploads(owner), await uploads(world.owner));
      const restored = openStore({ url: other.connector, applicationName: 'test-connector', maximumConnections: 2 });
      try {
        assert.equal(await openSecret(restored, setUp, connector.sealKey, secretId), 'before it');
      } finally {
        await restored.close();
      }
    });

    it('is refused where it was changed so that something is sealed to a retired key', async () => {
      const third = await startDatabase();
      try {
        const changed = async function* (): AsyncGenerator<BackupLine> {
          let table = '';
          for await (const line of dump(world.database.owner)) {
            if ('table' in line) ({ table } = line);
            if ('row' in line && table === 'sealed_secret')
              yield { row: JSON.stringify({ ...(JSON.parse(line.row) as object), seal_key_id: retired }) };
            else yield line;
          }
        };
        await assert.rejects(restore(third.owner, changed()), { code: 'backup-not-whole' });
        await withOwner(third, async ({ db }) => {
          const { rows } = await sql`select 1 from sallyport.sealed_secret`.execute(db);
          assert.equal(rows.length, 0);
        });
      } finally {
        await third.stop();
      }
    });

    it('lets nothing be sealed to the retired key after it', async () => {
      const { rows } = await sql<{
        key: Buffer;
      }>`select public_key as key from seal_key where id = ${retired}`.execute(owner.db);
      const key = { id: retired, publicKey: rows[0]?.key ?? Buffer.alloc(32) };
      const secret = await sealSecret(key, { customerId: operatorId, purpose: 'client-key', plaintext: 'late' });
      const refused = { code: '23514' };
      await assert.rejects(storeSecret(web, person, secret), refused);
      await assert.rejects(
        insertCertificateUpload(web, person, {
          kind: 'operator-named',
          requestId: null,
          about: {
            name: null,
            domain: null,
            policy: 'public-third-party',
            anchorsPem: null,
            contacts: null,
            makeDefault: false,
          },
          files: [],
          sealed: secret,
        }),
        refused,
      );
      // Nor into a row that has named the key since before it was retired.
      await assert.rejects(
        sql`update certificate_upload set sealed = ${secret.sealed}, state = 'waiting' where id = ${takenUpload}`.execute(
          owner.db,
        ),
        refused,
      );
    });
  },
);
