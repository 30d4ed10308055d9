/** The policy `tls13` outbound: the same gate and checks, before our certificate or a byte of a request leaves. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { describe, it } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { alertOfError, checkOnce, dial, lateCertificateRefusal } from '@sallyport/tls-dialer';
import type { DialOutcome, DialTarget } from '@sallyport/tls-dialer';
import { tls12Four, tls13 } from '@sallyport/tls-policy';
import { readPem } from '@sallyport/x509';
import { Authority, clientCertificate, startTcpServer, startTlsServer, targetAt } from './far-side.ts';
import { recordsOf } from './tls-records.ts';
import { certificateMessage, encryptedExtensions, message, sized, startScriptedTls13 } from './scripted-tls13.ts';
import type { Script } from './scripted-tls13.ts';

const authority = new Authority();
const identity = authority.server();
const ours = clientCertificate(authority.client());
const accepted = { policy: tls13, tls13Accepted: true, clientCertificate: ours } as const;

function options(changes: TlsOptions = {}): TlsOptions {
  return {
    cert: identity.chainPem,
    key: identity.keyPem,
    ca: authority.root.certificatePem,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ...changes,
  };
}

/** Dials through a wire that keeps what we sent. */
async function dialOver(port: number, changes: Partial<DialTarget> = {}): Promise<[DialOutcome, Buffer]> {
  const wire = await startTcpServer((near) => {
    const far = connectTcp(port, '127.0.0.1');
    far.on('error', () => undefined);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
  });
  const outcome = await dial(targetAt(wire.port, authority, { policy: tls13, ...changes }));
  if (outcome.verdict === 'accepted') outcome.socket.destroy();
  const [sent = Buffer.alloc(0)] = wire.sent();
  await wire.close();
  return [outcome, sent];
}

/** A ClientHello left, and at most one plaintext alert: nothing encrypted, so neither certificate nor request. */
function assertNothingLeft(sent: Buffer): void {
  const [hello, ...more] = recordsOf(sent);
  assert.equal(hello?.type, 22);
  assert.ok(more.length <= 1 && more.every(({ type, payload }) => type === 21 && payload.length === 2));
}

