import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { dial } from '@sallyport/tls-dialer';
import type { DialEvidence, DialOutcome, DialTarget } from '@sallyport/tls-dialer';
import { readPem, utcInstant, writePem } from '@sallyport/x509';
import type { CheckName } from '@sallyport/tls-policy';
import {
  Authority,
  clientCertificate,
  dispatcherTo,
  messagesOf,
  record,
  recordsOf,
  recordTypes,
  startTcpServer,
  startTlsServer,
  startWire,
  targetAt,
} from './far-side.ts';
import type { Forgery, RunningServer, Wire } from './far-side.ts';

const alertType = 21;
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

/** Our side sent one ClientHello, and at most one alert after it: no certificate, no request. */
function assertNothingLeft(sent: Buffer, about: string): void {
  const [hello, ...more] = recordsOf(sent);
  assert.equal(hello?.type, handshakeType, about);
  assert.equal(hello?.payload[0], 1, `${about}: a ClientHello`);
  assert.ok(more.length <= 1 && more.every(({ type }) => type === alertType), `${about}: then nothing but an alert`);
  const whole = recordsOf(sent).reduce((sum, { payload }) => sum + 5 + payload.length, 0);
  assert.equal(sent.length, whole, `${about}: nothing half-sent`);
}

describe('a dial to a far side that does not keep to the handshake', () => {
  let server: RunningServer;
  before(async () => {
    server = await startTlsServer(asksForCertificate);
  });
  after(() => server.close());

  async function dialForged(
    forge: (flight: Buffer) => Forgery,
    changes: Partial<DialTarget> = {},
  ): Promise<[DialOutcome, Buffer]> {
    const wire = await startWire(server.port, forge);
    const outcome = await dial(targetAt(wire.port, authority, { clientCertificate: ours, ...changes }));
    if (outcome.verdict === 'accepted') outcome.socket.destroy();
    const [sent = Buffer.alloc(0)] = wire.sent();
    await wire.close();
    return [outcome, sent];
  }

  const injections: readonly [string, Buffer, string][] = [
    ['a fatal alert', record(21, Buffer.from([2, 80])), 'peer-closed'],
    ['close_notify', record(21, Buffer.from([1, 0])), 'peer-closed'],
    ['HelloRequest', record(22, Buffer.from([0, 0, 0, 0])), 'tls-protocol-error'],
    ['ChangeCipherSpec', record(20, Buffer.from([1])), 'tls-protocol-error'],
    ['application data', record(23, Buffer.from('HTTP/1.1 200 OK')), 'tls-protocol-error'],
    ['an empty record', record(22, Buffer.alloc(0)), 'tls-protocol-error'],
    ['five warnings', Buffer.concat(Array(5).fill(record(21, Buffer.from([1, 112])))), 'tls-protocol-error'],
  ];
  for (const [name, injected, code] of injections)
    it(`sends neither certificate nor request when ${name} comes before any message of the flight`, async () => {
      const before = server.clients.length;
      for (let at = 0; at < 5; at++) {
        const [outcome, sent] = await dialForged((flight) => {
          const messages = messagesOf(flight).map((message) => record(22, message));
          return { pieces: [...messages.slice(0, at), injected, ...messages.slice(at)], then: 'join' };
        });
        assert.equal(outcome.verdict, 'none', `${name} at ${at}`);
        assert.equal(outcome.verdict === 'none' && outcome.error.code, code, `${name} at ${at}`);
        assertNothingLeft(sent, `${name} at ${at}`);
      }
      assert.equal(server.clients.length, before);
    });

  it('sends nothing when the stream ends anywhere in the flight', async () => {
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      const [outcome, sent] = await dialForged((flight) => ({
        pieces: [flight.subarray(0, Math.floor(flight.length * share))],
        then: 'end',
      }));
      assert.equal(outcome.verdict === 'none' && outcome.error.code, 'peer-closed');
      assertNothingLeft(sent, `ends at ${share}`);
    }
  });

  it('sends nothing for doubled and exchanged messages', async () => {
    for (let at = 0; at < 5; at++)
      for (const change of ['double', 'exchange'] as const) {
        const [outcome, sent] = await dialForged((flight) => {
          const messages = messagesOf(flight);
          const [one = Buffer.alloc(0), two = Buffer.alloc(0)] = messages.slice(at, at + 2);
          const changed =
            change === 'double'
              ? [...messages.slice(0, at), one, ...messages.slice(at)]
              : [...messages.slice(0, at), two, one, ...messages.slice(at + 2)];
          return { pieces: [record(22, Buffer.concat(changed))], then: 'join' };
        });
        // The last exchange leaves ServerHelloDone where it was: that flight is whole.
        if (change === 'exchange' && at === 4) continue;
        assert.equal(outcome.verdict === 'none' && outcome.error.code, 'tls-protocol-error', `${change} ${at}`);
        assertNothingLeft(sent, `${change} ${at}`);
      }
  });

  it('holds a warning alert and goes on, with the warning in the evidence', async () => {
    const [outcome] = await dialForged((flight) => ({
      pieces: [record(21, Buffer.from([1, 112])), flight],
      then: 'join',
    }));
    assert.equal(outcome.verdict, 'accepted');
    assert.deepEqual(outcome.evidence.warningAlerts, [112]);
  });

  it('reads a flight that comes a byte at a time', async () => {
    const [outcome] = await dialForged((flight) => ({
      pieces: [...flight].map((byte) => Buffer.from([byte])),
      then: 'join',
    }));
    assert.equal(outcome.verdict, 'accepted');
    assert.equal(outcome.evidence.clientCertificate.sent, true);
  });

  it('calls a corrupted signature of the key exchange server-key-not-proven, and sends no certificate', async () => {
    const before = server.clients.length;
    const [outcome, sent] = await dialForged((flight) => {
      const messages = messagesOf(flight).map((message) => Buffer.from(message));
      const keyExchange = messages.find((message) => message[0] === 12);
      const last = (keyExchange?.length ?? 1) - 1;
      if (keyExchange) keyExchange[last] = (keyExchange[last] ?? 0) ^ 1;
      return { pieces: messages.map((message) => record(22, message)), then: 'join' };
    });
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'server-key-not-proven');
    assert.equal(outcome.evidence.keyProven, false);
    assert.equal(outcome.evidence.report.verdict, 'accepted', 'the chain itself was good');
    assert.ok(outcome.evidence.chain.length > 0, 'shown, not proven');
    assertNothingLeft(sent, 'corrupted signature');
    assert.equal(server.clients.length, before);
  });

  it('gives a replayed flight nothing', async () => {
    let kept: Buffer | null = null;
    await dialForged((flight) => {
      kept = flight;
      return { pieces: [flight], then: 'join' };
    });
    const [outcome, sent] = await dialForged(() => ({ pieces: [kept ?? Buffer.alloc(0)], then: 'join' }));
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'server-key-not-proven');
    assertNothingLeft(sent, 'replay');
  });

  it('refuses a leaf put in the place of the real one', async () => {
    // Good under the same root, but the key exchange is signed with another key.
    const other = authority.server();
    const [outcome, sent] = await dialForged((flight) => {
      const der = Buffer.from(readPem(other.certificatePem)[0]?.der ?? []);
      const messages = messagesOf(flight).map((message) => (message[0] === 11 ? certificateMessage([der]) : message));
      return { pieces: [record(22, Buffer.concat(messages))], then: 'join' };
    });
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'server-key-not-proven');
    assertNothingLeft(sent, 'exchanged leaf');
  });

  it('reads no more of a chain of 100 certificates or a flight of 10 MB than it needs to refuse it', async () => {
    const der = Buffer.from(readPem(identity.certificatePem)[0]?.der ?? []);
    const chains: readonly [string, Buffer][] = [
      ['100 certificates', certificateMessage(Array(100).fill(der))],
      ['10 MB', certificateMessage([Buffer.alloc(10_000_000, 0x30)])],
    ];
    for (const [name, chain] of chains) {
      const [outcome, sent] = await dialForged((flight) => {
        const [hello = Buffer.alloc(0), , ...rest] = messagesOf(flight);
        const stream = Buffer.concat([hello, chain, ...rest]);
        const pieces: Buffer[] = [];
        for (let at = 0; at < stream.length; at += 16_384) pieces.push(record(22, stream.subarray(at, at + 16_384)));
        return { pieces, then: 'join' };
      });
      assert.equal(outcome.verdict === 'none' && outcome.error.code, 'tls-protocol-error', name);
      assertNothingLeft(sent, name);
    }
  });
});

