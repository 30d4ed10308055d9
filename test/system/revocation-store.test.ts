import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  approveSoftening,
  connectionsTouchedSince,
  dueSources,
  dueWebStaples,
  endSoftening,
  fetchSourceNow,
  findContents,
  findWebStaple,
  holdSourceLock,
  insertPerson,
  keepContents,
  keptContents,
  listClientCertificates,
  listClientCertificateStatuses,
  listPushedCrls,
  listSoftenings,
  listSources,
  LockWaitError,
  openStore,
  proposeSoftening,
  newPushedCrls,
  PushedCrlOlderError,
  recordClientCertificateStatus,
  recordSources,
  recordWebStaple,
  replaceUses,
  showWebCertificate,
  softeningsInForce,
  SofteningError,
  sourcesOfConnection,
  storePushedCrl,
  type Connection,
  type SourceState,
  type Store,
} from '@sallyport/store';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { operator, registeredKey, setUp, storedConnection, withOwner } from './stored-connection.ts';

const at = new Date('2026-11-25T12:00:00Z');
const later = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000);
const crlUrl = (number: number): string => `http://crl.example/${number}.crl`;
const state = (number: number, more: Partial<SourceState> = {}): SourceState => ({
  kind: 'crl',
  url: crlUrl(number),
  subject: '',
  authority: `CN=CA ${number}`,
  sha256: createHash('sha256').update(`${number}`).digest('hex'),
  bytes: 400,
  entries: 3,
  thisUpdate: at,
  nextUpdate: later(24),
  fetchedAt: at,
  error: null,
  attemptedAt: at,
  staleSince: null,
  nextFetchAt: later(12),
  ...more,
});