describe('a dial under the policy tls13', () => {
  for (const [name, changes, suite] of [
    ['AES-256', {}, 'TLS_AES_256_GCM_SHA384'],
    ['AES-128', { ciphers: 'TLS_AES_128_GCM_SHA256' }, 'TLS_AES_128_GCM_SHA256'],
  ] as const)
    it(`negotiates TLS 1.3 with ${name} and shows what TLS 1.2 shows: chain, request, group, certificate sent`, async () => {
      const server = await startTlsServer(options({ minVersion: 'TLSv1.3', ...changes }));
      const [{ verdict, evidence }] = await dialOver(server.port, accepted);
      assert.equal(verdict, 'accepted');
      assert.deepEqual(evidence.tls, { protocol: 'TLSv1.3', suite, keyExchange: 'X25519' });
      assert.equal(evidence.report.verdict, 'accepted');
      assert.equal(evidence.chain[0], Buffer.from(readPem(identity.certificatePem)[0]?.der ?? []).toString('base64'));
      const { requested, sent, acceptedIssuers } = evidence.clientCertificate;
      assert.deepEqual([requested, sent], [true, true]);
      assert.match(acceptedIssuers.join(), /^CN=Test Root,/);
      assert.equal(evidence.keyProven, true);
      await server.close();
    });

  it('takes a second ClientHello where the server wants another group', async () => {
    const server = await startTlsServer(options({ minVersion: 'TLSv1.3', ecdhCurve: 'P-384' }));
    const [outcome] = await dialOver(server.port, accepted);
    assert.equal(outcome.verdict, 'accepted', JSON.stringify(outcome.evidence.error));
    assert.equal(outcome.evidence.tls?.keyExchange, 'P-384');
    await server.close();
  });

  it('reads the flight however it is cut, in either version and with a second ClientHello', async () => {
    for (const changes of [{ minVersion: 'TLSv1.3' }, { ecdhCurve: 'P-384' }, { maxVersion: 'TLSv1.2' }] as const) {
      const server = await startTlsServer(options(changes));
      const dripping = await startTcpServer((near) => {
        near.setNoDelay(true);
        const far = connectTcp(server.port, '127.0.0.1');
        far.on('error', () => undefined);
        near.pipe(far);
        near.on('close', () => far.destroy());
        let ready = Promise.resolve();
        far.on('data', (bytes: Buffer) => {
          for (const byte of bytes)
            ready = ready.then(
              () =>
                new Promise((resolve) => {
                  near.write(Buffer.from([byte]));
                  setImmediate(resolve);
                }),
            );
        });
      });
      const outcome = await dial(targetAt(dripping.port, authority, accepted));
      assert.equal(outcome.verdict, 'accepted', JSON.stringify(outcome.evidence.error));
      outcome.socket.destroy();
      assert.equal(outcome.evidence.clientCertificate.sent, true);
      await Promise.all([dripping.close(), server.close()]);
    }
  });

  it('goes on with the grammar of TLS 1.2 where the server has nothing newer', async () => {
    const server = await startTlsServer(options({ maxVersion: 'TLSv1.2' }));
    const [outcome] = await dialOver(server.port, accepted);
    assert.equal(outcome.verdict, 'accepted');
    assert.equal(outcome.evidence.tls?.protocol, 'TLSv1.2');
    assert.equal(outcome.evidence.clientCertificate.sent, true);
    await server.close();
  });

  it('is refused with a client certificate unless that was accepted in writing, before anything is dialled', async () => {
    const far = await startTcpServer(() => undefined);
    const outcome = await dial(targetAt(far.port, authority, { policy: tls13, clientCertificate: ours }));
    assert.ok(outcome.verdict === 'none');
    assert.equal(outcome.error.code, 'tls13-not-accepted');
    assert.deepEqual(far.sent(), []);
    await far.close();
  });

  const wrong = [
    ['another name', authority.server({ names: ['other.example'] }), { host: 'wrong.example' }, 'name'],
    ['a stranger as issuer', new Authority('Stranger').server(), {}, 'trust'],
    ['an end in the past', authority.server({ from: -60, until: -2 }), {}, 'validity'],
  ] as const;
  for (const [name, { chainPem, keyPem }, changes, check] of wrong)
    it(`sends neither certificate nor request to a server whose certificate has ${name}`, async () => {
      for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
        const server = await startTlsServer(options({ cert: chainPem, key: keyPem, maxVersion }));
        for (const own of [accepted, {}]) {
          const [outcome, sent] = await dialOver(server.port, { ...own, ...changes });
          assert.equal(outcome.verdict, 'refused');
          assert.equal(outcome.evidence.report.checks[check].status, 'fail');
          assert.equal(outcome.evidence.clientCertificate.sent, false);
          assertNothingLeft(sent);
        }
        assert.deepEqual([server.clients, server.requests], [[], []]);
        await server.close();
      }
    });

  it('tells the far side why by an alert that its log shows', async () => {
    const server = createTlsServer(options({ minVersion: 'TLSv1.3' }));
    const logged = once(server, 'tlsClientError') as Promise<[Error & { code: string }]>;
    const far = await startTcpServer((socket) => server.emit('connection', socket));
    const outcome = await dial(targetAt(far.port, authority, { ...accepted, host: 'wrong.example' }));
    assert.equal(outcome.verdict, 'refused');
    const [error] = await logged;
    assert.equal(alertOfError(error), 42);
    await far.close();
  });

  it('judges what is stapled', async () => {
    const server = createTlsServer(options());
    server.on('tlsClientError', () => undefined);
    server.on('OCSPRequest', (_certificate: Buffer, _issuer: Buffer, answer: (e: null, der: Buffer) => void) =>
      answer(null, Buffer.from([0x30, 0])),
    );
    const far = await startTcpServer((socket) => server.emit('connection', socket));
    const stapled = [tls12Four, tls13].map(async (policy) => {
      const outcome = await dial(targetAt(far.port, authority, { policy, revocation: 'hard' }));
      return outcome.evidence.report.checks.revocation;
    });
    const [older, newer] = await Promise.all(stapled);
    assert.deepEqual(newer, older);
    const none = await startTlsServer(options());
    const [{ evidence }] = await dialOver(none.port, { revocation: 'hard' });
    assert.notDeepEqual(evidence.report.checks.revocation, newer, 'without a staple it is told otherwise');
    await Promise.all([far.close(), none.close()]);
  });

  it('resumes no session, though the server offers tickets', async () => {
    const server = await startTlsServer(options({ minVersion: 'TLSv1.3' }));
    for (let time = 0; time < 2; time++) {
      const outcome = await dial(targetAt(server.port, authority, accepted));
      assert.ok(outcome.verdict === 'accepted');
      outcome.socket.write('GET / HTTP/1.1\r\n\r\n');
      await once(outcome.socket, 'data');
      outcome.socket.destroy();
    }
    assert.deepEqual(server.resumed, [false, false]);
    await server.close();
  });
});

