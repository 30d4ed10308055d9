/** Swaps and rollouts by the API, with a connector's swap runner beside the web tier and a real far side. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RolloutBoard, Swap, SwapDetail, SwapPreview } from '@sallyport/console-api';
import { recordHeartbeat, type Connection } from '@sallyport/store';
import type { TermsChoices } from '@sallyport/terms';
import { ConnectionClients } from '../../programs/connector/src/connections/connection-clients.ts';
import { collectEvidence } from '../../programs/connector/src/connections/evidence.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { runSwaps, type SwapRunner } from '../../programs/connector/src/swaps/swap-runner.ts';
import { startTlsServer, type RunningServer } from './far-side.ts';
import { startWeb, type RunningWeb, type WebAnswer } from './running-web.ts';
import { SwapWorld } from './swap-world.ts';

const answer = '{"name":"svc-align"}';
const ok = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-ausername: svc-align\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`;

let world: SwapWorld;
let server: RunningServer;
let web: RunningWeb;
let runner: SwapRunner;

before(async () => {
  world = await SwapWorld.start();
  await world.certificate(world.authority.client(), true);
  const { certificatePem, keyPem } = world.authority.server();
  const ca = world.authority.root.certificatePem;
  server = await startTlsServer(
    { cert: certificatePem, key: keyPem, ca, requestCert: true, maxVersion: 'TLSv1.2' },
    (socket) => socket.write(ok),
  );
  const { connector: store, sealKey } = world;
  const log = openLog('silent', 'api');
  await recordHeartbeat(store, { id: 'api', egressGroup: 'default', startedAt: new Date(), counters: {} });
  const clients = new ConnectionClients(collectEvidence(store, 'api', log));
  runner = runSwaps({ store, clients, connectorId: 'api', egressGroup: 'default', sealKey, log });
  web = await startWeb(world.database, { SALLYPORT_LOG: 'silent' });
});
after(async () => {
  await web?.stop();
  await runner?.stop();
  await server?.close();
  await world?.stop();
});

const connect = (choices: Partial<TermsChoices> = {}): Promise<Connection> =>
  world.connection({
    ...choices,
    baseUrl: `https://localhost:${server.port}`,
    anchors: { kind: 'pem', pem: world.authority.root.certificatePem },
    allowPrivate: true,
    revocation: 'off',
  });
const post = (path: string, body: unknown = {}): Promise<WebAnswer> => web.ask('POST', `/api/v1${path}`, { body });
async function done<T>(asked: Promise<WebAnswer>, status = 200): Promise<T> {
  const { status: seen, body, text } = await asked;
  assert.equal(seen, status, text);
  return body as T;
}
const get = <T>(path: string): Promise<T> => done<T>(web.ask('GET', `/api/v1${path}`));
const refused = async (asked: Promise<WebAnswer>): Promise<string> => {
  const { status, body } = await asked;
  const problem = body as { code: string; seen?: { code?: string } };
  return `${status} ${problem.code} ${problem.seen?.code ?? ''}`.trim();
};
async function until<T>(look: () => Promise<T>, fits: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const seen = await look();
    if (fits(seen)) return seen;
    assert.ok(Date.now() < end, `it was not reached: ${JSON.stringify(seen).slice(0, 1500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const window = (hours = 2) => ({
  windowStartsAt: new Date(Date.now() - 1_000).toISOString(),
  windowEndsAt: new Date(Date.now() + hours * 3_600_000).toISOString(),
});

describe('swaps by the API', () => {
  it('go from proposal to observation and back, with evidence, announcement and .ics', async () => {
    const connection = await connect();
    const certificateId = await world.certificate();
    const made = await done<Swap>(post('/swaps', { connectionId: connection.id, certificateId, note: 'Renewal' }), 201);
    const path = `/swaps/${made.id}`;
    assert.equal(await refused(post('/swaps', { connectionId: connection.id, certificateId })), '409 swap-open');
    const validated = await until(
      () => get<SwapDetail>(path),
      ({ state }) => state === 'validated',
    );
    assert.deepEqual(
      [validated.class, validated.waitsFor?.code, validated.waitsFor?.actor],
      ['no-change', 'trust-not-announced', 'customer'],
    );
    assert.match(validated.announcement, /nothing to do at your side but to tell us/);
    assert.equal(await refused(post(`${path}/canary`)), '409 swap-refused canary-not-due');
    await done(post(`${path}/trusted`));
    const tried = await until(
      () => get<SwapDetail>(path),
      ({ state }) => state === 'canary',
    );
    assert.equal(tried.canary?.verdict, 'accepted');
    assert.equal(tried.waitsFor?.code, 'window-missing');
    const chosen = await done<SwapDetail>(post(`${path}/schedule`, window()));
    const { windowStartsAt, windowEndsAt, termsSha256, next } = chosen;
    const approval = { side: 'operator', sha256: next.sha256, windowStartsAt, windowEndsAt, termsSha256 };
    assert.equal(
      await refused(post(`${path}/approve`, { ...approval, sha256: 'a'.repeat(64) })),
      '409 approval-not-of-this',
    );
    const ics = await web.ask('GET', `/api/v1${path}/calendar.ics?side=customer`);
    assert.equal(ics.headers['content-type'], 'text/calendar; charset=utf-8');
    assert.match(ics.text, /^BEGIN:VCALENDAR\r\n[\s\S]*STATUS:TENTATIVE/);
    await done(post(`${path}/approve`, approval));
    const active = await until(
      () => get<SwapDetail>(path),
      ({ state }) => state === 'active',
    );
    assert.equal(active.oldReady, true);
    assert.match((await web.ask('GET', `/api/v1${path}/calendar.ics`)).text, /STATUS:CONFIRMED/);
    assert.deepEqual(
      active.approvals.map(({ side, binds }) => [side, binds]),
      [['operator', true]],
    );
    assert.equal(await refused(post(`${path}/cancel`)), '409 swap-refused state-does-not-allow');
    const back = await done<SwapDetail>(post(`${path}/roll-back`, { reason: 'A test' }));
    assert.equal(back.state, 'rolled-back');
    assert.ok(
      ['propose', 'validate', 'canary-accepted', 'activate', 'roll-back'].every((step) =>
        back.events.some((event) => event.step === step),
      ),
    );
    assert.match((await web.ask('GET', `/api/v1${path}/calendar.ics`)).text, /STATUS:CANCELLED/);
    const listed = async (query: string): Promise<string[]> =>
      (await get<{ items: Swap[] }>(`/swaps?connectionId=${connection.id}&${query}`)).items.map(({ id }) => id);
    assert.deepEqual(await listed('open=false'), [made.id]);
    assert.deepEqual(await listed('stranded=true'), [made.id]);
    await done<Swap>(post('/swaps', { connectionId: connection.id, certificateId }), 201);
    assert.deepEqual(await listed('stranded=true'), [], 'another has followed');
  });

  it('run by themselves to their end when the customer’s word is in the terms: proposed with a window, approved, done', async () => {
    const connection = await connect({ swaps: { standingApproval: true } });
    const certificateId = await world.certificate();
    const proposal = { connectionId: connection.id, certificateId, observationSeconds: 1 };
    const preview = await get<SwapPreview>(
      `/swaps/preview?connectionId=${connection.id}&certificateId=${certificateId}`,
    );
    assert.deepEqual(
      [preview.class, preview.noticeDays, preview.standingApproval, preview.approvalsNeeded, preview.refusal],
      ['no-change', 0, true, ['operator'], null],
    );
    assert.equal(preview.times.items.length, 10);
    assert.deepEqual((await get<{ items: unknown[] }>(`/swaps?connectionId=${connection.id}`)).items, []);

    // The old certificate stays ready until the window closes: what ends it is its end, and nobody.
    const made = await done<Swap>(post('/swaps', { ...proposal, ...window(10 / 3600) }), 201);
    const { windowStartsAt, windowEndsAt, termsSha256, next } = made;
    const approval = { side: 'operator', sha256: next.sha256, windowStartsAt, windowEndsAt, termsSha256 };
    await done(post(`/swaps/${made.id}/approve`, approval));
    const end = await until(
      () => get<SwapDetail>(`/swaps/${made.id}`),
      ({ state }) => state === 'done' || state === 'blocked' || state === 'rolled-back',
    );
    assert.deepEqual([end.state, end.requests], ['done', []]);
    assert.match(end.announcement, /There is nothing to do\./);
    assert.deepEqual(
      end.events.map(({ step }) => step).filter((step) => !step.startsWith('handshake-')),
      [
        'propose',
        'validate',
        'announce-trust',
        'canary-accepted',
        'pass-canary',
        'schedule',
        'activate',
        'observe',
        'finish',
      ],
    );
  });

  it('are not proposed with a window that cannot be agreed on, nor with half of one', async () => {
    const connection = await connect();
    const certificateId = await world.certificate();
    const proposal = { connectionId: connection.id, certificateId };
    const { windowStartsAt, windowEndsAt } = window();
    assert.equal(
      await refused(post('/swaps', { ...proposal, windowStartsAt: windowEndsAt, windowEndsAt: windowStartsAt })),
      '409 swap-refused window-length',
    );
    assert.equal(await refused(post('/swaps', { ...proposal, windowStartsAt })), '422 request-invalid');
    assert.equal(await refused(post('/swaps', { ...proposal, observationSeconds: 0 })), '422 request-invalid');
    const long = { windowStartsAt, windowEndsAt: new Date(Date.now() + 29 * 86_400_000).toISOString() };
    const short = await world.certificate(world.authority.client({ until: 3 }));
    assert.equal(
      await refused(post('/swaps', { ...proposal, certificateId: short, ...long })),
      '409 swap-refused next-ends-in-window',
    );
    assert.deepEqual((await get<{ items: unknown[] }>(`/swaps?connectionId=${connection.id}`)).items, []);
    const canaryAt = new Date(Date.now() + 86_400_000).toISOString();
    const made = await done<Swap>(post('/swaps', { ...proposal, canaryAt }), 201);
    const waits = await until(
      () => get<SwapDetail>(`/swaps/${made.id}`),
      ({ state }) => state === 'validated',
    );
    assert.deepEqual([waits.canaryAt, waits.waitsFor?.code], [canaryAt, 'canary-time-not-come']);
    assert.equal(
      await refused(
        web.ask('GET', `/api/v1/swaps/preview?connectionId=${connection.id}&certificateId=${certificateId}`),
      ),
      '409 swap-open',
    );
  });

  it('take no window in a freeze period, and propose times outside of them', async () => {
    const connection = await connect();
    const certificateId = await world.certificate();
    const freeze = { from: '2020-01-01T00:00', until: '2099-01-01T00:00', reason: 'For good' };
    assert.equal(
      await refused(web.ask('PUT', '/api/v1/swap-calendar', { body: { timeZone: 'Nowhere/x', freezes: [] } })),
      '422 request-invalid',
    );
    await done(web.ask('PUT', '/api/v1/swap-calendar', { body: { timeZone: 'Europe/Berlin', freezes: [freeze] } }));
    const { id } = await done<Swap>(post('/swaps', { connectionId: connection.id, certificateId }), 201);
    assert.equal(await refused(post(`/swaps/${id}/schedule`, window())), '409 swap-refused operator-freeze');
    assert.deepEqual((await get<{ items: unknown[] }>(`/swaps/${id}/times`)).items, []);
    await done(web.ask('PUT', '/api/v1/swap-calendar', { body: { timeZone: 'Europe/Berlin', freezes: [] } }));
    assert.equal((await get<{ items: unknown[] }>(`/swaps/${id}/times?hours=2`)).items.length, 10);
    await done(post(`/swaps/${id}/schedule`, window()));
    assert.equal((await done<SwapDetail>(post(`/swaps/${id}/cancel`, { reason: 'A test' }))).state, 'cancelled');
  });

  it('are for those who signed in, of what there is', async () => {
    assert.equal((await web.ask('GET', '/api/v1/swaps', { token: null })).status, 401);
    const nobody = '00000000-0000-4000-8000-000000000000';
    assert.equal(await refused(post(`/swaps/${nobody}/trusted`)), '404 not-found');
    assert.equal(await refused(post('/swaps', { connectionId: nobody, certificateId: nobody })), '404 not-found');
  });
});

describe('rollouts by the API', () => {
  it('show a board with every connection, and move when they are approved', async () => {
    const connections = [await connect(), await connect()];
    const certificateId = await world.certificate();
    const wish = {
      certificateId,
      connectionIds: connections.map(({ id }) => id),
      cohorts: [{ connections: 1 }, { percent: 100 }],
      observationSeconds: 1,
      ...window(),
    };
    const made = await done<RolloutBoard>(post('/rollouts', wish), 201);
    assert.deepEqual([made.state, made.members.length, made.notTrusting.length], ['canaries', 2, 2]);
    const path = `/rollouts/${made.id}`;
    assert.equal(await refused(post(`${path}/resume`)), '409 swap-refused');
    const ready = await until(
      () => get<RolloutBoard>(path),
      ({ state }) => state === 'ready',
    );
    const { sha256, windowStartsAt, windowEndsAt } = ready;
    assert.equal(
      await refused(post(`${path}/approve`, { sha256: 'b'.repeat(64), windowStartsAt, windowEndsAt })),
      '409 approval-not-of-this',
    );
    await done(post(`${path}/approve`, { sha256, windowStartsAt, windowEndsAt }));
    const end = await until(
      () => get<RolloutBoard>(path),
      ({ state }) => state === 'done',
    );
    assert.deepEqual([end.counts.observed, end.notTrusting], [2, []]);
    assert.match(end.names[end.approvedBy ?? ''] ?? '', /^API token/);
    assert.deepEqual(
      end.cohorts.map(({ connections: count, observed }) => [count, observed]),
      [
        [1, 1],
        [1, 1],
      ],
    );
    assert.equal((await get<{ items: unknown[] }>('/rollouts')).items.length, 1);
  });
});
