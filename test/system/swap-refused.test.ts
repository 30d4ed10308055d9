/** An emergency swap whose far side refuses the new certificate: nothing leads back, nobody goes on showing it, and people can end it. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { after, afterEach, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Identity } from '@sallyport/sandbox';
import { fallBack, findConnection, jobScope, setConnectionState, type Connection } from '@sallyport/store';
import { answerCheck } from '../../programs/connector/src/calls/check-call.ts';
import { BindingError } from '../../programs/connector/src/connections/binding-error.ts';
import { bindConnection } from '../../programs/connector/src/connections/bound-connection.ts';
import { ConnectionClients } from '../../programs/connector/src/connections/connection-clients.ts';
import { collectEvidence } from '../../programs/connector/src/connections/evidence.ts';
import { followSlots } from '../../programs/connector/src/connections/slot-follower.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { Retries } from '../../programs/connector/src/retries.ts';
import { runSwaps } from '../../programs/connector/src/swaps/swap-runner.ts';
import { startTlsServer, type RunningServer } from './far-side.ts';
import { operator, withOwner } from './stored-connection.ts';
import { SwapStages, until } from './swap-stages.ts';
import { connectorScope, type SwapWorld } from './swap-world.ts';

/** To whatever is asked: who we are, and a page of no issues. */
const answer =
  '{"name":"svc-align","key":"svc-align","timeZone":"UTC","startAt":0,"maxResults":1,"total":0,"issues":[]}';
const ok = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-ausername: svc-align\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`;
const page = '<html><center>The SSL certificate error</center></html>';
const refusal = `HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\ncontent-length: ${page.length}\r\nconnection: close\r\n\r\n${page}`;

let stages: SwapStages;
let world: SwapWorld;
let server: RunningServer;
/** Serial numbers that the far side refuses. */
const refusing = new Set<string>();
const ends: (() => Promise<unknown>)[] = [];

before(async () => {
  stages = await SwapStages.start();
  ({ world } = stages);
  const { certificatePem, keyPem } = world.authority.server();
  const ca = world.authority.root.certificatePem;
  server = await startTlsServer(
    { cert: certificatePem, key: keyPem, ca, requestCert: true, maxVersion: 'TLSv1.2' },
    (socket: TLSSocket) =>
      socket.write(refusing.has(socket.getPeerX509Certificate()?.serialNumber ?? '') ? refusal : ok),
  );
});
afterEach(async () => {
  refusing.clear();
  for (const end of ends.splice(0)) await end();
});
after(async () => {
  await server?.close();
  await stages?.stop();
});

const serialIn = (identity: Identity): string => new X509Certificate(identity.certificatePem).serialNumber;
const shown = (identity: Identity): number => server.clients.filter((serial) => serial === serialIn(identity)).length;

function run(connectorId: string) {
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
const payloadOf = ({ id, customerId }: Connection) => ({ connectionId: id, customerId });
const binding = (connection: Connection, use: 'work' | 'asked' = 'work') =>
  bindConnection(
    { store: world.connector, connectorId: 'other', egressGroup: 'default', sealKey: world.sealKey },
    payloadOf(connection),
    'current',
    use,
  );
const refusedAs = (code: string, actor: string) => (error: unknown) =>
  error instanceof BindingError && error.code === code && error.actor === actor;

/** To the far side of this test. */
const connectionOn = (certificateId: string): Promise<Connection> =>
  world.connection(
    {
      baseUrl: `https://localhost:${server.port}`,
      anchors: { kind: 'pem', pem: world.authority.root.certificatePem },
      allowPrivate: true,
      revocation: 'off',
    },
    certificateId,
  );
/** A connection whose certificate is revoked. */
async function inNeed(): Promise<Connection> {
  const current = await world.certificate();
  const connection = await connectionOn(current);
  await stages.setStatus(current, 'revoked');
  return connection;
}
/** An emergency swap that is active, without a connector. */
async function emergency(): Promise<{ readonly id: string; readonly connection: Connection; readonly next: string }> {
  const connection = await inNeed();
  const next = await world.certificate();
  const id = await world.propose({
    connectionId: connection.id,
    certificateId: next,
    emergency: true,
    window: world.window(),
    observationSeconds: 60,
  });
  await world.advance(id);
  await world.canary(id);
  await world.approve(id);
  await world.advance(id);
  await stages.probe(id);
  return { id, connection, next };
}
async function refuse(connection: Connection): Promise<number | null> {
  const { id, generation } = await world.slot(connection);
  const seen = { code: 'client-certificate-refused', message: 'TLS alert 44.', actor: 'operator' } as const;
  return fallBack(world.connector, connectorScope, { id, generation }, seen);
}