describe('what is stored about revocation', () => {
  let database: EmbeddedDatabase;
  let web: Store;
  let connector: Store;
  let connection: Connection;

  before(async () => {
    database = await startDatabase();
    web = openStore({ url: database.web, applicationName: 'test-web' });
    connector = openStore({ url: database.connector, applicationName: 'test-connector' });
    await registeredKey(connector);
    connection = await storedConnection({ web, connector });
  });
  after(async () => {
    await web?.close();
    await connector?.close();
    await database?.stop();
  });

  const due = (host: string, instant: Date, limit = 1_000) =>
    dueSources(connector, setUp, { host, egressGroup: 'default', at: instant, limit });

  it('plans 200 fetches on a host for 10,000 connections that share 200 CRLs', async () => {
    const { id, customerId } = connection;
    await withOwner(database, async (owner) => {
      await owner.db.transaction().execute(async (tx) => {
        await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
        await sql`insert into connection (id, customer_id, name, host, slot_id, credential_secret_id, state)
          select gen_random_uuid(), customer_id, 'Copy ' || n, host, slot_id, credential_secret_id, 'active' from connection,
            generate_series(1, 10000) n where id = ${id}`.execute(tx);
        await sql`insert into terms (customer_id, connection_id, version, document, sha256, written_by)
          select t.customer_id, c.id, 1, t.document, t.sha256, 'test' from connection c, terms t
          where c.name like 'Copy %' and t.connection_id = ${id}`.execute(tx);
        await sql`insert into revocation_use (customer_id, connection_id, kind, url, authority)
          select c.customer_id, c.id, 'crl', 'http://crl.example/' || n || '.crl', 'CN=CA ' || n from connection c,
            lateral (select (substring(c.name from 6)::int + k * 67) % 200 as n from generate_series(0, 1) k) which
          where c.name like 'Copy %'`.execute(tx);
      });
    });
    const first = await due('host-1', at);
    assert.equal(first.length, 200);
    assert.equal(new Set(first.map(({ url }) => url)).size, 200);
    assert.ok(first.every(({ connectionId, customerId: owner }) => connectionId !== null && owner === customerId));
    await recordSources(
      connector,
      'host-1',
      first.map(({ url }) => state(Number(/\d+/.exec(url)?.[0]))),
      at,
    );
    const touched = await connectionsTouchedSince(connector, setUp, 'host-1', later(-1));
    assert.equal(touched.length, 10_000, 'each is judged again when all lists have changed');
    assert.equal((await due('host-1', later(11))).length, 0, 'once a period');
    assert.equal((await due('host-1', later(12))).length, 200, 'and again in the next');
    assert.equal((await due('host-2', at)).length, 200, 'another host fetches for itself');
  });

  it('asks nothing for connections that do not look at revocation, are retired, or leave from elsewhere', async () => {
    const other = await dueSources(connector, setUp, { host: 'host-2', egressGroup: 'elsewhere', at, limit: 1_000 });
    assert.deepEqual(other, []);
    await withOwner(database, async (owner) => {
      await owner.db.transaction().execute(async (tx) => {
        await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
        await sql`update connection set state = 'retired' where name like 'Copy %' and name <> 'Copy 1'`.execute(tx);
      });
    });
    assert.equal((await due('host-2', at)).length, 2);
    await withOwner(database, async (owner) => {
      await owner.db.transaction().execute(async (tx) => {
        await sql`select set_config('sallyport.customer', 'all', true)`.execute(tx);
        await sql`update terms set document = jsonb_set(document, '{revocation}', '"off"')`.execute(tx);
      });
    });
    assert.deepEqual(await due('host-2', at), []);
  });

  it('replaces what a connection asks, and shows what the hosts hold of it', async () => {
    const { id, customerId } = connection;
    const use = (number: number) => ({ kind: 'crl', url: crlUrl(number), subject: '', authority: 'CN=CA' }) as const;
    await replaceUses(connector, setUp, { customerId, connectionId: id }, [use(1), use(1_000)]);
    await replaceUses(connector, setUp, { customerId, connectionId: id }, [use(1), use(2_000)]);
    const held = await sourcesOfConnection(web, operator, id, at);
    assert.deepEqual(
      held.map(({ url, host }) => [url, host]),
      [
        [crlUrl(1), 'host-1'],
        [crlUrl(2_000), null],
      ],
    );
  });

  it('says since when a source is stale, counts its failures, and notes when other bytes came', async () => {
    const error = { code: 'source-down', message: 'Nobody answers.' };
    await recordSources(connector, 'host-3', [state(1)], at);
    await recordSources(
      connector,
      'host-3',
      [state(1, { error, attemptedAt: later(1), staleSince: later(24) })],
      later(1),
    );
    await recordSources(
      connector,
      'host-3',
      [state(1, { error, attemptedAt: later(2), staleSince: later(24) })],
      later(2),
    );
    const shown = (await listSources(web, operator, later(30))).find(({ host }) => host === 'host-3');
    assert.equal(shown?.failures, 2);
    assert.deepEqual(shown?.error, error);
    assert.equal(shown?.staleSince?.getTime(), later(24).getTime());
    assert.equal(shown?.changedAt?.getTime(), at.getTime(), 'the same bytes are no change');
    await recordSources(connector, 'host-3', [state(1, { sha256: 'ab'.repeat(32), attemptedAt: later(3) })], later(3));
    const touched = await connectionsTouchedSince(connector, setUp, 'host-3', later(2));
    assert.ok(touched.every(({ changedAt }) => changedAt.getTime() === later(3).getTime()));
    assert.equal(touched.length, 1);
    assert.deepEqual(await connectionsTouchedSince(connector, setUp, 'host-3', later(3)), []);
    const again = (await listSources(web, operator, later(4))).find(({ host }) => host === 'host-3');
    assert.equal(again?.failures, 0);
    await fetchSourceNow(web, operator, again?.id ?? '');
    await assert.rejects(fetchSourceNow(web, operator, randomUUID()), { code: 'not-found' });
  });

  it('fetches now what somebody asked for, also where a fetch from before is written down only after it', async () => {
    const write = (attemptedAt: Date) =>
      recordSources(connector, 'host-5', [state(5, { attemptedAt, nextFetchAt: later(1_000) })], new Date());
    const isDue = async (): Promise<boolean> => {
      const [source] = (await listSources(web, operator, new Date())).filter(({ host }) => host === 'host-5');
      return source !== undefined && source.nextFetchAt <= new Date();
    };
    await write(at);
    assert.equal(await isDue(), false);
    const [source] = (await listSources(web, operator, new Date())).filter(({ host }) => host === 'host-5');
    await fetchSourceNow(web, operator, source?.id ?? '');
    await write(at);
    assert.equal(await isDue(), true, 'that fetch was made before it was asked for');
    await write(new Date());
    assert.equal(await isDue(), false);
  });

  it('lets one connector of a host fetch a source at a time', async () => {
    const signal = AbortSignal.timeout(10_000);
    let atOnce = 0;
    let most = 0;
    const fetching = (): Promise<void> =>
      holdSourceLock(connector, 'host-1', 'crl', signal, async () => {
        most = Math.max(most, ++atOnce);
        await sql`select pg_sleep(0.02)`.execute(connector.db);
        atOnce -= 1;
      });
    await Promise.all([fetching(), fetching(), fetching()]);
    assert.equal(most, 1);
    await holdSourceLock(connector, 'host-1', 'crl', signal, async () => {
      await assert.rejects(
        holdSourceLock(connector, 'host-1', 'crl', AbortSignal.abort(), async () => {}),
        LockWaitError,
      );
      await holdSourceLock(connector, 'host-2', 'crl', signal, async () => {});
    });
  });

  it('keeps the bytes that decided once', async () => {
    const der = Buffer.from('an answer');
    const digest = createHash('sha256').update(der).digest('hex');
    assert.deepEqual([...(await keptContents(connector, [digest], at))], []);
    await keepContents(connector, [{ kind: 'ocsp', der }], at);
    await keepContents(connector, [{ kind: 'ocsp', der }], later(1));
    assert.deepEqual([...(await keptContents(connector, [digest], at))], [digest]);
    assert.deepEqual((await findContents(web, [digest])).get(digest), { kind: 'ocsp', der });
  });

  it('takes a CRL that a customer pushes, and never an older one after it', async () => {
    const crl = (thisUpdate: Date) => ({
      authority: 'CN=Inside CA',
      sha256: 'cd'.repeat(32),
      der: Buffer.from('a list'),
      entries: 2,
      thisUpdate,
      nextUpdate: null,
    });
    await storePushedCrl(web, operator, connection.id, crl(at));
    await assert.rejects(storePushedCrl(web, operator, connection.id, crl(later(-1))), PushedCrlOlderError);
    await storePushedCrl(web, operator, connection.id, crl(later(1)));
    assert.equal((await listPushedCrls(web, operator, connection.id))[0]?.thisUpdate.getTime(), later(1).getTime());
    const [taken] = await newPushedCrls(connector, setUp, 'default', []);
    assert.equal(taken?.der.toString(), 'a list');
    assert.deepEqual(await newPushedCrls(connector, setUp, 'default', ['cd'.repeat(32)]), []);
    await assert.rejects(storePushedCrl(web, operator, randomUUID(), crl(at)), { code: 'not-found' });
  });

  describe('softens an authority', () => {
    let ada = '';
    let bo = '';
    before(async () => {
      const person = (name: string) =>
        insertPerson(web, operator, { name, email: `${name}@example.org`, passwordHash: 'x' });
      ada = (await person('ada'))?.id ?? '';
      bo = (await person('bo'))?.id ?? '';
    });
    const propose = (hours: number): Promise<string> =>
      proposeSoftening(web, operator, { authority: 'CN=CA', reason: 'Its servers are down.', hours, personId: ada });

    it('only when two different people say so, for at most three days', async () => {
      const id = await propose(72);
      assert.deepEqual(await softeningsInForce(connector, new Date()), []);
      await assert.rejects(approveSoftening(web, operator, id, ada), SofteningError);
      await approveSoftening(web, operator, id, bo);
      await assert.rejects(approveSoftening(web, operator, id, bo), SofteningError);
      const now = Date.now();
      assert.equal((await softeningsInForce(connector, new Date(now + 60_000)))[0]?.authority, 'CN=CA');
      assert.deepEqual(await softeningsInForce(connector, new Date(now + 72 * 3_600_000 + 60_000)), []);
      await assert.rejects(propose(73));
    });

    it('for all of three days, however the microseconds fall', async () => {
      for (let count = 0; count < 60; count++) {
        const id = await propose(72);
        await approveSoftening(web, operator, id, bo);
        await endSoftening(web, operator, id, ada);
      }
    });

    it('until somebody ends it', async () => {
      const shown = (await listSoftenings(web)).find(
        ({ approvedBy, endedAt }) => approvedBy?.name === 'bo' && endedAt === null,
      );
      await endSoftening(web, operator, shown?.id ?? '', ada);
      assert.deepEqual(await softeningsInForce(connector, new Date()), []);
      await assert.rejects(endSoftening(web, operator, shown?.id ?? '', ada), SofteningError);
    });

    for (const [deed, statement] of [
      ['approve by itself', `update revocation_softening set approved_by = gen_random_uuid()`],
      [
        'write one that is approved',
        `insert into revocation_softening (authority, reason, hours, proposed_by, approved_by) select 'CN=x', 'because I want', 1, id, id from person limit 1`,
      ],
      ['say what a source holds', `update revocation_source set url = 'http://elsewhere.example'`],
      ['say who asks which source', `delete from revocation_use`],
      ['put in what decided', `delete from revocation_content`],
      ['staple what it likes', `update web_staple set response = 'x'`],
      ['say that a certificate of ours is good', `update client_certificate_status set status = 'good'`],
    ] as const) {
      it(`and the web tier cannot ${deed}`, async () => {
        await assert.rejects(sql.raw(statement).execute(web.db), { code: '42501' });
      });
    }
  });

  it('hands the web tier the answer about its own certificate, and keeps the last one while a fetch fails', async () => {
    const digest = 'ef'.repeat(32);
    await showWebCertificate(web, digest, 'PEM');
    assert.equal(await findWebStaple(web, digest), null);
    const now = new Date();
    assert.equal((await dueWebStaples(connector, now))[0]?.chainPem, 'PEM');
    const staple = { response: Buffer.from('good'), thisUpdate: at, nextUpdate: later(24) };
    const next = new Date(now.getTime() + 3_600_000);
    await recordWebStaple(connector, digest, { staple, error: null, nextFetchAt: next });
    const error = { code: 'source-down', message: 'Nobody answers.' };
    await recordWebStaple(connector, digest, { staple: null, error, nextFetchAt: next });
    assert.deepEqual(await findWebStaple(web, digest), staple);
    assert.deepEqual(await dueWebStaples(connector, now), []);
  });

  it('remembers since when a certificate of ours is revoked', async () => {
    const [certificate] = await listClientCertificates(web, operator);
    const clientCertificateId = certificate?.id ?? '';
    const found = (status: 'good' | 'revoked', judgedAt: Date) =>
      recordClientCertificateStatus(connector, setUp, certificate?.customerId ?? '', {
        clientCertificateId,
        status,
        code: status === 'good' ? 'X509_REVOCATION_GOOD' : 'X509_REVOCATION_REVOKED',
        message: 'As the CRL says.',
        judgedAt,
      });
    await found('good', at);
    await found('revoked', later(1));
    await found('revoked', later(2));
    const [shown] = await listClientCertificateStatuses(web, operator);
    assert.equal(shown?.status, 'revoked');
    assert.equal(shown?.since.getTime(), later(1).getTime());
    assert.equal(shown?.judgedAt.getTime(), later(2).getTime());
  });
});
