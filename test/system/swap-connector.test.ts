/** Swaps by connectors against a real far side: canaries on every address, refusals, rollouts, and connectors that are killed. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Identity } from '@sallyport/sandbox';
import { waitsFor } from '@sallyport/lifecycle';
import {
  approveRollout,
  findRollout,
  listHandshakes,
  proposeRollout,
  setConnectionState,
  type Connection,
} from '@sallyport/store';
import { ConnectionClients } from '../../programs/connector/src/connections/connection-clients.ts';
import { bindConnection } from '../../programs/connector/src/connections/bound-connection.ts';
import { collectEvidence } from '../../programs/connector/src/connections/evidence.ts';
import { followSlots } from '../../programs/connector/src/connections/slot-follower.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { runSwaps } from '../../programs/connector/src/swaps/swap-runner.ts';
import { startTlsServer, type RunningServer } from './far-side.ts';
import { startSwapConnector } from './serving-connectors.ts';
import { operator } from './stored-connection.ts';
import { SwapWorld } from './swap-world.ts';

const answer = '{"name":"svc-align","key":"svc-align","timeZone":"UTC"}';
const head = 'content-type: application/json\r\nx-ausername: svc-align\r\n';
const ok = `HTTP/1.1 200 OK\r\n${head}content-length: ${answer.length}\r\n\r\n${answer}`;
const page = '<html><center>The SSL certificate error</center></html>';
const refusal = `HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\nconnection: close\r\n\r\n${page}`;
const away = `HTTP/1.1 503 Service Unavailable\r\n${head}content-length: 0\r\n\r\n`;

let world: SwapWorld;
let server: RunningServer;
/** What the far side does with a certificate, by its serial number. */
const treatment = new Map<string, string>();
const ends: (() => Promise<unknown>)[] = [];

before(async () => {
  world = await SwapWorld.start();
  await world.certificate(world.authority.client(), true);
  const identity = world.authority.server();
  server = await startTlsServer(
    {
      cert: identity.certificatePem,
      key: identity.keyPem,
      ca: world.authority.root.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: 'TLSv1.2',
    },
    (socket) => socket.write(treatment.get(serialOf(socket)) ?? ok),
  );
});
afterEach(async () => {
  treatment.clear();
  for (const end of ends.splice(0)) await end();
});
after(async () => {
  await server?.close();
  await world?.stop();
});

const serialOf = (socket: TLSSocket): string => socket.getPeerX509Certificate()?.serialNumber ?? '';
const serialIn = (identity: Identity): string => new X509Certificate(identity.certificatePem).serialNumber;
const connect = (clientCertificateId: string | null = null): Promise<Connection> =>
  world.connection(
    {
      baseUrl: `https://localhost:${server.port}`,
      anchors: { kind: 'pem', pem: world.authority.root.certificatePem },
      allowPrivate: true,
      revocation: 'off',
    },
    clientCertificateId,
  );

/** A connector's own parts in this process. */
function run(connectorId = 'one') {
  const { connector: store, sealKey } = world;
  const log = openLog('silent', connectorId);
  const evidence = collectEvidence(store, connectorId, log);
  const clients = new ConnectionClients(evidence);
  const parts = { store, callStore: store, clients, connectorId, egressGroup: 'default', sealKey, log };
  const [runner, follower] = [runSwaps(parts), followSlots(parts)];
  ends.push(async () => {
    await Promise.all([runner.stop(), follower.stop()]);
    await clients.close();
    await evidence.close();
  });
  return parts;
}

