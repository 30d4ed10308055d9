import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  answerCall,
  askCall,
  auditFault,
  auditHead,
  claimCall,
  expireCalls,
  findConnection,
  findCertificateEvidence,
  HostTakenError,
  insertConnection,
  insertCustomer,
  insertHandshakes,
  jobScope,
  LeaseLostError,
  linkAuditEvents,
  listIssueFaults,
  listHandshakes,
  migrate,
  openCallWaiter,
  openStore,
  recordHeartbeat,
  sealSecret,
  currentSealKey,
  searchIssues,
  setConnectionState,
  silentWorkers,
  StateError,
  storePage,
  takeLease,
  unlockWorkers,
  requestJob,
  type Connection,
  type Lease,
  type Store,
} from '@sallyport/store';
import type { IssueFault } from '@sallyport/work-sync';
import { openSecret, type SealKeyPair } from '@sallyport/store/open-sealed';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { operator, registeredKey, remoteIssue, setUp, storedConnection } from './stored-connection.ts';

const position = { watermark: null, seenUpTo: null, cursor: null, refused: [], scope: '' };

describe('the store', () => {
  let database: EmbeddedDatabase;
  let web: Store;
  let connector: Store;
  let key: SealKeyPair;
  let connection: Connection;

  before(async () => {
    database = await startDatabase();
    web = openStore({ url: database.web, applicationName: 'test-web' });
    connector = openStore({ url: database.connector, applicationName: 'test-connector' });
    key = await registeredKey(connector);
    connection = await storedConnection({ web, connector }, { credential: 'open sesame' });
  });
  after(async () => {
    await web?.close();
    await connector?.close();
    await database?.stop();
  });

  it('migrates once, however many start at the same time', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.owner, database.connector)));
    assert.deepEqual(applied, [[], [], []]);
  });

  it('gives a connector what the web tier sealed', async () => {
    const scope = jobScope('connector-1', connection.customerId);
    assert.equal(await openSecret(connector, scope, key, connection.credentialSecretId), 'open sesame');
  });

  it('binds the operator’s default client certificate to a new connection', () => {
    assert.equal(connection.clientCertificate?.kind, 'operator-wildcard');
  });

  it('gives one Jira host to one customer, unless an operator confirms that two share it', async () => {
    const other = await insertCustomer(web, operator, 'Second customer');
    const sealKey = await currentSealKey(web);
    assert.ok(other !== null && sealKey !== null);
    const credential = await sealSecret(sealKey, { customerId: other.id, purpose: 'jira-credential', plaintext: 'x' });
    const draft = {
      customerId: other.id,
      name: 'Same host',
      terms: connection.terms,
      credential,
      clientCertificateId: null,
      isSandbox: false,
    };
    await assert.rejects(insertConnection(web, operator, { ...draft, hostConfirmed: false }), HostTakenError);
    assert.equal((await insertConnection(web, operator, { ...draft, hostConfirmed: true })).state, 'draft');
  });

  it('moves a connection only along its states', async () => {
    await assert.rejects(setConnectionState(web, operator, connection.id, 'paused'), StateError);
  });

  it('fences a paused process that wakes: its write is refused and nothing of it is kept', async () => {
    const scope = jobScope('connector-1', connection.customerId);
    const name = `sync:${connection.id}`;
    const paused = await takeLease(connector, { name, holder: 'connector-1', seconds: 60 });
    assert.ok(paused !== null);
    assert.equal(
      await takeLease(connector, { name, holder: 'connector-2', seconds: 60 }),
      null,
      'a lease that is held is not given',
    );
    await sql`update lease set expires_at = now() - interval '1 second' where name = ${name}`.execute(connector.db);
    const taken = await takeLease(connector, { name, holder: 'connector-2', seconds: 60 });
    assert.equal(taken?.number, paused.number + 1);
    const page = (lease: Lease) =>
      storePage(connector, scope, lease, {
        connectionId: connection.id,
        customerId: connection.customerId,
        issues: [remoteIssue('1', 5)],
        faults: [],
        position,
        sweepTotal: 1,
      });
    await assert.rejects(page(paused), LeaseLostError);
    assert.equal((await searchIssues(web, operator, { connectionId: connection.id, limit: 10 })).total, 0);
    assert.ok(taken !== null);
    await page(taken);
    assert.equal((await searchIssues(web, operator, { connectionId: connection.id, limit: 10 })).total, 1);
  });

  it('stores a page twice as if once, never takes an older state, and keeps odd text', async () => {
    const scope = jobScope('connector-2', connection.customerId);
    const lease = await takeLease(connector, { name: 'pages', holder: 'connector-2', seconds: 60 });
    assert.ok(lease !== null);
    const store = (issues: ReturnType<typeof remoteIssue>[]) =>
      storePage(connector, scope, lease, {
        connectionId: connection.id,
        customerId: connection.customerId,
        issues,
        faults: [],
        position,
        sweepTotal: null,
      });
    assert.deepEqual(
      await store([remoteIssue('7', 100), remoteIssue('8', 100, "nul \u0000 byte, quote ' and 100 % \\")]),
      {
        written: 2,
      },
    );
    assert.deepEqual(await store([remoteIssue('7', 100)]), { written: 0 });
    assert.deepEqual(await store([remoteIssue('7', 99, 'older')]), { written: 0 });
    assert.deepEqual(await store([remoteIssue('7', 101, 'newer')]), { written: 1 });
    const found = await searchIssues(web, operator, { connectionId: connection.id, text: '100 % \\', limit: 10 });
    assert.equal(found.total, 1);
  });

  it('names what was odd about an issue until it is read without it', async () => {
    const scope = jobScope('connector-2', connection.customerId);
    const lease = await takeLease(connector, { name: 'faults', holder: 'connector-2', seconds: 60 });
    assert.ok(lease !== null);
    const store = (faults: readonly IssueFault[]) =>
      storePage(connector, scope, lease, {
        connectionId: connection.id,
        customerId: connection.customerId,
        issues: [remoteIssue('7', 102)],
        faults,
        position,
        sweepTotal: null,
      });
    const named = async () => {
      const { faults, total, refused } = await listIssueFaults(web, operator, connection.id, 10);
      return { faults: faults.map(({ issue: of, code, field }) => [of, code, field]), total, refused };
    };
    const odd: IssueFault = {
      code: 'JIRA_ISSUE_FIELD_ODD',
      refused: false,
      issue: '7',
      field: 'duedate',
      message: 'The date is not readable.',
    };
    const lost: IssueFault = {
      code: 'JIRA_ISSUE_ID',
      refused: true,
      issue: null,
      field: null,
      message: 'No id \u0000.',
    };
    await store([odd, lost, lost]);
    const both = [
      ['unnamed', 'JIRA_ISSUE_ID', null],
      ['7', 'JIRA_ISSUE_FIELD_ODD', 'duedate'],
    ];
    assert.deepEqual(await named(), { faults: both, total: 2, refused: 1 });
    await store([odd]);
    assert.deepEqual((await named()).total, 2, 'reading it so again names it once');
    await store([]);
    assert.deepEqual(await named(), { faults: [both[0]], total: 1, refused: 1 });
  });

  it('shows a refused handshake until one is accepted again, and no news of a sync that goes well', async () => {
    const other = await storedConnection({ web, connector });
    const scope = jobScope('connector-1', other.customerId);
    let minute = 0;
    const dialled = async (...dials: readonly (readonly ['sync' | 'check', 'accepted' | 'refused'])[]) => {
      const records = dials.map(([purpose, verdict]) => ({
        id: randomUUID(),
        customerId: other.customerId,
        connectionId: other.id,
        at: new Date(Date.UTC(2030, 0, 1, 0, (minute += 1))),
        purpose,
        verdict,
        isProof: verdict === 'accepted',
        termsSha256: other.termsSha256,
        connectorId: 'connector-1',
        evidence: {},
        chain: [],
      }));
      await insertHandshakes(connector, scope, records);
      const shown = (await findConnection(web, operator, other.id))?.lastHandshakeId;
      return records.findIndex(({ id }) => id === shown);
    };
    assert.equal(await dialled(['check', 'accepted']), 0);
    assert.equal(await dialled(['sync', 'accepted']), -1, 'the check stays');
    assert.equal(await dialled(['sync', 'refused']), 0);
    assert.equal(await dialled(['sync', 'accepted']), 0, 'it is over');
    assert.equal(await dialled(['sync', 'refused'], ['sync', 'accepted']), 1);
    assert.equal(await dialled(['check', 'refused'], ['sync', 'accepted'], ['sync', 'refused']), 2);
    assert.equal(await dialled(['check', 'accepted'], ['sync', 'accepted']), 0);
  });

  it('pages through issues without losing or doubling one', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchIssues(web, operator, {
        connectionId: connection.id,
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      seen.push(...page.issues.map(({ remoteId }) => remoteId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(seen, ['7', '8', '1']);
  });

  it('carries a question to a connector and the answer back', async () => {
    const waiter = openCallWaiter(web);
    try {
      const id = await askCall(web, operator, {
        customerId: connection.customerId,
        connectionId: connection.id,
        egressGroup: 'default',
        kind: 'check',
        timeoutMilliseconds: 10_000,
      });
      const waiting = waiter.wait(operator, id);
      assert.equal(
        await claimCall(connector, setUp, { connectorId: 'connector-1', egressGroup: 'elsewhere' }),
        null,
        'work stays in its egress group',
      );
      const call = await claimCall(connector, setUp, { connectorId: 'connector-1', egressGroup: 'default' });
      assert.equal(call?.id, id);
      assert.equal(
        await claimCall(connector, setUp, { connectorId: 'connector-2', egressGroup: 'default' }),
        null,
        'one attempt only',
      );
      assert.equal(
        await answerCall(connector, setUp, { id, connectorId: 'connector-2', answer: {} }),
        false,
        'another may not answer',
      );
      assert.equal(
        await answerCall(connector, setUp, { id, connectorId: 'connector-1', answer: { well: true } }),
        true,
      );
      const answered = await waiting;
      assert.deepEqual([answered?.state, answered?.answer], ['answered', { well: true }]);
    } finally {
      await waiter.close();
    }
  });

  it('says timed-out when nobody answers before the deadline, and drops a late answer', async () => {
    const waiter = openCallWaiter(web);
    try {
      const id = await askCall(web, operator, {
        customerId: connection.customerId,
        connectionId: connection.id,
        egressGroup: 'default',
        kind: 'check',
        timeoutMilliseconds: 1,
      });
      assert.equal((await waiter.wait(operator, id))?.state, 'timed-out');
      assert.equal(await claimCall(connector, setUp, { connectorId: 'connector-1', egressGroup: 'default' }), null);
      assert.equal(await expireCalls(connector, setUp), 1);
      assert.equal(await answerCall(connector, setUp, { id, connectorId: 'connector-1', answer: {} }), false);
    } finally {
      await waiter.close();
    }
  });

  it('keeps identical evidence once and counts it', async () => {
    const scope = jobScope('connector-1', connection.customerId);
    const der = Buffer.from('one certificate');
    const record = () => ({
      id: randomUUID(),
      customerId: connection.customerId,
      connectionId: connection.id,
      at: new Date(),
      purpose: 'check' as const,
      verdict: 'accepted' as const,
      isProof: true,
      termsSha256: connection.termsSha256,
      connectorId: 'connector-1',
      evidence: {},
      chain: [der],
    });
    const first = record();
    await insertHandshakes(connector, scope, [first, record()]);
    // The first comes again, as after an answer that was lost: it is not counted again.
    await insertHandshakes(connector, scope, [first, record()]);
    const stored = await listHandshakes(web, operator, connection.id, { limit: 10 });
    assert.equal(stored.length, 3);
    const digest = stored[0]?.chainSha256[0] ?? '';
    assert.deepEqual((await findCertificateEvidence(web, [digest])).get(digest), der);
    const { rows } = await sql<{
      seen: number;
      count: number;
    }>`select max(seen)::int as seen, count(*)::int as count from certificate_evidence`.execute(web.db);
    assert.deepEqual(rows, [{ seen: 3, count: 1 }]);
  });

  it('finds an audit event that was changed, taken out or cut off', async () => {
    await linkAuditEvents(connector, setUp);
    const head = await auditHead(web, operator, connection.customerId);
    assert.ok(head.sequence >= 2);
    assert.equal(await auditFault(web, operator, connection.customerId, head), null);
    const owner = openStore({ url: database.owner, applicationName: 'test-owner' });
    const tamper = async (statement: string, expected: RegExp): Promise<void> => {
      // As one who owns the machine could: the trigger off, and then on a copy of the truth.
      await sql`create table kept as select * from audit_event`.execute(owner.db);
      await sql`alter table audit_event disable trigger append_only`.execute(owner.db);
      await sql.raw(statement).execute(owner.db);
      assert.match(String(await auditFault(owner, operator, connection.customerId, head)), expected);
      await sql`delete from audit_event`.execute(owner.db);
      await sql`insert into audit_event overriding system value select * from kept`.execute(owner.db);
      await sql`alter table audit_event enable trigger append_only`.execute(owner.db);
      await sql`drop table kept`.execute(owner.db);
    };
    const place = `customer_id = '${connection.customerId}' and sequence`;
    await tamper(`update audit_event set actor = 'nobody' where ${place} = 1`, /event 1 was changed/);
    await tamper(`delete from audit_event where ${place} = 1`, /event 1 is missing/);
    await tamper(`delete from audit_event where ${place} = ${head.sequence}`, /cut off/);
    assert.equal(await auditFault(web, operator, connection.customerId, head), null);
    await owner.close();
  });

  it('frees the jobs of a connector that fell silent, and leaves those of one that lives', async () => {
    const heartbeat = (id: string) =>
      recordHeartbeat(connector, { id, egressGroup: 'default', startedAt: new Date(), counters: {} });
    await heartbeat('living');
    await heartbeat('silent');
    await sql`update connector set heartbeat_at = now() - interval '16 seconds' where id = 'silent'`.execute(
      connector.db,
    );
    await requestJob(web, operator, 'sync', connection.id);
    await requestJob(web, operator, 'proof', connection.id);
    await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = case when key like 'sync:%' then 'silent/1' else 'living/1' end`.execute(
      connector.db,
    );
    assert.deepEqual(await silentWorkers(connector, 15), ['silent/1']);
    await unlockWorkers(connector, ['silent/1']);
    const { rows } = await sql<{
      worker: string | null;
    }>`select locked_by as worker from graphile_worker._private_jobs order by key`.execute(connector.db);
    assert.deepEqual(
      rows.map(({ worker }) => worker),
      ['living/1', null],
    );
  });
});