describe('a refused certificate from which nothing leads back', () => {
  it('blocks its swap, with who must act, and is shown by no connector any more unless somebody asks', async () => {
    const { id, connection } = await emergency();
    assert.equal(await refuse(connection), null);
    const { swap } = await world.swap(id);
    assert.deepEqual([swap.state, swap.blockedIn, swap.reason?.actor], ['blocked', 'active', 'operator']);
    assert.match(swap.reason?.message ?? '', /cancel this swap and propose another/);
    await assert.rejects(binding(connection), refusedAs('client-certificate-refused', 'customer'));
    assert.notEqual(await binding(connection, 'asked'), null);
  });

  it('can be ended by a person, and another is an emergency again', async () => {
    const { id, connection, next } = await emergency();
    await refuse(connection);
    for (const verb of ['roll-back', 'finish', 'activate', 'canary'] as const) {
      await world.ask(id, verb);
      await world.advance(id);
      assert.notEqual((await world.swap(id)).requests.at(-1)?.refusal ?? null, null, verb);
    }
    await world.ask(id, 'cancel', { reason: 'Another one' });
    assert.equal((await world.advance(id)).swap.state, 'cancelled');
    const certificateId = await world.certificate();
    const again = await world.propose({
      connectionId: connection.id,
      certificateId,
      emergency: true,
      window: world.window(),
    });
    assert.equal((await world.advance(again)).step.do, 'canary');
    await world.canary(again);
    await world.approve(again);
    assert.equal((await world.advance(again)).swap.state, 'active');
    const slot = await world.slot(connection);
    assert.deepEqual([slot.currentId, slot.previousId], [certificateId, null], 'nobody goes back to what was refused');
    assert.notEqual(slot.previousId, next);
  });

  it('is tried once when somebody goes on, and serves again where it is accepted', async () => {
    const { id, connection } = await emergency();
    await refuse(connection);
    await world.ask(id, 'resume');
    assert.equal((await world.advance(id)).step.do, 'probe');
    await refuse(connection);
    assert.equal((await world.swap(id)).swap.state, 'blocked', 'refused again');
    await world.ask(id, 'resume');
    await world.advance(id);
    await stages.probe(id);
    assert.equal((await world.swap(id)).swap.state, 'active');
    assert.notEqual(await binding(connection), null);
  });

  it('is not shown again by connectors that serve it: the far side sees each ask once, and the swap is blocked', async () => {
    const parts = run('one');
    const next = world.authority.client();
    const connection = await inNeed();
    const certificateId = await world.certificate(next);
    const id = await world.propose({
      connectionId: connection.id,
      certificateId,
      emergency: true,
      window: world.window(),
      observationSeconds: 60,
    });
    await until(async () => (await world.swap(id)).swap.state === 'canary');
    refusing.add(serialIn(next));
    await world.approve(id);
    await until(async () => (await world.swap(id)).swap.state === 'blocked');
    const seen = shown(next);
    await assert.rejects(
      bindConnection(parts, payloadOf(connection)),
      refusedAs('client-certificate-refused', 'customer'),
    );
    await world.ask(id, 'resume');
    await until(async () => {
      const { swap, events } = await world.swap(id);
      return swap.state === 'blocked' && events.filter(({ step }) => step === 'block').length === 2;
    });
    assert.equal(shown(next), seen + 1, 'once, since a person asked');
  });

  it('ends what a connector has open with the one before, and is not fallen back from', async () => {
    const { parts, connection, id, old, next } = await served('two');
    refusing.add(serialIn(next));
    const before = shown(old);
    await world.approve(id);
    await until(async () => (await world.swap(id)).swap.state === 'blocked');
    await until(async () => parts.clients.boundOf(connection.id) === null);
    assert.equal(shown(old), before, 'the revoked one was not shown again');
  });

  it('is not fallen back from either where the far side changes its mind after the move', async () => {
    const { client, id, old, next } = await served('three');
    const before = shown(old);
    await world.approve(id);
    await until(async () => client.bound.binding?.generation === 2 && (await client.jira.identify()).ok);
    refusing.add(serialIn(next));
    assert.equal((await client.jira.identify()).ok, false);
    assert.equal(shown(old), before, 'the revoked one was not shown again');
  });
});

