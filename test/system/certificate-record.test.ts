/** What the web tier tells of one certificate: its history by subject, and the record that auditors file. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { randomBytes } from 'node:crypto';
import type { AuditList, CertificateRecord } from '@sallyport/console-api';
import {
  approveSwap,
  askSwap,
  currentSealKey,
  describeCertificate,
  insertClientCertificate,
  insertPerson,
  insertToken,
  jobScope,
  listAuditEvents,
  listCertificateUses,
  proposeSwap,
  readCertificateRecord,
  recordHeartbeat,
  retireClientCertificate,
  sealSecret,
  sessionScope,
  type Connection,
  type Scope,
} from '@sallyport/store';
import { recordHeldKeys } from '@sallyport/store/open-sealed';
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

/** Somebody who may sign in. */
async function person(name: string): Promise<{ readonly id: string; readonly scope: Scope }> {
  const email = `${name.toLowerCase()}@operator.example`;
  const inserted = await insertPerson(world.web, operator, { name, email, passwordHash: 'none' });
  assert.ok(inserted !== null);
  return { id: inserted.id, scope: sessionScope(`person:${inserted.id}`) };
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await reached())) {
    assert.ok(Date.now() < end, 'it was not reached');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Takes a swap as far as its window, approved by somebody. */
async function upToWindow(id: string, approver: Scope, name: string): Promise<void> {
  await world.advance(id);
  await askSwap(world.web, approver, id, 'trusted', {});
  await world.advance(id);
  await world.canary(id);
  const { startsAt, endsAt } = world.window();
  await world.ask(id, 'schedule', { windowStartsAt: startsAt.toISOString(), windowEndsAt: endsAt.toISOString() });
  await world.advance(id);
  const { next, window, termsSha256 } = await world.facts(id);
  assert.ok(window !== null);
  await approveSwap(world.web, approver, id, {
    side: 'operator',
    byName: name,
    sha256: next.sha256,
    windowStartsAt: window.startsAt,
    windowEndsAt: window.endsAt,
    termsSha256,
  });
}

describe('the record of a certificate', () => {
  const recordOf = (id: string): Promise<CertificateRecord> => get(`/client-certificates/${id}/record`);

  it('says which certificate it is, whose, and where its key lies', async () => {
    await recordHeartbeat(world.connector, { id: 'one', egressGroup: 'default', startedAt: new Date(), counters: {} });
    await recordHeldKeys(world.connector, 'one', [world.sealKey.id]);
    const contacts = { owner: { name: 'Olga', email: 'olga@operator.example' } };
    await describeCertificate(world.web, operator, next, { contacts });
    const record = await recordOf(next);
    const [ours] = record.chain;
    assert.match(ours?.serial ?? '', /^[0-9a-f]+$/i);
    assert.deepEqual(
      [record.kind, record.customerName, record.contacts, record.custody, record.requested, record.retired],
      [
        'operator-named',
        null,
        contacts,
        { kind: 'uploaded', sealedTo: [{ sealKeyId: world.sealKey.id, state: 'current', connectors: ['one'] }] },
        null,
        null,
      ],
    );
  });

  it('tells of a swap who asked and who approved, what was tried before and seen after, under which terms', async () => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const brought = await world.certificate();
    const of = await world.connection();
    const certificateId = brought;
    const id = await proposeSwap(world.web, ada.scope, { connectionId: of.id, certificateId, observationSeconds: 1 });
    await upToWindow(id, ben.scope, 'Ben');
    await until(async () => (await world.advance(id)).swap.state === 'active');
    const probe = { kind: 'probe', accepted: true, message: null, evidence: {} } as const;
    await until(async () => {
      const { step, swap } = await world.advance(id);
      if (step.do === 'probe') await world.advance(id, probe);
      return swap.state === 'observed';
    });
    await world.ask(id, 'finish');
    await world.advance(id);
    const [swap, ...others] = (await recordOf(brought)).swaps;
    assert.ok(swap !== undefined && others.length === 0);
    assert.deepEqual(
      [swap.role, swap.other?.id, swap.state, swap.requested.name, swap.trusted?.name, swap.separation],
      ['brings-it', current, 'done', 'Ada', 'Ben', 'two-people'],
    );
    assert.deepEqual(
      swap.approvals.map(({ side, by, holds, standing }) => [side, by.name, holds, standing]),
      [['operator', 'Ben', true, false]],
    );
    assert.deepEqual([swap.terms.version, swap.terms.sha256], [1, of.termsSha256]);
    assert.deepEqual(
      [
        swap.canary?.verdict,
        swap.canary?.connectorId,
        (swap.observation?.accepted ?? 0) > 0,
        swap.activatedAt !== null,
      ],
      ['accepted', 'test', true, true],
    );
    assert.deepEqual(
      swap.events.filter(({ from, to }) => from !== to).map(({ step }) => step),
      ['propose', 'validate', 'announce-trust', 'pass-canary', 'schedule', 'activate', 'observe', 'finish'],
    );
    const taken = (await recordOf(current)).swaps.find((one) => one.id === id);
    assert.deepEqual([taken?.role, taken?.other?.id], ['takes-it-away', brought]);
  });

  it('sees one person behind a token and a session', async () => {
    const cleo = await person('Cleo');
    const token = await insertToken(world.web, operator, {
      tokenSha256: randomBytes(32),
      personId: cleo.id,
      name: 'script',
    });
    assert.ok(token !== null);
    const certificateId = await world.certificate();
    const { id: connectionId } = await world.connection();
    const id = await proposeSwap(world.web, sessionScope(`token:${token.id}`), { connectionId, certificateId });
    const separation = async (): Promise<string | undefined> => (await recordOf(certificateId)).swaps[0]?.separation;
    assert.equal(await separation(), 'not-approved');
    await upToWindow(id, cleo.scope, 'Cleo');
    assert.equal(await separation(), 'same-person');
  });

  it('shows a customer only the swaps and uses of their own connections', async () => {
    const { customerId } = connection;
    const record = await readCertificateRecord(world.web, jobScope('test', customerId), next);
    assert.deepEqual(
      [record.swaps.map(({ id }) => id), record.auditEvents.map(({ subject }) => subject)],
      [[swapId], [`swap:${swapId}`]],
    );
    const uses = await listCertificateUses(world.web, jobScope('test', customerId), current);
    assert.deepEqual(
      uses.map(({ connectionId }) => connectionId),
      [connection.id],
    );
    assert.deepEqual(
      record.keyPlaces.map(({ sealKeyId }) => sealKeyId),
      [world.sealKey.id],
    );
  });

  it('hides from a customer where the key of another customer lies', async () => {
    const [key, identity] = [await currentSealKey(world.web), world.authority.client()];
    assert.ok(key !== null);
    const { customerId } = other;
    const theirs = await insertClientCertificate(
      world.connector,
      operator,
      {
        customerId,
        kind: 'customer-custom',
        name: 'theirs',
        chainPem: identity.chainPem,
        sha256: randomBytes(32).toString('hex'),
        notBefore: new Date(),
        notAfter: new Date(Date.now() + 86_400_000),
        isDefault: false,
      },
      await sealSecret(key, { customerId, purpose: 'client-key', plaintext: identity.keyPem }),
    );
    const placesFor = async (customer: string): Promise<number> =>
      (await readCertificateRecord(world.web, jobScope('test', customer), theirs?.id ?? '')).keyPlaces.length;
    assert.deepEqual([await placesFor(customerId), await placesFor(connection.customerId)], [1, 0]);
  });

  it('says what is not on record instead of inventing it', async () => {
    const { notRecorded } = await recordOf(next);
    assert.ok(notRecorded.some(({ what }) => what.startsWith('Notices')));
  });

  it('keeps the record of a retired certificate, and says that its key was destroyed', async () => {
    const id = await world.certificate();
    assert.equal(await retireClientCertificate(world.web, operator, id, 'Never used.'), null);
    const { custody, retired } = await recordOf(id);
    assert.deepEqual([custody.sealedTo, retired?.reason, retired?.actor], [[], 'Never used.', 'person:test']);
    assert.ok(retired?.keyDestroyedAt !== null);
  });

  it('prints as one page without scripts, in which what people wrote stays text', async () => {
    await describeCertificate(world.web, operator, next, { name: '<script>alert(1)</script>' });
    const { status, headers, text } = await web.ask(
      'GET',
      `/api/v1/client-certificates/${next}/record?format=html&download=true`,
    );
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^text\/html/);
    assert.match(
      String(headers['content-disposition']),
      /^attachment; filename="certificate-record-[0-9a-f]{16}\.html"$/,
    );
    assert.doesNotMatch(text, /<script/);
    const nonce = /nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1];
    assert.ok(nonce !== undefined && text.includes(`<style nonce="${nonce}">`));
    for (const part of ['Where the key is', 'Asker and approver differ', 'What is not on record'])
      assert.ok(text.includes(part), part);
  });

  it('is not there for a certificate that nobody has', async () => {
    const { status } = await web.ask('GET', '/api/v1/client-certificates/00000000-0000-0000-0000-000000000001/record');
    assert.equal(status, 404);
  });
});
