import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { ProblemDocument, SealKey } from '@sallyport/console-api';
import {
  currentSealKey,
  insertCertificateUpload,
  operatorId,
  openStore,
  sealSecret,
  sessionScope,
  storeSecret,
  type Store,
} from '@sallyport/store';
import { openSecret, SealedSecretError } from '@sallyport/store/open-sealed';
import { startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';
import { setUp } from './stored-connection.ts';
import { until } from './sync-world.ts';

describe('custody', () => {
  let world: IntakeWorld;
  let web: Store;
  let connector: IntakeConnectorOfTest;
  /** Another on the same directory. */
  let beside: IntakeConnectorOfTest;
  let folder = '';
  const secrets: string[] = [];
  const person = sessionScope('person:test');

  before(async () => {
    world = await startIntakeWorld();
    folder = join(world.database.dataDirectory, 'connector');
    connector = await world.connector('custody-1', folder);
    beside = await world.connector('custody-2', folder);
    web = openStore({ url: world.database.web, applicationName: 'test-web', maximumConnections: 3 });
    for (let count = 0; count < 120; count++) secrets.push(await put(`secret ${count}`));
  });
  after(async () => {
    await web?.close();
    await world?.stop();
  });

  /** Sealed by the web tier, to whichever key is current; gives the id. */
  const put = async (plaintext: string): Promise<string> => {
    const key = await currentSealKey(web);
    assert.ok(key);
    const secret = await sealSecret(key, { customerId: operatorId, purpose: 'client-key', plaintext });
    await storeSecret(web, person, secret);
    return secret.id;
  };
  const keys = async (): Promise<SealKey[]> =>
    ((await world.web.ask('GET', '/api/v1/seal-keys')).body as { items: SealKey[] }).items;
  const rotate = (id: string) => world.web.ask('POST', `/api/v1/seal-keys/${id}/rotate`);
  const opens = (by: IntakeConnectorOfTest, id: string) => openSecret(world.store, setUp, by.sealKey, id);
  const takeOut = (id: string, more: object = {}) =>
    world.web.ask('POST', `/api/v1/seal-keys/${id}/take-out`, { body: { reason: 'its disk is lost', ...more } });
  /** Its process is killed, and nobody starts it again. */
  const falls = async (connectorId: string): Promise<void> => {
    await sql`update connector set heartbeat_at = now() - interval '1 minute' where id = ${connectorId}`.execute(
      world.owner.db,
    );
  };

  it('replaces the connectors’ key while they run, and every secret opens at every step', async () => {
    const old = connector.sealKey.id;
    assert.equal((await rotate(old)).status, 202);
    assert.equal((await rotate(old)).status, 409);
    // Written first; registered only when all who read the file have had the time to read it.
    await connector.custody(0);
    assert.equal((await currentSealKey(web))?.id, old);
    await beside.beat();
    await connector.custody(60_000);
    // The other has not read it yet, however late it is.
    assert.equal((await currentSealKey(web))?.id, old);
    await beside.custody(61_000);
    await connector.custody(62_000);
    const next = (await currentSealKey(web))?.id ?? '';
    assert.notEqual(next, old);
    assert.equal((await keys()).find(({ id }) => id === old)?.state, 'retiring');
    secrets.push(await put('put in meanwhile'));
    for (const by of [connector, beside]) assert.equal(await opens(by, secrets[0] ?? ''), 'secret 0');
    await connector.custody(64_000);
    await connector.custody(66_000);
    const [newest, gone] = await keys();
    assert.deepEqual([newest?.id, newest?.state, newest?.sealedRecords], [next, 'current', secrets.length]);
    assert.deepEqual([gone?.id, gone?.state, gone?.sealedRecords], [old, 'retired', 0]);
    await beside.custody(68_000);
    for (const by of [connector, beside]) {
      assert.equal(by.sealKey.id, next);
      assert.deepEqual(by.sealKey.older, []);
      for (const id of [secrets[0], secrets[119], secrets[120]])
        assert.match(await opens(by, id ?? ''), /secret|meanwhile/);
    }
    // The private half that nothing is sealed to is in no file any more.
    assert.ok(!readFileSync(join(folder, 'seal-key.json'), 'utf8').includes(old));
    const { rows } = await sql<{
      action: string;
    }>`select action from audit_event where subject = ${`seal-key:${old}`} order by id`.execute(world.owner.db);
    assert.deepEqual(
      rows.map(({ action }) => action),
      ['seal-key.rotation-asked', 'seal-key.replaced', 'seal-key.retired'],
    );
  });

  it('lets nothing be sealed to a retired key', async () => {
    const retired = (await keys()).find(({ state }) => state === 'retired');
    assert.ok(retired);
    const { rows } = await sql<{
      key: Buffer;
    }>`select public_key as key from seal_key where id = ${retired.id}`.execute(world.owner.db);
    const key = { id: retired.id, publicKey: rows[0]?.key ?? Buffer.alloc(32) };
    const secret = await sealSecret(key, { customerId: operatorId, purpose: 'client-key', plaintext: 'late' });
    await assert.rejects(storeSecret(web, person, secret), { code: '23514' });
    const about = {
      name: null,
      domain: null,
      policy: 'public-third-party',
      anchorsPem: null,
      contacts: null,
      makeDefault: false,
    } as const;
    await assert.rejects(
      insertCertificateUpload(web, person, {
        kind: 'operator-named',
        requestId: null,
        about,
        files: [],
        sealed: secret,
      }),
      { code: '23514' },
    );
  });

  it('does not retire a key while anything is sealed to it, were it damaged', async () => {
    const id = await put('to be damaged');
    await sql`update sealed_secret set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where id = ${id}`.execute(
      world.owner.db,
    );
    const old = connector.sealKey.id;
    await rotate(old);
    await connector.custody(100_000);
    await beside.custody(100_000);
    for (const at of [160_000, 162_000, 164_000]) await connector.custody(at);
    assert.deepEqual(
      (await keys()).filter((one) => one.id === old).map(({ state, sealedRecords }) => [state, sealedRecords]),
      [['retiring', 1]],
    );
    assert.equal(await opens(connector, secrets[5] ?? ''), 'secret 5');
    await sql`delete from sealed_secret where id = ${id}`.execute(world.owner.db);
    await connector.custody(166_000);
    assert.equal((await keys()).find((one) => one.id === old)?.state, 'retired');
  });

  it('gives a connector with a key of its own a copy of every secret', async () => {
    const apart = await world.connector('custody-3', join(world.database.dataDirectory, 'apart'));
    assert.notEqual(apart.sealKey.id, connector.sealKey.id);
    await assert.rejects(opens(apart, secrets[0] ?? ''), SealedSecretError);
    await connector.custody(200_000);
    for (const id of secrets) assert.match(await opens(apart, id), /secret|meanwhile/);
    const late = await put('after both');
    // Whoever needs it before its copy is made waits for it.
    const opened = Promise.all([opens(connector, late), opens(apart, late)]);
    await Promise.all([connector.custody(202_000), apart.custody(202_000)]);
    assert.deepEqual(await opened, ['after both', 'after both']);
    for (const by of [connector, apart]) assert.equal(await opens(by, late), 'after both');
  });

  it('takes a key out of use whose connector is gone for good, and gives that connector another should it come back', async () => {
    const gone = await world.connector('custody-4', join(world.database.dataDirectory, 'gone'));
    const lost = gone.sealKey.id;
    // Sealed to it, as the newest that is held, and copied for the others.
    const late = await put('sealed to the key that goes');
    await gone.custody(300_000);
    await connector.custody(300_000);
    assert.equal((await takeOut(lost)).status, 409, 'its connector runs');
    await falls('custody-4');
    assert.equal((await takeOut(lost, { reason: ' ' })).status, 422, 'nobody says why');
    const asked = await takeOut(lost);
    assert.equal(asked.status, 202, asked.text);
    assert.equal((await takeOut(lost)).status, 409);
    const { rows: told } = await sql<{
      detail: object;
    }>`select detail - 'by' as detail from audit_event where subject = ${`seal-key:${lost}`} and action = 'seal-key.taken-out'`.execute(
      world.owner.db,
    );
    assert.deepEqual(told, [{ detail: { reason: 'its disk is lost', leftUnopened: 0 } }]);
    await connector.custody(302_000);
    const key = (await keys()).find(({ id }) => id === lost);
    assert.deepEqual([key?.state, key?.sealedRecords], ['retired', 0]);
    assert.equal(key?.takenOut?.reason, 'its disk is lost');
    assert.equal(await opens(connector, late), 'sealed to the key that goes');
    // It comes back with what nothing is sealed to any more, and makes another.
    await gone.custody(304_000);
    await gone.custody(364_000);
    assert.notEqual(gone.sealKey.id, lost);
    await connector.custody(366_000);
    await gone.custody(368_000);
    assert.equal(await opens(gone, late), 'sealed to the key that goes');
    assert.deepEqual(gone.sealKey.older, []);
    // The last that anybody holds stays.
    for (const id of ['custody-1', 'custody-2', 'custody-3', 'custody-4']) await falls(id);
    assert.equal((await takeOut(gone.sealKey.id)).status, 409);
    await connector.beat();
  });

  it('does not take a key out whose records nobody else who runs could open, and names them; or leaves them closed, if told so', async () => {
    await connector.beat();
    const gone = await world.connector('custody-6', join(world.database.dataDirectory, 'gone-alone'));
    const lost = gone.sealKey.id;
    const key = await currentSealKey(web);
    assert.equal(key?.id, lost);
    const only = await put('only the lost key opens it');
    await falls('custody-6');
    const refused = await takeOut(lost);
    assert.equal(refused.status, 409);
    const { detail, seen } = refused.body as { detail: string; seen: { onlyHere: number; records: unknown[] } };
    assert.match(
      detail,
      /^1 record could be opened by nobody who runs: the key of a client certificate of .*leaveUnopened/,
    );
    assert.equal(seen.onlyHere, 1);
    assert.equal(seen.records.length, 1);
    assert.equal((await keys()).find(({ id }) => id === lost)?.state, 'current');
    // Whoever read before which key is current, seals to it no longer.
    const late = await sealSecret(key ?? assert.fail(), {
      customerId: operatorId,
      purpose: 'client-key',
      plaintext: 'too late',
    });
    assert.equal((await takeOut(lost, { leaveUnopened: true })).status, 202);
    await assert.rejects(storeSecret(web, person, late), { code: '23514' });
    await connector.custody(500_000);
    assert.deepEqual(
      (await keys()).filter(({ id }) => id === lost).map(({ state, sealedRecords }) => [state, sealedRecords]),
      [['retiring', 1]],
      'what is left is kept, and nothing else',
    );
    await assert.rejects(opens(connector, only), SealedSecretError);
    // The disk was found after all: what only it opens is copied, and its key goes.
    await gone.custody(502_000);
    await connector.custody(504_000);
    assert.equal(await opens(connector, only), 'only the lost key opens it');
    assert.equal((await keys()).find(({ id }) => id === lost)?.state, 'retired');
    await falls('custody-6');
  });

  it('asks for another try where the key was retired between reading it and sealing to it', async () => {
    const gone = await world.connector('custody-7', join(world.database.dataDirectory, 'gone-meanwhile'));
    assert.equal((await currentSealKey(web))?.id, gone.sealKey.id);
    const body = { kind: 'operator-named', files: [{ name: 'a', base64: 'AAAA' }] };
    let answer: ReturnType<typeof world.web.ask> | null = null;
    await world.owner.db.transaction().execute(async (tx) => {
      await sql`update sallyport.seal_key set state = 'retired' where id = ${gone.sealKey.id}`.execute(tx);
      answer = world.web.ask('POST', '/api/v1/certificate-uploads', { body });
      // It has read which key is current, and waits for what becomes of it.
      await until('the web tier waits', async () => {
        const { rows } = await sql`select 1 from pg_locks where not granted`.execute(tx);
        return rows.length > 0 ? true : null;
      });
    });
    const { status, text, body: told, headers } = await (answer ?? assert.fail());
    assert.deepEqual([status, (told as ProblemDocument).code], [503, 'seal-key-missing'], text);
    assert.equal(headers['retry-after'], '1');
    await falls('custody-7');
    await connector.beat();
    assert.equal((await world.web.ask('POST', '/api/v1/certificate-uploads', { body })).status, 202);
    await connector.work();
  });

  it('refuses an upload that only a key could open that was taken out of use', async () => {
    const gone = await world.connector('custody-5', join(world.database.dataDirectory, 'gone-too'));
    const key = await currentSealKey(web);
    assert.equal(key?.id, gone.sealKey.id);
    const upload = await world.web.ask('POST', '/api/v1/certificate-uploads', {
      body: {
        kind: 'operator-named',
        files: [{ name: 'a', base64: Buffer.from('no certificate').toString('base64') }],
      },
    });
    await falls('custody-5');
    await connector.beat();
    assert.equal((await takeOut(gone.sealKey.id)).status, 202);
    await connector.work();
    const { body } = await world.web.ask('GET', `/api/v1/certificate-uploads/${(upload.body as { id: string }).id}`);
    assert.equal((body as { state: string }).state, 'refused');
    await connector.custody(400_000);
    assert.equal((await keys()).find(({ id }) => id === gone.sealKey.id)?.state, 'retired');
  });

  it('lets the web tier’s role read no sealed record and no upload, and make or change no key', async () => {
    for (const statement of [
      sql`select sealed from sealed_secret`,
      sql`select sealed from sealed_copy`,
      sql`select sealed from certificate_upload`,
      sql`insert into seal_key (id, public_key) values ('0123456789abcdef', decode(repeat('00', 32), 'hex'))`,
      sql`update seal_key set state = 'current'`,
      sql`update seal_key set public_key = decode(repeat('00', 32), 'hex')`,
      sql`update certificate_request set request_pem = ''`,
      sql`update client_certificate set key_secret_id = id`,
      sql`delete from sealed_secret`,
    ])
      await assert.rejects(statement.execute(web.db), { code: '42501' });
  });
});