async function until<T>(found: () => Promise<T | null | false>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await found();
    if (value !== null && value !== false) return value;
    assert.ok(Date.now() < end, 'it was not reached');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const reaches = (id: string, state: string) =>
  until(async () => {
    const found = await world.swap(id);
    return found.swap.state === state && found;
  });

/** Proposed, trusted, with a window that is open and approved. */
async function proposed(
  next: Identity,
  window = world.window(),
  before: (connection: Connection) => Promise<void> = () => Promise.resolve(),
): Promise<{ id: string; connection: Connection }> {
  const connection = await connect();
  await before(connection);
  const certificateId = await world.certificate(next);
  const id = await world.propose({ connectionId: connection.id, certificateId, window, observationSeconds: 1 });
  await world.ask(id, 'trusted');
  return { id, connection };
}

describe('a connector with a swap', () => {
  it('looks with both certificates on every address, moves, observes, and keeps the old one ready', async () => {
    run();
    const next = world.authority.client();
    const { id, connection } = await proposed(next);
    const { swap } = await reaches(id, 'canary');
    assert.equal(swap.canary?.verdict, 'accepted');
    const addresses = swap.canary?.addresses as {
      address: string;
      next: { outcome: string };
      current: { outcome: string };
    }[];
    assert.ok(addresses.some(({ address }) => address === '127.0.0.1'));
    assert.ok(server.clients.includes(serialIn(next)));
    assert.deepEqual(swap.facts.slot.currentId, (await world.slot(connection)).currentId, 'the current one served on');
    await world.approve(id);
    const observed = await reaches(id, 'observed');
    assert.equal(observed.swap.slot.previousId, swap.current?.id);
    const purposes = await listHandshakes(world.web, operator, connection.id, { limit: 50 });
    assert.ok(
      purposes.some(({ purpose }) => purpose === 'canary') && purposes.some(({ purpose }) => purpose === 'proof'),
    );
  });

  it('blocks where the far side refuses the canary, leaves the pointer, and tries again only when somebody asks', async () => {
    run();
    const next = world.authority.client();
    treatment.set(serialIn(next), refusal);
    const { id, connection } = await proposed(next);
    const { swap } = await reaches(id, 'blocked');
    assert.deepEqual([swap.reason?.code, swap.reason?.actor], ['canary-refused', 'customer']);
    const dials = server.clients.filter((serial) => serial === serialIn(next)).length;
    treatment.clear();
    await world.ask(id, 'canary');
    await reaches(id, 'canary');
    assert.ok(server.clients.filter((serial) => serial === serialIn(next)).length > dials);
    assert.equal((await world.slot(connection)).generation, 1);
  });

  it('goes back by itself where the far side accepts the canary and refuses the real one', async () => {
    run();
    const next = world.authority.client();
    const { id, connection } = await proposed(next);
    await reaches(id, 'canary');
    treatment.set(serialIn(next), refusal);
    await world.approve(id);
    const { swap, events } = await reaches(id, 'rolled-back');
    assert.equal(swap.reason?.actor, 'customer');
    assert.equal(events.at(-1)?.step, 'roll-back');
    const slot = await world.slot(connection);
    assert.deepEqual([slot.currentId, slot.refusedGenerations], [swap.current?.id, [2]]);
  });

  it('takes the swap back with the requests of a served connection, in one step', async () => {
    const parts = run();
    const next = world.authority.client();
    const { id, connection } = await proposed(next);
    const bound = await bindConnection(parts, { connectionId: connection.id, customerId: connection.customerId });
    assert.ok(bound !== null);
    const client = await parts.clients.take(bound);
    await client.jira.identify();
    await reaches(id, 'canary');
    await world.approve(id);
    await until(async () => client.bound.binding?.generation === 2);
    treatment.set(serialIn(next), refusal);
    const answers = await Promise.all(Array.from({ length: 6 }, () => client.jira.identify()));
    assert.deepEqual(new Set(answers.map((one) => one.ok)), new Set([true]), 'no request fails');
    await reaches(id, 'rolled-back');
    assert.equal((await world.slot(connection)).generation, 3);
  });

  it('dials nothing for a connection that is paused, and goes on when that is over', async () => {
    run();
    const next = world.authority.client();
    const { id, connection } = await proposed(next, world.window(), async ({ id: connectionId }) => {
      for (const state of ['active', 'paused'] as const)
        await setConnectionState(world.web, operator, connectionId, state);
    });
    await until(async () => (await world.swap(id)).swap.state === 'trust-announced');
    assert.ok(!server.clients.includes(serialIn(next)));
    const { swap } = await world.swap(id);
    assert.equal(waitsFor(swap.facts)?.code, 'connection-paused');
    await setConnectionState(world.web, operator, connection.id, 'active');
    await reaches(id, 'canary');
    assert.ok(server.clients.includes(serialIn(next)));
  });

  it('never goes back for an answer of 503: it waits, and a person may roll back', async () => {
    run();
    const next = world.authority.client();
    const { id, connection } = await proposed(next);
    await reaches(id, 'canary');
    treatment.set(serialIn(next), away);
    await world.approve(id);
    await until(async () => (await world.swap(id)).events.some(({ step }) => step === 'handshake-failed'));
    const { swap } = await world.swap(id);
    assert.equal(swap.state, 'active');
    assert.equal((await world.slot(connection)).generation, 2);
    await world.ask(id, 'roll-back', { reason: 'Not sure' });
    await reaches(id, 'rolled-back');
  });

  it('rolls a certificate out to many, and names the one that does not trust it', async () => {
    run();
    const old = await world.certificate();
    const connections = await Promise.all(Array.from({ length: 4 }, () => connect(old)));
    const next = world.authority.client();
    const window = world.window();
    const id = await proposeRollout(world.web, operator, {
      certificateId: await world.certificate(next),
      connectionIds: connections.map((connection) => connection.id),
      replaces: null,
      first: [],
      cohorts: [{ connections: 1 }, { percent: 100 }],
      matching: null,
      emergency: false,
      canaryAt: new Date(),
      windowStartsAt: window.startsAt,
      windowEndsAt: window.endsAt,
      observationSeconds: 1,
      changeNumber: null,
      note: null,
    });
    const board = async () => {
      const found = await findRollout(world.web, operator, id);
      assert.ok(found !== null);
      return found;
    };
    const ready = await until(async () => {
      const found = await board();
      return found.rollout.state === 'ready' && found;
    });
    assert.ok(ready.members.every(({ canary }) => canary === 'accepted'));
    const { sha256, windowStartsAt, windowEndsAt } = ready.rollout;
    await approveRollout(world.web, operator, id, { byName: 'A', sha256, windowStartsAt, windowEndsAt });
    const done = await until(async () => {
      const found = await board();
      return found.rollout.state === 'done' && found;
    });
    assert.deepEqual(
      done.members.map(({ state, cohort }) => [state, cohort]),
      [
        ['observed', 1],
        ['observed', 2],
        ['observed', 2],
        ['observed', 2],
      ],
    );
  });
});

describe('a connector that is killed', () => {
  const processes: ChildProcess[] = [];
  after(() => processes.forEach((child) => child.kill('SIGKILL')));
  const start = async (name: string): Promise<ChildProcess> => {
    const child = await startSwapConnector(world, name);
    processes.push(child);
    return child;
  };

  it('in a canary, and again in the observation: the next one goes on, and no certificate is lost', async () => {
    const next = world.authority.client();
    // Answers come only when the test says so: the canary is under way when the connector dies.
    treatment.set(serialIn(next), '');
    const first = await start('first');
    const { id, connection } = await proposed(next);
    await until(async () => server.clients.includes(serialIn(next)));
    first.kill('SIGKILL');
    assert.equal((await world.swap(id)).swap.state, 'trust-announced');
    treatment.clear();
    const second = await start('first');
    await reaches(id, 'canary');
    await world.approve(id);
    await until(async () => (await world.slot(connection)).generation === 2);
    second.kill('SIGKILL');
    const slot = await world.slot(connection);
    assert.ok(slot.currentId !== null && slot.previousId !== null, 'both are there');
    await start('first');
    const { swap } = await reaches(id, 'observed');
    assert.equal(swap.slot.currentId, swap.next.id);
  });
});
