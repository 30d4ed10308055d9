/** What the web tier tells of one certificate: its history by subject, and the record that auditors file. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AuditList } from '@sallyport/console-api';
import { describeCertificate, jobScope, listAuditEvents, type Connection } from '@sallyport/store';
import { startWeb, type RunningWeb } from './running-web.ts';
import { operator } from './stored-connection.ts';
import { SwapWorld } from './swap-world.ts';

let world: SwapWorld;
let web: RunningWeb;
let connection: Connection;
let other: Connection;
let current: string;
let next: string;
let swapId: string;
let otherSwapId: string;

const get = async <T>(path: string): Promise<T> => {
  const { status, body, text } = await web.ask('GET', `/api/v1${path}`);
  assert.equal(status, 200, text);
  return body as T;
};

before(async () => {
  world = await SwapWorld.start();
  current = await world.certificate(world.authority.client(), true);
  next = await world.certificate();
  [connection, other] = [await world.connection(), await world.connection()];
  swapId = await world.propose({ connectionId: connection.id, certificateId: next });
  otherSwapId = await world.propose({ connectionId: other.id, certificateId: next });
  await describeCertificate(world.web, operator, next, { name: 'The next one' });
  web = await startWeb(world.database, { SALLYPORT_LOG: 'silent' });
});
after(async () => {
  await web?.stop();
  await world?.stop();
});

describe('the audit trail by subject', () => {
  it('holds what was done with one thing, newest first', async () => {
    const { items } = await get<AuditList>(`/audit?subject=client-certificate:${next}`);
    assert.deepEqual(
      items.map(({ action }) => action),
      ['client-certificate.described', 'client-certificate.added'],
    );
  });

  it('holds several things together, a page at a time, each event once', async () => {
    const subjects = [`client-certificate:${next}`, `swap:${swapId}`, `swap:${swapId}`];
    const query = subjects.map((subject) => `subject=${subject}`).join('&');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: AuditList = await get(`/audit?${query}&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ action }) => action));
      cursor = page.nextCursor;
    } while (cursor !== null);
    assert.deepEqual(seen, ['client-certificate.described', 'swap.proposed', 'client-certificate.added']);
  });

  it('holds of a certificate its own events and those of the swaps that bring or take it', async () => {
    const subjectsOf = async (id: string): Promise<string[]> => {
      const { items } = await get<AuditList>(`/audit?certificateId=${id}`);
      return [...new Set(items.map(({ subject }) => subject))].toSorted();
    };
    const swaps = [`swap:${swapId}`, `swap:${otherSwapId}`];
    assert.deepEqual(await subjectsOf(next), [`client-certificate:${next}`, ...swaps].toSorted());
    assert.deepEqual(await subjectsOf(current), [`client-certificate:${current}`, ...swaps].toSorted());
  });

  it('shows a customer only what happened to their own', async () => {
    const { customerId } = connection;
    const events = await listAuditEvents(world.web, jobScope('test', customerId), { limit: 50, certificateId: next });
    assert.deepEqual(
      events.map(({ subject }) => subject),
      [`swap:${swapId}`],
    );
  });

  it('refuses what is no subject, and more of them than a page shows', async () => {
    for (const query of ['subject=swap', `${'subject=swap:1&'.repeat(51)}limit=1`, 'certificateId=1']) {
      const { status } = await web.ask('GET', `/api/v1/audit?${query}`);
      assert.equal(status, 422, query);
    }
  });
});
