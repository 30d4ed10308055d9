import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type {
  CertificateRequest,
  CertificateUpload,
  ClientCertificateDetail,
  ClientCertificateList,
  ProblemDocument,
} from '@sallyport/console-api';
import {
  advanceSwap,
  askSwap,
  currentSealKey,
  dump,
  insertConnection,
  openStore,
  operatorId,
  proposeSwap,
  sealSecret,
  setConnectionState,
  type Connection,
  type Store,
} from '@sallyport/store';
import { openSecret } from '@sallyport/store/open-sealed';
import { defaultTerms } from '@sallyport/terms';
import { readCertificationRequest, readPem, writePem } from '@sallyport/x509';
import { judgeInventoryAgain } from '../../programs/connector/src/certificates/judge-again.ts';
import { newKey, startIntakeWorld, type IntakeConnectorOfTest, type IntakeWorld } from './intake-world.ts';
import { operator, setUp } from './stored-connection.ts';

describe('the retirement of a client certificate', () => {
  let world: IntakeWorld;
  let web: Store;
  let connector: IntakeConnectorOfTest;
  /** With a key of its own, so that every secret has a copy. */
  let apart: IntakeConnectorOfTest;

  const call = async <T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> => {
    const answer = await world.web.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
    return { status: answer.status, body: answer.body as T };
  };
  /** Whichever key it was sealed to. */
  const work = async (): Promise<void> => {
    await connector.work();
    await apart.work();
  };
  const retire = (id: string, reason = 'replaced') =>
    call<ClientCertificateDetail & ProblemDocument>('POST', `/client-certificates/${id}/retire`, { reason });
  const detail = async (id: string): Promise<ClientCertificateDetail> =>
    (await call<ClientCertificateDetail>('GET', `/client-certificates/${id}`)).body;
  const about = () => ({ kind: 'operator-named', policy: 'agreed-private-ca', anchorsPem: world.rootPem });
  const file = (text: string) => ({ name: 'file', base64: Buffer.from(text).toString('base64') });
  const upload = async (texts: readonly string[], more: object = {}): Promise<CertificateUpload> => {
    const asked = await call<CertificateUpload>('POST', '/certificate-uploads', {
      ...about(),
      files: texts.map(file),
      ...more,
    });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    await work();
    return (await call<CertificateUpload>('GET', `/certificate-uploads/${asked.body.id}`)).body;
  };
  /** A new certificate of the operator; gives its id and what came. */
  const added = async (more: object = {}) => {
    const keyPem = newKey();
    const { certificatePem } = world.issue({}, keyPem);
    const { certificateId, findings } = await upload([keyPem, certificatePem, world.issuingPem], more);
    assert.ok(certificateId, JSON.stringify(findings));
    return { id: certificateId, keyPem, certificatePem };
  };
  const secretOf = async (id: string): Promise<string> => {
    const { rows } = await sql<{
      id: string;
    }>`select key_secret_id as id from client_certificate where id = ${id}`.execute(world.owner.db);
    return rows[0]?.id ?? '';
  };
  const dumped = async (): Promise<string> => {
    const rows: string[] = [];
    for await (const line of dump(world.database.owner)) if ('row' in line) rows.push(line.row);
    return rows.join('\n');
  };
  let hosts = 0;
  const connection = async (clientCertificateId: string): Promise<Connection> => {
    const key = await currentSealKey(web);
    assert.ok(key);
    const contact = { name: 'A', email: 'a@example.org' };
    return insertConnection(web, operator, {
      customerId: operatorId,
      name: `Jira ${++hosts}`,
      terms: defaultTerms({
        baseUrl: `https://jira-${hosts}.example`,
        accountName: 'svc',
        projectKeys: ['ACME'],
        contacts: { owner: contact, technical: contact },
      }),
      credential: await sealSecret(key, { customerId: operatorId, purpose: 'jira-credential', plaintext: 'token' }),
      clientCertificateId,
      isSandbox: false,
      hostConfirmed: true,
    });
  };
  /** As a dump shows them. */
  const formsOfSealed = async (secretId: string): Promise<string[]> => {
    const { rows } = await sql<{ sealed: Buffer }>`select sealed from sealed_secret where id = ${secretId}
      union all select sealed from sealed_copy where secret_id = ${secretId}`.execute(world.owner.db);
    return rows.map(({ sealed }) => sealed.toString('hex'));
  };

  before(async () => {
    world = await startIntakeWorld();
    web = openStore({ url: world.database.web, applicationName: 'test-web', maximumConnections: 3 });
    connector = await world.connector('retire-1', join(world.database.dataDirectory, 'connector'));
    apart = await world.connector('retire-2', join(world.database.dataDirectory, 'apart'));
  });
  after(async () => {
    await web?.close();
    await world?.stop();
  });

  it('destroys its key and every sealed copy with the event that says so, and keeps it in the inventory', async () => {
    const { id } = await added();
    const secretId = await secretOf(id);
    await apart.custody(1_000);
    const sealed = await formsOfSealed(secretId);
    assert.equal(sealed.length, 2, 'a record and its copy for the other key');
    const before = await dumped();
    for (const form of sealed) assert.ok(before.includes(form));
    for (const by of [connector, apart]) await openSecret(world.store, setUp, by.sealKey, secretId);

    const answer = await retire(id, 'replaced by the one of 2027');
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.equal(answer.body.retirement?.reason, 'replaced by the one of 2027');
    assert.equal(answer.body.retirement?.retiredAt !== null && answer.body.retirement?.keyDestroyedAt !== null, true);
    const after = await dumped();
    for (const form of sealed) assert.ok(!after.includes(form), 'a sealed form of the key is still there');
    await assert.rejects(openSecret(world.store, setUp, apart.sealKey, secretId));
    const { rows } = await sql<{ actor: string; detail: Record<string, unknown> }>`select actor, detail from audit_event
      where subject = ${`client-certificate:${id}`} and action = 'client-certificate.retired'`.execute(world.owner.db);
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.actor, answer.body.retirement?.retiredBy);
    assert.equal(answer.body.retirement?.retiredByName, 'API token ‘bootstrap’');
    assert.deepEqual(
      [rows[0]?.detail.reason, rows[0]?.detail.keyDestroyed, rows[0]?.detail.sealedRecordsDeleted],
      ['replaced by the one of 2027', true, 2],
    );

    const hidden = await call<ClientCertificateList>('GET', '/client-certificates');
    assert.ok(!hidden.body.items.some((one) => one.id === id));
    const all = await call<ClientCertificateList>('GET', '/client-certificates?retired=true');
    assert.ok(all.body.items.find((one) => one.id === id)?.retirement);
    const again = await retire(id);
    assert.deepEqual([again.status, again.body.code], [409, 'client-certificate-retired']);
  });

  it('is undone with the transaction that it stands in: no event, no destroyed key', async () => {
    const { id } = await added();
    await assert.rejects(
      world.owner.db.transaction().execute(async (tx) => {
        await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
        await sql`select retire_client_certificate(${id}::uuid, 'test', 'test')`.execute(tx);
        throw new Error('it died here');
      }),
      /it died here/,
    );
    assert.equal((await detail(id)).retirement, null);
    await openSecret(world.store, setUp, apart.sealKey, await secretOf(id));
  });

  it('is refused while a connection presents it, may go back to it, or a swap brings it: each is named', async () => {
    const [old, next] = [await added(), await added()];
    const bound = await connection(old.id);
    const refused = await retire(old.id);
    assert.deepEqual(
      [refused.status, refused.body.code, refused.body.actor],
      [409, 'client-certificate-in-use', 'operator'],
    );
    assert.match(refused.body.detail, new RegExp(bound.name));
    const swapId = await proposeSwap(web, operator, { connectionId: bound.id, certificateId: next.id });
    const inSwap = await retire(next.id);
    assert.deepEqual([inSwap.status, inSwap.body.code], [409, 'client-certificate-in-swap']);
    assert.deepEqual(
      ((inSwap.body.seen?.swaps ?? []) as { swapId: string }[]).map((one) => one.swapId),
      [swapId],
    );
    await askSwap(web, operator, swapId, 'cancel', {});
    await advanceSwap(world.store, setUp, swapId);
    // The pointer as an activation leaves it.
    await sql`update certificate_slot set previous_owner_id = current_owner_id, previous_id = current_id, current_id = ${next.id},
      window_ends_at = now() + interval '1 hour' where id = ${bound.slotId}`.execute(world.owner.db);
    const previous = await retire(old.id);
    assert.equal(previous.body.code, 'client-certificate-in-use');
    assert.match(previous.body.detail, /window/);
    assert.equal((await retire(next.id)).body.code, 'client-certificate-in-use');
    for (const one of [old, next]) {
      assert.equal((await detail(one.id)).retirement, null);
      await openSecret(world.store, setUp, apart.sealKey, await secretOf(one.id));
    }
    // A connection that has ended holds nothing back, and its slot lets go.
    await setConnectionState(web, operator, bound.id, 'retired');
    assert.equal((await retire(old.id)).status, 200);
    assert.equal((await retire(next.id)).status, 200);
  });

  it('is refused for the certificate to which new connections are bound', async () => {
    const { id } = await added({ makeDefault: true });
    const refused = await retire(id);
    assert.deepEqual([refused.status, refused.body.code], [409, 'client-certificate-is-default']);
    await added({ makeDefault: true });
    assert.equal((await retire(id)).status, 200);
  });

  it('follows a change of the default, which only a certificate of ours can be that was judged and is not blocked', async () => {
    const [old, next] = [await added({ makeDefault: true }), await added()];
    const makeDefault = (id: string) =>
      call<ClientCertificateDetail & ProblemDocument>('POST', `/client-certificates/${id}/make-default`);
    const forget = (judgement: string | null, judgedAt: Date | null) =>
      sql`update client_certificate set judgement = ${judgement}::jsonb, judged_at = ${judgedAt} where id = ${next.id}`.execute(
        world.owner.db,
      );
    await forget(null, null);
    assert.equal((await makeDefault(next.id)).body.code, 'client-certificate-not-judged');
    const finding = { topic: 'purpose', code: 'x', severity: 'blocks', message: 'No.', actor: 'operator' };
    await forget(
      JSON.stringify({ findings: [{ ...finding, from: null, source: null, sourceDate: null }] }),
      new Date(),
    );
    assert.equal((await makeDefault(next.id)).body.code, 'client-certificate-blocked');
    // By its role alone the web tier gets no further.
    await assert.rejects(sql`update client_certificate set is_default = true where id = ${next.id}`.execute(web.db), {
      code: '42501',
    });
    await forget(JSON.stringify({ findings: [] }), new Date());
    const made = await makeDefault(next.id);
    assert.deepEqual([made.status, made.body.isDefault, (await detail(old.id)).isDefault], [200, true, false]);
    assert.equal((await retire(old.id)).status, 200);
    assert.equal((await makeDefault(old.id)).body.code, 'client-certificate-retired');
    const { rows } = await sql<{ before: string }>`select detail ->> 'before' as before from audit_event
      where subject = ${`client-certificate:${next.id}`} and action = 'client-certificate.made-default'`.execute(
      world.owner.db,
    );
    assert.deepEqual(rows, [{ before: old.id }]);
  });

  it('is for good: neither API nor database lets a connection, swap or rollout name it again', async () => {
    const kept = await added();
    const bound = await connection(kept.id);
    const gone = await added();
    assert.equal((await retire(gone.id)).status, 200);
    await assert.rejects(connection(gone.id), { code: 'not-found' });
    await assert.rejects(proposeSwap(web, operator, { connectionId: bound.id, certificateId: gone.id }), {
      code: 'not-found',
    });
    // By hand, as the owner of the database.
    for (const pointer of ['current', 'next', 'previous'])
      await assert.rejects(
        sql`update certificate_slot set ${sql.id(`${pointer}_owner_id`)} = ${operatorId}, ${sql.id(`${pointer}_id`)} = ${gone.id}
          where id = ${bound.slotId}`.execute(world.owner.db),
        { code: '23514' },
      );
    await assert.rejects(
      sql`insert into certificate_slot (customer_id, current_owner_id, current_id) values (${operatorId}, ${operatorId}, ${gone.id})`.execute(
        world.owner.db,
      ),
      { code: '23514' },
    );
    await assert.rejects(
      sql`insert into swap (customer_id, connection_id, slot_id, generation, next_owner_id, next_id, proposed_by)
        values (${operatorId}, ${bound.id}, ${bound.slotId}, 1, ${operatorId}, ${gone.id}, 'test')`.execute(
        world.owner.db,
      ),
      { code: '23514' },
    );
    await assert.rejects(
      sql`insert into rollout (next_owner_id, next_id, cohorts, canary_at, window_starts_at, window_ends_at, observation_seconds, proposed_by)
        values (${operatorId}, ${gone.id}, '[]', now(), now(), now() + interval '1 hour', 5, 'test')`.execute(
        world.owner.db,
      ),
      { code: '23514' },
    );
    for (const change of [sql`is_default = true`, sql`retired_at = null, retired_by = null, retired_reason = null`])
      await assert.rejects(sql`update client_certificate set ${change} where id = ${gone.id}`.execute(world.owner.db), {
        code: '23514',
      });
    // Nor is it brought again.
    const again = await upload([gone.keyPem, gone.certificatePem, world.issuingPem]);
    assert.deepEqual(
      [again.state, again.findings.map(({ code }) => code), again.certificateId],
      ['refused', ['certificate-retired'], gone.id],
    );
  });

  it('ends the request that its key was made for; a key that two certificates have goes with the second', async () => {
    const asked = await call<CertificateRequest>('POST', '/certificate-requests', {
      ...about(),
      commonName: 'jira.customer.example',
    });
    await work();
    const request = async (): Promise<CertificateRequest> =>
      (await call<CertificateRequest>('GET', `/certificate-requests/${asked.body.id}`)).body;
    const [block] = readPem((await request()).requestPem ?? '');
    const { publicKey } = readCertificationRequest(block?.der ?? new Uint8Array());
    const given = async (): Promise<string> => {
      const made = world.issue({}, writePem('PUBLIC KEY', publicKey.der)).certificatePem;
      const back = await call<CertificateUpload>('POST', `/certificate-requests/${asked.body.id}/certificate`, {
        files: [file(made), file(world.issuingPem)],
      });
      assert.equal(back.status, 202, JSON.stringify(back.body));
      await work();
      const { body } = await call<CertificateUpload>('GET', `/certificate-uploads/${back.body.id}`);
      assert.ok(body.certificateId, JSON.stringify(body.findings));
      return body.certificateId;
    };
    const [first, second] = [await given(), await given()];
    const secretId = await secretOf(first);
    assert.equal(await secretOf(second), secretId);
    const halfway = await retire(first);
    assert.deepEqual(
      [halfway.status, halfway.body.retirement?.keyDestroyedAt, halfway.body.sameKey.map(({ id }) => id)],
      [200, null, [second]],
    );
    assert.equal((await request()).state, 'fulfilled');
    await openSecret(world.store, setUp, apart.sealKey, secretId);
    assert.equal((await retire(second)).status, 200);
    assert.notEqual((await detail(first)).retirement?.keyDestroyedAt, null);
    await assert.rejects(openSecret(world.store, setUp, apart.sealKey, secretId));
    assert.equal((await request()).state, 'key-destroyed');
    const late = await call<ProblemDocument>('POST', `/certificate-requests/${asked.body.id}/certificate`, {
      files: [file(world.issuingPem)],
    });
    assert.deepEqual([late.status, late.body.code], [409, 'certificate-request-not-open']);
    const exported = await call<{ requestPem: string | null }>('GET', `/client-certificates/${second}/export`);
    assert.match(exported.body.requestPem ?? '', /BEGIN CERTIFICATE REQUEST/);
  });

  it('waits for one that binds it at the same moment, and then sees it', async () => {
    const { id } = await added();
    let refused: Promise<Awaited<ReturnType<typeof retire>>> | null = null;
    await web.db.transaction().execute(async (tx) => {
      await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
      const { rows } = await sql<{
        id: string;
      }>`insert into certificate_slot (customer_id, current_owner_id, current_id)
        values (${operatorId}, ${operatorId}, ${id}) returning id`.execute(tx);
      refused = retire(id);
      await waitsForLock();
      await bindConnection(tx, rows[0]?.id ?? '');
    });
    assert.equal((await (refused as unknown as ReturnType<typeof retire>)).body.code, 'client-certificate-in-use');
    assert.equal((await detail(id)).retirement, null);
  });
  const waitsForLock = async (): Promise<void> => {
    for (;;) {
      const { rows } = await sql<{ waits: number }>`select count(*)::int as waits from pg_stat_activity
        where wait_event_type = 'Lock' and query like '%retire_client_certificate%'`.execute(world.owner.db);
      if ((rows[0]?.waits ?? 0) > 0) return;
    }
  };
  const bindConnection = async (
    tx: Parameters<Parameters<ReturnType<Store['db']['transaction']>['execute']>[0]>[0],
    slotId: string,
  ): Promise<void> => {
    const key = await currentSealKey(web);
    assert.ok(key);
    const secret = await sealSecret(key, { customerId: operatorId, purpose: 'jira-credential', plaintext: 'token' });
    await sql`insert into sealed_secret (id, customer_id, purpose, seal_key_id, sealed)
      values (${secret.id}, ${operatorId}, ${secret.purpose}, ${secret.sealKeyId}, ${secret.sealed})`.execute(tx);
    await sql`insert into host_owner (host, customer_id) values ('at-once.example', ${operatorId})`.execute(tx);
    await sql`insert into connection (customer_id, name, host, slot_id, credential_secret_id)
      values (${operatorId}, 'At once', 'at-once.example', ${slotId}, ${secret.id})`.execute(tx);
  };

  it('is asked for by the web tier and done by the database: its role can neither write it nor delete a secret', async () => {
    const { id } = await added();
    for (const statement of [
      sql`update client_certificate set retired_at = now(), retired_by = 'x', retired_reason = 'x', key_secret_id = null where id = ${id}`,
      sql`delete from sealed_secret`,
      sql`select key_secret_id from client_certificate`,
    ])
      await assert.rejects(statement.execute(web.db), { code: '42501' });
    // Out of scope it is not there.
    await assert.rejects(
      web.db.transaction().execute(async (tx) => {
        await sql`select set_config('sallyport.customer', ${'11111111-1111-4111-8111-111111111111'}, true)`.execute(tx);
        await sql`select retire_client_certificate(${id}::uuid, 'x', 'x')`.execute(tx);
      }),
      { code: 'P0002' },
    );
    for (const reason of ['', '   ', 'x'.repeat(1001)]) assert.equal((await retire(id, reason)).status, 422);
  });

  it('leaves a certificate that is judged no more', async () => {
    const { id } = await added();
    assert.equal((await retire(id)).status, 200);
    const { judgedAt } = await detail(id);
    await sql`update client_certificate set judged_at = now() - interval '2 days'`.execute(world.owner.db);
    await judgeInventoryAgain(connector);
    assert.ok(Date.parse((await detail(id)).judgedAt ?? '') < Date.parse(judgedAt ?? ''));
  });
});
