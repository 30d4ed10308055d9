/** Far sides that are slow, silent or something else, and what they may not ask for after the handshake. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { dial } from '@sallyport/tls-dialer';
import type { DialEvidence } from '@sallyport/tls-dialer';
import {
  Authority,
  clientCertificate,
  dispatcherTo,
  startTcpServer,
  startTlsServer,
  startWire,
  targetAt,
} from './far-side.ts';
import { assertNothingLeft } from './nothing-sent.ts';
import { record, recordTypes } from './tls-records.ts';
import type { Wire } from './far-side.ts';

const handshakeType = 22;
const authority = new Authority();
const identity = authority.server();
const ours = clientCertificate(authority.client());
const asksForCertificate = {
  cert: identity.certificatePem,
  key: identity.keyPem,
  ca: authority.root.certificatePem,
  requestCert: true,
  rejectUnauthorized: false,
  maxVersion: 'TLSv1.2',
} as const;

describe('a far side that is slow, silent or something else', () => {
  const cases: readonly [string, string, (wire: Parameters<Parameters<typeof startTcpServer>[0]>[0]) => void][] = [
    ['is plain HTTP', 'not-tls', (socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))],
    ['never answers', 'handshake-timeout', () => undefined],
    ['closes at once', 'peer-closed', (socket) => socket.end()],
    ['closes after the ClientHello', 'peer-closed', (socket) => socket.on('data', () => socket.end())],
    ['resets the connection', 'peer-closed', (socket) => socket.on('data', () => socket.resetAndDestroy())],
    [
      'speaks TLS 1.3 only',
      'protocol-version',
      (socket) => socket.on('data', () => socket.write(record(21, Buffer.from([2, 70])))),
    ],
    [
      'shares no suite',
      'no-common-suite',
      (socket) => socket.on('data', () => socket.write(record(21, Buffer.from([2, 40])))),
    ],
    [
      'answers a byte at a time, for ever',
      'handshake-timeout',
      (socket) => {
        const bytes = record(22, Buffer.concat([Buffer.from([2, 0, 64, 0]), Buffer.alloc(16_000)]));
        let at = 0;
        const drip = (): void => {
          if (socket.destroyed) return;
          socket.write(bytes.subarray(at, ++at));
          setTimeout(drip, 20);
        };
        socket.once('data', drip);
      },
    ],
  ];
  for (const [sentence, code, serve] of cases)
    it(`is ${code} when it ${sentence}`, async () => {
      const wire = await startTcpServer(serve);
      const outcome = await dial(
        targetAt(wire.port, authority, { clientCertificate: ours, deadlineMilliseconds: 400 }),
      );
      assert.equal(outcome.verdict, 'none');
      assert.equal(outcome.verdict === 'none' && outcome.error.code, code);
      assert.deepEqual(
        Object.values(outcome.evidence.report.checks).map((check) => check.code),
        Array(5).fill('not-reached'),
      );
      const [sent] = wire.sent();
      if (sent !== undefined && sent.length > 0) assertNothingLeft(sent, sentence);
      await wire.close();
    });

  it('is connect-refused where nobody listens', async () => {
    const wire = await startTcpServer(() => undefined);
    await wire.close();
    const outcome = await dial(targetAt(wire.port, authority));
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'connect-refused');
  });

  it('is dns where the name does not exist, and address-forbidden where it must not be dialled', async () => {
    const missing = await dial(targetAt(443, authority, { host: 'missing.invalid', connectTo: null }));
    assert.equal(missing.verdict === 'none' && missing.error.code, 'dns');
    for (const host of ['127.0.0.1', '::1', '10.0.0.1', 'localhost', '169.254.169.254', '::ffff:127.0.0.1']) {
      const wire: Wire = await startTcpServer(() => undefined);
      const outcome = await dial(targetAt(wire.port, authority, { host, connectTo: null, allowPrivate: false }));
      assert.equal(outcome.verdict === 'none' && outcome.error.code, 'address-forbidden', host);
      const elsewhere = await dial(
        targetAt(wire.port, authority, {
          host: 'jira.example.com',
          connectTo: { host, port: wire.port },
          allowPrivate: false,
        }),
      );
      assert.equal(elsewhere.verdict === 'none' && elsewhere.error.code, 'address-forbidden', `connect to ${host}`);
      assert.deepEqual(wire.sent(), []);
      await wire.close();
    }
  });
});

describe('after the handshake', () => {
  it('refuses a renegotiation that asks for our certificate, and says so', async () => {
    const server = await startTlsServer({ ...asksForCertificate, requestCert: false }, (socket: TLSSocket) => {
      socket.renegotiate({ requestCert: true, rejectUnauthorized: false } as never, () => undefined);
    });
    const wire = await startWire(server.port, (flight) => ({ pieces: [flight], then: 'join' }));
    const evidence: DialEvidence[] = [];
    const dispatcher = dispatcherTo(() => targetAt(wire.port, authority, { clientCertificate: ours }), {
      sink: { admits: () => true, take: (one) => void evidence.push(one) },
      connections: 1,
    });
    await assert.rejects(dispatcher.request({ origin: `https://localhost:${wire.port}`, path: '/', method: 'GET' }), {
      code: 'client-certificate-by-renegotiation',
      actor: 'customer',
    });
    assert.equal(evidence[0]?.clientCertificate.requested, false);
    // Encrypted handshake records of ours after Finished would be a second handshake: there is none.
    const types = recordTypes(wire.sent()[0] ?? Buffer.alloc(0));
    assert.deepEqual(
      types.slice(types.indexOf(20) + 2).filter((type) => type === handshakeType),
      [],
    );
    assert.deepEqual(
      server.sockets.map((socket) => socket.getPeerX509Certificate()),
      [undefined],
    );
    await dispatcher.destroy();
    await wire.close();
    await server.close();
  });

  it('resumes no session, though the server offers tickets', async () => {
    const server = await startTlsServer(asksForCertificate);
    for (let round = 0; round < 3; round++) {
      const outcome = await dial(targetAt(server.port, authority, { clientCertificate: ours }));
      assert.equal(outcome.verdict, 'accepted');
      if (outcome.verdict === 'accepted') outcome.socket.destroy();
    }
    await poll(() => server.resumed.length === 3);
    assert.deepEqual(server.resumed, [false, false, false]);
    await server.close();
  });
});

async function poll(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!condition()) {
    assert.ok(Date.now() < end, 'the condition did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