/** A connector that serves a connection on a certificate that is revoked since, with an emergency swap to be approved. */
async function served(connectorId: string) {
  const parts = run(connectorId);
  const [old, next] = [world.authority.client(), world.authority.client()];
  const current = await world.certificate(old);
  const connection = await connectionOn(current);
  const bound = await bindConnection(parts, payloadOf(connection));
  assert.ok(bound !== null);
  const client = await parts.clients.take(bound);
  assert.ok((await client.jira.identify()).ok);
  await stages.setStatus(current, 'revoked');
  const certificateId = await world.certificate(next);
  const wish = { connectionId: connection.id, certificateId, emergency: true, window: world.window() };
  const id = await world.propose({ ...wish, observationSeconds: 60 });
  await until(async () => (await world.swap(id)).swap.state === 'canary');
  return { parts, client, connection, id, old, next };
}

describe('a certificate that is over', () => {
  it('is shown to nobody, whoever asks: who must act is said', async () => {
    const connection = await inNeed();
    for (const use of ['work', 'asked'] as const)
      await assert.rejects(binding(connection, use), refusedAs('client-certificate-revoked', 'operator'));
    const { currentId } = await world.slot(connection);
    await stages.setStatus(currentId ?? '', 'good');
    await withOwner(world.database, async ({ db }) => {
      await sql`update client_certificate set not_after = now() where id = ${currentId}`.execute(db);
    });
    for (const use of ['work', 'asked'] as const)
      await assert.rejects(binding(connection, use), refusedAs('client-certificate-expired', 'operator'));
  });
});

describe('a check that a person asks for', () => {
  /** Of a connector that has nothing else to do. */
  async function checked({ id: connectionId, customerId }: Connection) {
    const { connector: store, sealKey } = world;
    const log = openLog('silent', 'check');
    const evidence = collectEvidence(store, 'check', log);
    const clients = new ConnectionClients(evidence);
    const retries = new Retries(Date.now);
    const parts = {
      store,
      callStore: store,
      clients,
      retries,
      connectorId: 'check',
      egressGroup: 'default',
      sealKey,
      log,
    };
    const call = { connectionId, customerId, kind: 'check', parameters: {} };
    try {
      // What a check uses of both.
      const { answer: seen } = await answerCheck(parts as never, call as never, AbortSignal.timeout(20_000));
      return seen;
    } finally {
      await clients.close();
      await evidence.close();
    }
  }
  const stateOf = async ({ id, customerId }: Connection): Promise<unknown[]> => {
    const found = await findConnection(world.connector, jobScope('test', customerId), id);
    return [found?.state, found?.lastError];
  };

  it('takes a refused swap back at once, and the connection has not failed', async () => {
    const old = await world.certificate();
    const connection = await connectionOn(old);
    await setConnectionState(world.web, operator, connection.id, 'active');
    const next = world.authority.client();
    const certificateId = await world.certificate(next);
    const id = await world.propose({
      connectionId: connection.id,
      certificateId,
      window: world.window(),
      observationSeconds: 60,
    });
    await world.ask(id, 'trusted');
    await world.advance(id);
    await world.canary(id);
    await world.approve(id);
    await until(async () => (await world.advance(id)).swap.state === 'active');
    refusing.add(serialIn(next));
    const seen = await checked(connection);
    assert.equal(seen.error?.code, 'JIRA_CERTIFICATE_REFUSED');
    const { swap } = await world.swap(id);
    assert.deepEqual([swap.state, swap.reason?.actor], ['rolled-back', seen.error?.actor]);
    assert.equal((await world.slot(connection)).currentId, old);
    assert.deepEqual(await stateOf(connection), ['active', null]);
  });

  it('tries a refused certificate, which serves again when it is accepted', async () => {
    const { connection } = await emergency();
    await refuse(connection);
    await assert.rejects(binding(connection), refusedAs('client-certificate-refused', 'customer'));
    assert.equal((await checked(connection)).error, null);
    assert.notEqual(await binding(connection), null);
  });

  it('shows nobody one that is revoked, and says so', async () => {
    const connection = await inNeed();
    const { handshakeId, error } = await checked(connection);
    assert.deepEqual([handshakeId, error?.code, error?.actor], [null, 'client-certificate-revoked', 'operator']);
  });
});

describe('a connection whose swap went back', () => {
  it('forgets what the far side had against the next certificate', async () => {
    const { connection } = await stages.upTo('active');
    await setConnectionState(world.web, operator, connection.id, 'active');
    const error = { code: 'client-certificate-refused', message: 'x', actor: 'customer' };
    await setConnectionState(world.connector, connectorScope, connection.id, 'failing', error);
    assert.notEqual(await refuse(connection), null);
    await withOwner(world.database, async ({ db }) => {
      const { rows } = await sql<{ state: string; error: unknown }>`select state, last_error as error
        from connection where id = ${connection.id}`.execute(db);
      assert.deepEqual(rows[0], { state: 'active', error: null });
    });
  });
});
