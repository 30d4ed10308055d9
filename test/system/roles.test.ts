import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { jobScope, openStore, requestJob, storePage, takeLease, type Connection, type Store } from '@sallyport/store';
import { openSecret, SealedSecretError, makeSealKeyPair } from '@sallyport/store/open-sealed';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { operator, registeredKey, storedConnection } from './stored-connection.ts';

describe('the roles of the tiers', () => {
  let database: EmbeddedDatabase;
  let web: Store;
  let connector: Store;
  let ours: Connection;
  let theirs: Connection;

  before(async () => {
    database = await startDatabase();
    web = openStore({ url: database.web, applicationName: 'test-web' });
    connector = openStore({ url: database.connector, applicationName: 'test-connector' });
    await registeredKey(connector);
    ours = await storedConnection({ web, connector });
    theirs = await storedConnection({ web, connector });
  });
  after(async () => {
    await web?.close();
    await connector?.close();
    await database?.stop();
  });

  /** Tries SQL as a role, seeing all customers. */
  const attempt = (store: Store, statement: string): Promise<unknown> =>
    store.db.transaction().execute(async (tx) => {
      await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
      return sql.raw(statement).execute(tx);
    });

  for (const [deed, statement] of [
    ['read sealed material', 'select sealed from sealed_secret'],
    ['read all of a sealed record', 'select * from sealed_secret'],
    ['change sealed material', `update sealed_secret set sealed = sealed`],
    ['delete sealed material', 'delete from sealed_secret'],
    ['see which key belongs to a certificate', 'select key_secret_id from client_certificate'],
    [
      'put in a client certificate',
      `insert into client_certificate (customer_id, kind, name, chain_pem, sha256, not_before, not_after, key_secret_id)
      select customer_id, 'customer-custom', 'x', 'x', repeat('a', 64), now(), now(), id from sealed_secret limit 1`,
    ],
    ['move a slot to another certificate', 'update certificate_slot set current_id = next_id'],
    ['point a connection at another secret', 'update connection set credential_secret_id = gen_random_uuid()'],
    ['edit terms', `update terms set document = '{}'`],
    ['put terms in force by itself', `update terms set effective_at = now()`],
    [
      'write terms that are in force already',
      `insert into terms (customer_id, connection_id, version, document, sha256, written_by, effective_at)
      select customer_id, id, 50, '{}', repeat('a', 64), 'attacker', now() from connection limit 1`,
    ],
    [
      'create a connection that has been accepted already',
      `insert into connection (customer_id, name, host, credential_secret_id, state, terms_version)
      select customer_id, 'x', host, credential_secret_id, 'active', 50 from connection limit 1`,
    ],
    ['delete terms', 'delete from terms'],
    ['edit the audit', `update audit_event set actor = 'nobody'`],
    ['delete the audit', 'delete from audit_event'],
    [
      'date an audit event',
      `insert into audit_event (customer_id, at, actor, action, subject) values (operator_id(), now(), 'a', 'b', 'c')`,
    ],
    ['write evidence', `insert into handshake (id) values (gen_random_uuid())`],
    ['change evidence', `update handshake set verdict = 'accepted'`],
    ['write issues', `delete from issue`],
    ['answer a call', `update interactive_call set answer = '{}'`],
    [
      'add a job of its own making',
      `select graphile_worker.add_job('sync:default', '{"url": "https://elsewhere.example"}')`,
    ],
    ['read the queue', 'select * from graphile_worker._private_jobs'],
    [
      'register a key to seal to',
      `insert into seal_key (id, public_key) values ('0123456789abcdef', decode(repeat('00', 32), 'hex'))`,
    ],
    ['take a lease', `insert into lease values ('sync:x', 'web', 1, now())`],
    ['change a setting', `update setting set value = '{}'`],
    ['become another role', 'set role sallyport_connector'],
    ['make a table', 'create table sallyport.x (y int)'],
  ] as const) {
    it(`do not let the web tier ${deed}`, async () => {
      await assert.rejects(attempt(web, statement), { code: '42501' });
    });
  }

  for (const [deed, statement] of [
    ['write terms', `update terms set document = '{}'`],
    [
      'create a connection',
      `insert into connection (customer_id, name, host, credential_secret_id) values (operator_id(), 'x', 'x', gen_random_uuid())`,
    ],
    ['change where a connection leads', `update connection set host = 'elsewhere.example'`],
    ['read people', 'select * from person'],
    ['read API tokens', 'select * from api_token'],
    ['edit the audit', `update audit_event set actor = 'nobody'`],
  ] as const) {
    it(`do not let a connector ${deed}`, async () => {
      await assert.rejects(attempt(connector, statement), { code: '42501' });
    });
  }

  it('refuse even the owner a change of the audit', async () => {
    const owner = openStore({ url: database.owner, applicationName: 'test-owner' });
    try {
      await assert.rejects(attempt(owner, `update audit_event set actor = 'nobody'`), /never changed/);
      await assert.rejects(attempt(owner, 'delete from audit_event'), /never changed/);
    } finally {
      await owner.close();
    }
  });

  it('let the web tier ask for work only by connection and kind', async () => {
    await requestJob(web, operator, 'sync', ours.id);
    await assert.rejects(requestJob(web, operator, 'dial-elsewhere' as 'sync', ours.id), { code: '23514' });
    const { rows } = await sql<{ payload: unknown }>`select payload from graphile_worker._private_jobs`.execute(
      connector.db,
    );
    assert.deepEqual(rows, [{ payload: { connectionId: ours.id, customerId: ours.customerId } }]);
  });

  it('let no terms, not even ones that the web role writes itself, lead a connection to another host', async () => {
    const elsewhere = [
      'https://elsewhere.example',
      `https://${ours.host}@elsewhere.example`,
      `https://${ours.host}.elsewhere.example`,
      `http://${ours.host}`,
    ];
    for (const [index, baseUrl] of elsewhere.entries()) {
      const version = 100 + index;
      const document = JSON.stringify({ ...ours.terms, version, baseUrl });
      const write = `insert into terms (customer_id, connection_id, version, document, sha256, written_by)
          values ('${ours.customerId}', '${ours.id}', ${version}, '${document}', repeat('a', 64), 'attacker')`;
      await assert.rejects(attempt(web, write), { code: '23514' }, baseUrl);
      // Even if such terms came to be, they could not be put in force.
      const owner = openStore({ url: database.owner, applicationName: 'test-owner' });
      await attempt(owner, write).finally(() => owner.close());
      const takeEffect = `select take_terms_into_effect('${ours.id}', ${version}, repeat('a', 64), 'attacker')`;
      await assert.rejects(attempt(web, takeEffect), { code: '23514' }, baseUrl);
    }
    await assert.rejects(attempt(web, `update connection set terms_version = 100 where id = '${ours.id}'`), {
      code: '42501',
    });
  });

  it('cannot point a connection at the secret of another', async () => {
    const swap = sql`select replace_credential(${ours.id}::uuid, ${theirs.credentialSecretId}::uuid)`;
    await assert.rejects(
      web.db.transaction().execute(async (tx) => {
        await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
        await swap.execute(tx);
      }),
      { code: '23514' },
    );
  });

  it('cannot lead a credential to another host by a new connection', async () => {
    const create = (secret: string, host: string): Promise<unknown> =>
      attempt(
        web,
        `insert into connection (customer_id, name, host, credential_secret_id)
          values ('${ours.customerId}', 'x', '${host}', '${secret}')`,
      );
    await assert.rejects(create(ours.credentialSecretId, 'elsewhere.example'), { code: '23514' });
    // Nor one that lies unused: what was sealed for a connection is used with it.
    const unused = randomUUID();
    const owner = openStore({ url: database.owner, applicationName: 'test-owner' });
    await attempt(
      owner,
      `insert into sealed_secret (id, customer_id, purpose, seal_key_id, sealed, created_at)
        select '${unused}', customer_id, purpose, seal_key_id, sealed, now() - interval '2 minutes' from sealed_secret where id = '${ours.credentialSecretId}'`,
    ).finally(() => owner.close());
    await assert.rejects(create(unused, 'elsewhere.example'), { code: '23514' });
  });

  it('cannot deceive what runs as another role with temporary tables', async () => {
    const deceive = web.db.transaction().execute(async (tx) => {
      await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
      await sql
        .raw(`create temporary table connection (id uuid, customer_id uuid, host text, terms_version int);
        insert into pg_temp.connection values ('${randomUUID()}', '${ours.customerId}', 'elsewhere.example', 1)`)
        .execute(tx);
      const { rows } = await sql<{ id: string }>`select id from pg_temp.connection`.execute(tx);
      await sql`select request_job(${rows[0]?.id}::uuid, 'sync')`.execute(tx);
    });
    await assert.rejects(deceive, { code: 'P0002' });
  });

  it('show a customer’s job nothing of another customer', async () => {
    const { findConnection, listConnections, searchIssues } = await import('@sallyport/store');
    const scope = jobScope('connector-1', ours.customerId);
    assert.equal(await findConnection(connector, scope, theirs.id), null);
    assert.deepEqual(
      (await listConnections(connector, scope)).map(({ id }) => id),
      [ours.id],
    );
    assert.equal((await searchIssues(connector, scope, { connectionId: theirs.id, limit: 10 })).total, 0);
    const lease = await takeLease(connector, { name: `sync:${theirs.id}`, holder: 'connector-1', seconds: 60 });
    assert.ok(lease !== null);
    const page = {
      connectionId: theirs.id,
      customerId: theirs.customerId,
      issues: [],
      faults: [],
      position: { watermark: null, seenUpTo: null, cursor: null, refused: [], scope: '' },
      sweepTotal: 0,
    };
    await assert.rejects(storePage(connector, scope, lease, page), { code: '42501' });
  });

  it('show nothing at all where no scope was set', async () => {
    const { rows } = await sql`select id from connection`.execute(connector.db);
    assert.deepEqual(rows, []);
  });

  it('refuse a reference across customers', async () => {
    const owner = openStore({ url: database.owner, applicationName: 'test-owner' });
    try {
      await assert.rejects(
        attempt(
          owner,
          `update connection set credential_secret_id = '${theirs.credentialSecretId}' where id = '${ours.id}'`,
        ),
        { code: '23503' },
      );
      await assert.rejects(
        attempt(owner, `update connection set slot_id = '${theirs.slotId}' where id = '${ours.id}'`),
        { code: '23503' },
      );
    } finally {
      await owner.close();
    }
  });

  it('open a sealed secret with the connectors’ key only', async () => {
    const stranger = await makeSealKeyPair();
    const scope = jobScope('connector-1', ours.customerId);
    await assert.rejects(openSecret(connector, scope, stranger, ours.credentialSecretId), SealedSecretError);
  });
});
