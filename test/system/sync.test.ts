/** The main job on real parts: embedded PostgreSQL, the sandbox behind its enforcing proxy, a connector process. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  askCall,
  findCall,
  findHandshake,
  listIssueFaults,
  requestJob,
  setConnectionState,
  type Connection,
} from '@sallyport/store';
import pg from 'pg';
import { startSyncWorld, until, type SyncWorld } from './sync-world.ts';

const issues = 600;
let world: SyncWorld;
let connection: Connection;

interface Ledger {
  readonly totals: Readonly<Record<string, number>>;
  readonly asked: readonly {
    readonly path: string;
    readonly user: string | null;
    readonly clientCertificate: string;
    readonly method: string;
  }[];
}

/** The connection is told to go on, and the next sweep is asked for at once. */
async function goOn(): Promise<void> {
  await setConnectionState(world.store, world.scope, connection.id, 'active');
  await requestJob(world.store, world.scope, 'sync', connection.id);
}

async function sameAsThere(): Promise<boolean> {
  const { there, here } = await world.digests(connection.id);
  assert.deepEqual(here, there);
  return true;
}

async function withFault<T>(fault: string, work: () => Promise<T>): Promise<T> {
  await world.control('/faults', { fault, on: true });
  try {
    return await work();
  } finally {
    await world.control('/faults', { fault, on: false });
  }
}

async function check(): Promise<{
  handshakeId: string | null;
  verdict: string;
  error: { code: string; actor: string } | null;
  account: string | null;
}> {
  const id = await askCall(world.store, world.scope, {
    customerId: connection.customerId,
    connectionId: connection.id,
    egressGroup: 'default',
    kind: 'check',
    timeoutMilliseconds: 20_000,
  });
  const call = await until('the call is answered', async () => {
    const found = await findCall(world.store, world.scope, id);
    return found?.state === 'answered' ? found : null;
  });
  return call.answer as Awaited<ReturnType<typeof check>>;
}

before(async () => {
  world = await startSyncWorld({
    SALLYPORT_SANDBOX_ISSUES: String(issues),
    SALLYPORT_SANDBOX_CHANGES_PER_MINUTE: '0',
    SALLYPORT_SANDBOX_INDEX_LAG: '0',
  });
  connection = await world.connect();
});
after(async () => world.stop());

