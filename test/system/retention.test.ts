import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { termsHash } from '@sallyport/terms';
import {
  changeTerms,
  deleteExpired,
  findCertificateEvidence,
  insertHandshakes,
  jobScope,
  listHandshakes,
  openStore,
  readSetting,
  searchIssues,
  storePage,
  takeLease,
  type Connection,
  type Retention,
  type Store,
} from '@sallyport/store';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { operator, registeredKey, remoteIssue, storedConnection } from './stored-connection.ts';

const dayMilliseconds = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * dayMilliseconds);

describe('what is kept, and for how long', () => {
  let database: EmbeddedDatabase;
  let web: Store;
  let connector: Store;
  let connection: Connection;
  const stays = randomBytes(40);
  const goes = randomBytes(40);

  /** Evidence of one dial of that day, showing one certificate. */
  const dialled = async (days: number, certificate: Buffer): Promise<string> => {
    const id = randomUUID();
    await insertHandshakes(connector, jobScope('c', connection.customerId), [
      {
        id,
        customerId: connection.customerId,
        connectionId: connection.id,
        at: daysAgo(days),
        purpose: 'proof',
        verdict: 'accepted',
        isProof: true,
        termsSha256: connection.termsSha256,
        connectorId: 'c',
        evidence: {},
        chain: [certificate],
      },
    ]);
    return id;
  };
  const ids = async (): Promise<string[]> =>
    (await listHandshakes(web, operator, connection.id, { limit: 10 })).map(({ id }) => id);

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

  it('is stated: handshakes 400 days, calls 30 days', async () => {
    assert.deepEqual(await readSetting<Retention>(web, 'retention'), { handshakeDays: 400, callDays: 30 });
  });

  it('drops handshakes that are older, and certificates that no kept one shows', async () => {
    await dialled(402, goes);
    await dialled(401, stays);
    const kept = await dialled(399, stays);
    assert.ok((await deleteExpired(connector)) >= 3);
    assert.deepEqual(await ids(), [kept]);
    const digests = await sql<{
      digest: string;
    }>`select encode(sha256, 'hex') as digest from certificate_evidence`.execute(web.db);
    const found = await findCertificateEvidence(
      web,
      digests.rows.map(({ digest }) => digest),
    );
    assert.deepEqual([...found.values()], [stays]);
  });

  it('keeps the last handshake of a connection, however old, with what it shows', async () => {
    const owner = openStore({ url: database.owner, applicationName: 'test-owner' });
    await sql`update sallyport.handshake set at = ${daysAgo(900)}`.execute(owner.db);
    await sql`update sallyport.certificate_evidence set last_seen_at = ${daysAgo(900)}`.execute(owner.db);
    await owner.close();
    const before = await ids();
    await deleteExpired(connector);
    assert.deepEqual(await ids(), before);
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from certificate_evidence`.execute(
      web.db,
    );
    assert.deepEqual(rows, [{ count: 1 }]);
  });

  it('goes by the terms of a connection where they keep for a shorter time', async () => {
    const retention = { handshakeDays: 30, issueDays: 90 };
    const terms = { ...connection.terms, version: connection.terms.version + 1, retention };
    await changeTerms(web, operator, connection.id, { terms, approvedSha256: termsHash(terms), credential: null });
    const lease = await takeLease(connector, { name: 'retention', holder: 'c', seconds: 60 });
    assert.ok(lease !== null);
    await storePage(connector, jobScope('c', connection.customerId), lease, {
      connectionId: connection.id,
      customerId: connection.customerId,
      issues: [remoteIssue('91', daysAgo(91).getTime()), remoteIssue('89', daysAgo(89).getTime())],
      faults: [],
      position: { watermark: null, seenUpTo: null, cursor: null, refused: [], scope: '' },
      sweepTotal: 2,
    });
    const old = await dialled(31, stays);
    const kept = await dialled(29, stays);
    await deleteExpired(connector);
    const left = await ids();
    assert.ok(left.includes(kept) && !left.includes(old));
    const found = await searchIssues(web, operator, { connectionId: connection.id, limit: 10 });
    assert.deepEqual(
      found.issues.map(({ key }) => key),
      ['ACME-89'],
    );
  });

  it('drops calls that are older', async () => {
    const owner = openStore({ url: database.owner, applicationName: 'test-owner' });
    for (const days of [31, 29]) {
      await sql`insert into sallyport.interactive_call (customer_id, egress_group, kind, created_at, deadline)
        values (${connection.customerId}, 'default', 'check', ${daysAgo(days)}, ${daysAgo(days)})`.execute(owner.db);
    }
    assert.equal(await deleteExpired(connector), 1);
    await owner.close();
  });
});