describe('a far side of TLS 1.3 that is scripted', () => {
  const chain = readPem(identity.certificatePem).map(({ der }) => der);
  const request = message(
    13,
    Buffer.concat([sized(1), sized(2, Buffer.from([0, 13]), sized(2, sized(2, Buffer.from([4, 3]))))]),
  );
  type Said = Buffer | ((script: Script) => Buffer);
  const finished = (script: Script): Buffer => script.finished();
  const proven = (script: Script): Buffer => script.certificateVerify(identity.keyPem);
  async function dialScripted(said: readonly Said[], deadlineMilliseconds = 5_000): Promise<[DialOutcome, Buffer]> {
    const far = await startScriptedTls13((script, step) => {
      const next = said[step] ?? null;
      return typeof next === 'function' ? next(script) : next;
    });
    const outcome = await dial(targetAt(far.port, authority, { ...accepted, deadlineMilliseconds }));
    if (outcome.verdict === 'accepted') outcome.socket.destroy();
    const [sent = Buffer.alloc(0)] = far.sent();
    await far.close();
    return [outcome, sent];
  }

  it('is reached where it keeps to the handshake, and gets our certificate', async () => {
    const said = [encryptedExtensions, request, certificateMessage(chain), proven, finished];
    const [outcome] = await dialScripted(said);
    assert.equal(outcome.verdict, 'accepted', JSON.stringify(outcome.evidence.error));
    assert.deepEqual([outcome.evidence.clientCertificate.sent, outcome.evidence.keyProven], [true, true]);
    const [unasked] = await dialScripted([encryptedExtensions, certificateMessage(chain), proven, finished]);
    assert.equal(unasked.verdict, 'accepted');
    assert.deepEqual(
      [unasked.evidence.clientCertificate.requested, unasked.evidence.clientCertificate.sent],
      [false, false],
    );
  });

  it('that refuses our certificate is heard with the first request, and told as ever', async () => {
    const said = [encryptedExtensions, request, certificateMessage(chain), proven, finished];
    for (const [alert, actor] of [
      [45, 'operator'],
      [48, 'customer'],
      [116, 'operator'],
    ] as const) {
      const far = await startScriptedTls13((script, step) => {
        const next = said[step] ?? null;
        return typeof next === 'function' ? next(script) : next;
      }, alert);
      const target = targetAt(far.port, authority, accepted);
      const { verdict, clientCertificate: shown } = await checkOnce({ target, path: '/' });
      assert.deepEqual([verdict, shown.outcome, shown.evidence.alert], ['accepted', 'refused', alert]);
      const outcome = await dial(target);
      assert.ok(outcome.verdict === 'accepted');
      const [failure] = await once(outcome.socket, 'error');
      const error = lateCertificateRefusal(failure);
      assert.deepEqual([error?.code, error?.alert, error?.actor], ['client-certificate-refused', alert, actor]);
      await far.close();
    }
  });

  it('that shows a chain without its key has not proven it, and gets nothing', async () => {
    const stranger = authority.server().keyPem;
    const [outcome, sent] = await dialScripted([
      encryptedExtensions,
      request,
      certificateMessage(chain),
      (script) => script.certificateVerify(stranger),
      finished,
    ]);
    assert.ok(outcome.verdict === 'none');
    assert.equal(outcome.error.code, 'server-key-not-proven');
    assert.deepEqual([outcome.evidence.clientCertificate.sent, outcome.evidence.keyProven], [false, false]);
    assert.equal(outcome.evidence.chain.length, 1, 'shown, not proven');
    assert.ok(sent.length < 1_000, 'a ClientHello and an alert');
  });

  it('whose Finished is wrong has not proven it either', async () => {
    const [outcome] = await dialScripted([
      encryptedExtensions,
      request,
      certificateMessage(chain),
      proven,
      message(20, Buffer.alloc(32)),
    ]);
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'server-key-not-proven');
    assert.equal(outcome.evidence.clientCertificate.sent, false);
  });

  const huge = certificateMessage(Array.from({ length: 11 }, () => chain[0] ?? new Uint8Array()));
  const context = message(13, Buffer.concat([sized(1, Buffer.from([7])), sized(2)]));
  const disorders: readonly [string, readonly Said[]][] = [
    ['no EncryptedExtensions', [certificateMessage(chain), proven, finished]],
    ['no Certificate', [encryptedExtensions, finished]],
    ['no CertificateVerify', [encryptedExtensions, certificateMessage(chain), finished]],
    ['two requests', [encryptedExtensions, request, request, certificateMessage(chain), proven, finished]],
    ['a request with a context', [encryptedExtensions, context, certificateMessage(chain), proven, finished]],
    ['an empty chain', [encryptedExtensions, certificateMessage([]), proven, finished]],
    ['a chain of eleven', [encryptedExtensions, huge, proven, finished]],
    ['a message that is cut off', [encryptedExtensions, message(11, Buffer.from([0, 0, 0, 9])), proven, finished]],
    ['a request to renew keys', [encryptedExtensions, message(24, Buffer.from([0])), certificateMessage(chain)]],
    [
      'more behind its Finished',
      [encryptedExtensions, certificateMessage(chain), proven, (script) => Buffer.concat([script.finished(), request])],
    ],
  ];
  for (const [name, said] of disorders)
    it(`is a protocol error with ${name}`, async () => {
      const [outcome, sent] = await dialScripted(said);
      assert.equal(
        outcome.verdict === 'none' && outcome.error.code,
        'tls-protocol-error',
        JSON.stringify(outcome.evidence.error),
      );
      assertNothingLeft(sent);
    });

  it('that stops in the middle costs the deadline', async () => {
    const [outcome, sent] = await dialScripted([encryptedExtensions, certificateMessage(chain)], 500);
    assert.equal(outcome.verdict === 'none' && outcome.error.code, 'handshake-timeout');
    assertNothingLeft(sent);
  });

  const broken: readonly [string, (flight: Buffer) => Buffer][] = [
    ['a changed byte in its encrypted flight', (flight) => flipped(flight, flight.length - 40)],
    ['a suite that was not offered', (flight) => flipped(flight, 5 + 4 + 2 + 32 + 1 + 32 + 1)],
    ['more in the record of its ServerHello', (flight) => withLongerHello(flight)],
    [
      'a plaintext message behind its ServerHello',
      (flight) => afterHello(flight, Buffer.from([22, 3, 3, 0, 4, 8, 0, 0, 0])),
    ],
    ['a second ChangeCipherSpec', (flight) => afterHello(flight, Buffer.from([20, 3, 3, 0, 1, 1, 20, 3, 3, 0, 1, 1]))],
    ['an empty record', (flight) => afterHello(flight, Buffer.from([23, 3, 3, 0, 0]))],
  ];
  for (const [name, forge] of broken)
    it(`gets nothing from us with ${name}`, async () => {
      const server = await startTlsServer(options({ minVersion: 'TLSv1.3' }));
      const near = await startTcpServer((socket) => {
        const far = connectTcp(server.port, '127.0.0.1');
        let first = true;
        far.on('error', () => undefined);
        socket.on('data', (bytes: Buffer) => far.write(bytes));
        far.on('data', (bytes: Buffer) => {
          socket.write(first ? forge(bytes) : bytes);
          first = false;
        });
        socket.on('close', () => far.destroy());
        far.on('close', () => socket.end());
      });
      const outcome = await dial(targetAt(near.port, authority, { ...accepted, deadlineMilliseconds: 5_000 }));
      assert.equal(outcome.verdict, 'none');
      assert.equal(outcome.verdict === 'none' && outcome.error.code, 'tls-protocol-error');
      assert.equal(outcome.evidence.clientCertificate.sent, false);
      assertNothingLeft(near.sent()[0] ?? Buffer.alloc(0));
      assert.deepEqual(server.clients, []);
      await Promise.all([near.close(), server.close()]);
    });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 0x40;
  return changed;
}

function helloEnd(flight: Buffer): number {
  return 5 + flight.readUInt16BE(3);
}

function afterHello(flight: Buffer, injected: Buffer): Buffer {
  const end = helloEnd(flight);
  return Buffer.concat([flight.subarray(0, end), injected, flight.subarray(end)]);
}

function withLongerHello(flight: Buffer): Buffer {
  const end = helloEnd(flight);
  const changed = Buffer.concat([flight.subarray(0, end), Buffer.from([8, 0, 0, 2, 0, 0]), flight.subarray(end)]);
  changed.writeUInt16BE(end - 5 + 6, 3);
  return changed;
}