describe('the synchronisation', { timeout: 200_000 }, () => {
  it('brings every issue, with its change log, only by reading, as the agreed account and with our certificate', async () => {
    await until('all issues are the same', sameAsThere);
    const { asked } = (await world.control('/ledger')) as Ledger;
    assert.ok(asked.length > 0);
    for (const request of asked) {
      assert.ok(request.method === 'GET' || request.path.startsWith('/rest/api/2/search'), JSON.stringify(request));
      assert.equal(request.user, world.sandbox.accountName);
      assert.notEqual(request.clientCertificate, '');
    }
  });

  it('brings what changes, and what is new', async () => {
    await world.control('/change', { count: 20, kind: 'changed' });
    await world.control('/change', { count: 5, kind: 'created' });
    await requestJob(world.store, world.scope, 'sync', connection.id);
    await until('the changes are here', sameAsThere, 60_000);
  });

  it('answers an interactive check with evidence that is already stored', async () => {
    const answer = await check();
    assert.deepEqual([answer.verdict, answer.error, answer.account], ['accepted', null, world.sandbox.accountName]);
    const handshake = await findHandshake(world.store, world.scope, answer.handshakeId ?? '');
    const evidence = handshake?.evidence as { clientCertificateOutcome: string; httpStatus: number };
    assert.equal(handshake?.termsSha256, connection.termsSha256);
    assert.deepEqual([evidence.clientCertificateOutcome, evidence.httpStatus], ['accepted', 200]);
  });

  it('stores evidence of the dials of a sync, and a daily proof', async () => {
    await requestJob(world.store, world.scope, 'proof', connection.id);
    await until('a proof is there', async () => {
      const client = new pg.Client(world.database.owner);
      await client.connect();
      await client.query("select set_config('sallyport.customer', 'all', false)");
      const { rows } = await client.query(
        "select distinct purpose from sallyport.handshake where verdict = 'accepted' order by 1",
      );
      await client.end();
      const seen = rows.map((row: { purpose: string }) => row.purpose);
      return seen.includes('proof') && seen.includes('sync') ? seen : null;
    });
  });

  for (const { fault, code, actor, checked = code } of [
    { fault: 'unauthorized', code: 'JIRA_UNAUTHORIZED', actor: 'customer' },
    // Asked who we are, a Jira that takes us for nobody answers 401; asked for issues, it answers with what is public.
    { fault: 'anonymous', code: 'JIRA_ANONYMOUS', actor: 'customer', checked: 'JIRA_UNAUTHORIZED' },
    { fault: 'html-200', code: 'JIRA_HTML_ANSWER', actor: 'customer' },
    { fault: 'login-302', code: 'JIRA_LOGIN_REDIRECT', actor: 'customer' },
    { fault: '503-html', code: 'JIRA_UNAVAILABLE', actor: 'customer' },
    { fault: 'gzip-bomb', code: 'JIRA_ANSWER_TOO_LARGE', actor: 'customer' },
    { fault: 'truncated-json', code: 'JIRA_ANSWER_TRUNCATED', actor: 'network-team' },
    { fault: 'expired', code: 'checks-refused', actor: 'customer' },
    { fault: 'refuses-us', code: 'JIRA_CERTIFICATE_REFUSED', actor: 'customer' },
  ] as readonly { fault: string; code: string; actor: string; checked?: string }[]) {
    it(`tells what is wrong, loses nothing, and goes on when it is over: ${fault}`, async () => {
      await withFault(fault, async () => {
        await world.control('/change', { count: 3, kind: 'changed' });
        // The sync's sockets were dialled before the certificate expired; a check dials anew.
        if (fault !== 'expired') {
          await requestJob(world.store, world.scope, 'sync', connection.id);
          const { lastError } = await until('the connection fails', async () => {
            const now = await world.connection(connection.id);
            return now.state === 'failing' ? now : null;
          });
          assert.deepEqual([lastError?.code, lastError?.actor], [code, actor]);
        }
        const answer = await check();
        assert.deepEqual([answer.error?.code, answer.error?.actor], [checked, actor]);
      });
      await goOn();
      await until('all issues are the same', sameAsThere);
    });
  }

  it('stops at the first 401: the account is not asked again until a person has acted', async () => {
    await withFault('unauthorized', async () => {
      await requestJob(world.store, world.scope, 'sync', connection.id);
      await until('the connection fails', async () => (await world.connection(connection.id)).state === 'failing');
      const before_ = ((await world.control('/ledger')) as Ledger).totals;
      for (let asking = 0; asking < 3; asking += 1) await requestJob(world.store, world.scope, 'sync', connection.id);
      await until('the jobs are done', async () => {
        const client = new pg.Client(world.database.owner);
        await client.connect();
        const { rows } = await client.query("select 1 from graphile_worker._private_jobs where key like 'sync:%'");
        await client.end();
        return rows.length === 0;
      });
      assert.deepEqual(((await world.control('/ledger')) as Ledger).totals, before_);
    });
    await goOn();
  });

  it('waits while Jira limits, and still brings everything', async () => {
    await world.control('/rate-limit', { limit: 2, fillRate: 2, intervalSeconds: 1 });
    await world.control('/change', { count: 10, kind: 'changed' });
    await requestJob(world.store, world.scope, 'sync', connection.id);
    await until('all issues are the same', sameAsThere);
    await world.control('/rate-limit', { limit: 1000, fillRate: 1000, intervalSeconds: 1 });
  });

  it('keeps odd issues, and names those that it must refuse', async () => {
    await withFault('odd-issues', async () => {
      await world.control('/change', { count: 1, kind: 'changed' });
      await requestJob(world.store, world.scope, 'sync', connection.id);
      await until('odd issues are here', async () => '990010' in (await world.digests(connection.id)).here);
      const { faults } = await until('the refused ones are named', async () => {
        const found = await listIssueFaults(world.store, world.scope, connection.id, 50);
        return found.refused > 0 ? found : null;
      });
      const refused = faults.filter((fault) => fault.refused);
      assert.ok(refused.every((fault) => fault.code.startsWith('JIRA_ISSUE_')));
      assert.ok(refused.some((fault) => fault.issue === '990006' && fault.code === 'JIRA_ISSUE_UPDATED'));
      assert.ok(faults.length > refused.length, 'what was kept without a part is named too');
      assert.equal((await world.connection(connection.id)).state, 'active');
    });
  });

  it('leaves no secret in logs, job payloads, evidence or plain columns', async () => {
    const sandboxFile = JSON.parse(readFileSync(join(world.dataDirectory, 'sandbox/sandbox.json'), 'utf8')) as {
      personalAccessToken: string;
      basicPassword: string;
      clientCertificates: { keyPem: string }[];
    };
    const keyLines = sandboxFile.clientCertificates.map(({ keyPem }) => keyPem.split('\n')[2] ?? '');
    const secrets = [sandboxFile.personalAccessToken, sandboxFile.basicPassword, ...keyLines];
    assert.ok(secrets.every((secret) => secret.length >= 8));
    const client = new pg.Client(world.database.owner);
    await client.connect();
    await client.query("select set_config('sallyport.customer', 'all', false)");
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('sallyport', 'graphile_worker')",
    );
    assert.ok(tables.length > 15);
    const texts = [world.log('connector-1')];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string | null }>(
        `select string_agg(t::text, ' ') as text from ${name} t`,
      );
      texts.push(rows[0]?.text ?? '');
    }
    await client.end();
    for (const secret of secrets) for (const text of texts) assert.ok(!text.includes(secret));
  });
});