describe('the five checks before anything leaves', () => {
  const stranger = new Authority('Stranger');
  const cases: readonly {
    check: CheckName;
    sentence: string;
    server: () => { certificatePem: string; keyPem: string };
    changes?: Partial<DialTarget>;
    alert: number;
  }[] = [
    {
      check: 'validity',
      sentence: 'an expired certificate',
      server: () => authority.server({ from: -30, until: -1 }),
      alert: 45,
    },
    {
      check: 'validity',
      sentence: 'a certificate of tomorrow',
      server: () => authority.server({ from: 1, until: 30 }),
      alert: 42,
    },
    { check: 'trust', sentence: 'an authority that is not trusted', server: () => stranger.server(), alert: 48 },
    {
      check: 'trust',
      sentence: 'a certificate for clients',
      server: () => authority.client({ names: ['localhost'] }),
      alert: 46,
    },
    {
      check: 'signature',
      sentence: 'a signature that does not verify',
      server: () => withBrokenSignature(authority.server()),
      alert: 42,
    },
    {
      check: 'name',
      sentence: 'another name',
      server: () => authority.server({ names: ['other.example'] }),
      alert: 42,
    },
    {
      check: 'revocation',
      sentence: 'no revocation data where the policy is hard',
      server: () => authority.server(),
      changes: { revocation: 'hard' },
      alert: 46,
    },
  ];
  for (const { check, sentence, server: make, changes, alert } of cases)
    it(`refuses ${sentence} (${check}), says so with alert ${alert}, and sends neither certificate nor request`, async () => {
      const made = make();
      const server = await startTlsServer({ ...asksForCertificate, cert: made.certificatePem, key: made.keyPem });
      const wire = await startWire(server.port, (flight) => ({ pieces: [flight], then: 'join' }));
      const outcome = await dial(targetAt(wire.port, authority, { clientCertificate: ours, ...changes }));
      await poll(() => recordTypes(wire.sent()[0] ?? Buffer.alloc(0)).length >= 2);
      const [sent = Buffer.alloc(0)] = wire.sent();
      assert.equal(outcome.verdict, 'refused');
      assert.equal(outcome.evidence.report.verdict, 'refused');
      assert.equal(outcome.evidence.report.checks[check].status, check === 'revocation' ? 'unknown' : 'fail');
      assert.equal(outcome.evidence.clientCertificate.requested, true);
      assert.equal(outcome.evidence.clientCertificate.sent, false);
      assertNothingLeft(sent, sentence);
      assert.deepEqual(recordsOf(sent)[1]?.payload, Buffer.from([2, alert]));
      assert.deepEqual(server.clients, []);
      assert.deepEqual(server.requests, []);
      await wire.close();
      await server.close();
    });

  it('judges every check as of the instant that it is given', async () => {
    const server = await startTlsServer(asksForCertificate);
    const at = utcInstant(Date.now() + 100 * 86_400_000);
    const outcome = await dial(targetAt(server.port, authority, { at }));
    assert.equal(outcome.verdict, 'refused');
    assert.equal(outcome.evidence.report.checks.validity.code, 'X509_EXPIRED');
    await server.close();
  });
});

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

/** The same certificate with the last bit of its signature turned. */
function withBrokenSignature(made: { certificatePem: string; keyPem: string }): {
  certificatePem: string;
  keyPem: string;
} {
  const der = Buffer.from(readPem(made.certificatePem)[0]?.der ?? []);
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  return { ...made, certificatePem: writePem('CERTIFICATE', der) };
}

function certificateMessage(certificates: readonly Buffer[]): Buffer {
  const list = Buffer.concat(certificates.map((der) => Buffer.concat([length24(der.length), der])));
  return Buffer.concat([Buffer.from([11]), length24(list.length + 3), length24(list.length), list]);
}

function length24(length: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntBE(length, 0, 3);
  return bytes;
}

async function poll(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!condition()) {
    assert.ok(Date.now() < end, 'the condition did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
