/** A dial through a forward proxy that does what it should not, or only half of what it should. */
import assert from 'node:assert/strict';
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { dial } from '@sallyport/tls-dialer';
import type { DialOutcome, DialTarget, ForwardProxy } from '@sallyport/tls-dialer';
import { serverOptions, tls12Four } from '@sallyport/tls-policy';
import { Authority, clientCertificate, startTcpServer, startTlsServer, targetAt } from './far-side.ts';
import type { RunningServer } from './far-side.ts';

const authority = new Authority();
const proxyAuthority = new Authority('Proxy Root');
const identity = authority.server({ names: ['jira.behind.example'] });
const ours = clientCertificate(authority.client());
const secret = 'Geheim-of-the-proxy';
const basic = { kind: 'basic', user: 'egress', password: secret } as const;

/** A name that our own resolver does not know: only the proxy can reach it. */
const host = 'jira.behind.example';

let jira: RunningServer;
before(async () => {
  jira = await startTlsServer({
    cert: identity.certificatePem,
    key: identity.keyPem,
    ca: authority.root.certificatePem,
    requestCert: true,
    rejectUnauthorized: false,
    maxVersion: 'TLSv1.2',
  });
});
after(() => jira.close());

function through(url: string, changes: Partial<ForwardProxy> = {}): ForwardProxy {
  const { anchors } = targetAt(0, proxyAuthority);
  return { url, authentication: { kind: 'none' }, anchors, policy: tls12Four, allowPrivate: true, ...changes };
}

function targetOf(proxy: ForwardProxy, changes: Partial<DialTarget> = {}): DialTarget {
  return targetAt(443, authority, { host, connectTo: null, clientCertificate: ours, proxy, ...changes });
}

function end(outcome: DialOutcome): DialOutcome {
  if (outcome.verdict === 'accepted') outcome.socket.destroy();
  return outcome;
}

function codeOf(outcome: DialOutcome): string {
  return outcome.verdict === 'accepted' ? 'accepted' : outcome.error.code;
}

/** Answers CONNECT with `answer` and then joins both sides. */
function join(near: Socket, answer = 'HTTP/1.1 200 Connection established\r\n\r\n'): void {
  near.once('data', () => {
    const far = connectTcp(jira.port, '127.0.0.1');
    far.on('error', () => undefined);
    far.once('connect', () => {
      near.write(answer);
      near.pipe(far).pipe(near);
    });
    near.on('close', () => far.destroy());
  });
}

describe('a dial through a forward proxy', () => {
  it('asks it for host and port by name, gives its credential to it alone, and shakes hands with the target', async () => {
    const proxy = await startTcpServer((socket) => join(socket));
    const seen = jira.clients.length;
    const outcome = end(await dial(targetOf(through(`http://127.0.0.1:${proxy.port}`, { authentication: basic }))));
    assert.equal(codeOf(outcome), 'accepted');
    assert.equal(jira.clients.length, seen + 1, 'with our certificate');
    const sent = proxy.sent()[0]?.toString('latin1') ?? '';
    assert.match(sent, /^CONNECT jira\.behind\.example:443 HTTP\/1\.1\r\nHost: jira\.behind\.example:443\r\n/);
    const { evidence } = outcome;
    assert.deepEqual(evidence.proxy, {
      url: `http://127.0.0.1:${proxy.port}`,
      authentication: 'basic',
      path: [`127.0.0.1:${proxy.port}`, 'jira.behind.example:443'],
      report: null,
      tls: null,
      status: 200,
      answeredMilliseconds: evidence.proxy?.answeredMilliseconds,
    });
    assert.equal(evidence.address, '127.0.0.1');
    const shown = JSON.stringify(evidence);
    for (const hidden of [secret, Buffer.from(`egress:${secret}`).toString('base64'), 'egress'])
      assert.equal(shown.includes(hidden), false, 'the evidence holds no credential');
    await proxy.close();
  });

  it('speaks TLS in TLS to an https proxy, and shows that one no client certificate', async () => {
    const own = proxyAuthority.server();
    const askedFor: (string | null)[] = [];
    const server = createTlsServer(
      {
        ...serverOptions(tls12Four),
        cert: own.certificatePem,
        key: own.keyPem,
        ca: authority.root.certificatePem,
        requestCert: true,
        rejectUnauthorized: false,
      },
      (socket) => {
        askedFor.push(socket.getPeerX509Certificate()?.serialNumber ?? null);
        socket.on('error', () => undefined);
        join(socket);
      },
    );
    const proxy = await startTcpServer((socket) => server.emit('connection', socket));
    const outcome = end(await dial(targetOf(through(`https://localhost:${proxy.port}`))));
    assert.equal(codeOf(outcome), 'accepted');
    assert.deepEqual(askedFor, [null]);
    assert.equal(outcome.evidence.proxy?.report?.verdict, 'accepted');
    assert.equal(outcome.evidence.proxy?.tls?.protocol, 'TLSv1.2');
    assert.equal(outcome.evidence.clientCertificate.sent, true, 'to the target');
    await proxy.close();
  });

  it('says nothing to an https proxy that its own checks refuse', async () => {
    for (const [own, check] of [
      [new Authority('Stranger').server(), 'trust'],
      [proxyAuthority.server({ from: -60, until: -2 }), 'validity'],
    ] as const) {
      const heard: string[] = [];
      const server = createTlsServer({ cert: own.certificatePem, key: own.keyPem, maxVersion: 'TLSv1.2' }, (socket) =>
        socket.on('data', (bytes: Buffer) => heard.push(bytes.toString())),
      );
      server.on('tlsClientError', () => undefined);
      const proxy = await startTcpServer((socket) => server.emit('connection', socket));
      const outcome = await dial(targetOf(through(`https://localhost:${proxy.port}`, { authentication: basic })));
      assert.equal(codeOf(outcome), 'proxy-checks-refused');
      assert.equal(outcome.verdict, 'none', 'the target has shown nothing to refuse');
      assert.equal(outcome.evidence.report.checks[check].code, 'not-reached');
      assert.equal(outcome.evidence.proxy?.report?.checks[check].status, 'fail');
      assert.deepEqual(heard, []);
      await proxy.close();
    }
  });

  it("judges the target's chain as ever: a proxy that intercepts gets neither certificate nor request", async () => {
    const forged = new Authority('Interceptor').server({ names: [host] });
    const interceptor = await startTlsServer({
      cert: forged.certificatePem,
      key: forged.keyPem,
      requestCert: true,
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.2',
    });
    const proxy = await startTcpServer((near) =>
      near.once('data', () => {
        const far = connectTcp(interceptor.port, '127.0.0.1');
        near.write('HTTP/1.1 200 OK\r\n\r\n');
        near.pipe(far).pipe(near);
        far.on('error', () => undefined);
      }),
    );
    const outcome = await dial(targetOf(through(`http://127.0.0.1:${proxy.port}`)));
    assert.equal(outcome.verdict, 'refused');
    assert.equal(outcome.evidence.report.checks.trust.status, 'fail');
    assert.equal(outcome.evidence.clientCertificate.sent, false);
    assert.deepEqual(interceptor.clients, []);
    await Promise.all([proxy.close(), interceptor.close()]);
  });

  it('guards the address of the proxy by its own permission, and an address that it would be asked for', async () => {
    const proxy = await startTcpServer(() => undefined);
    const url = `http://127.0.0.1:${proxy.port}`;
    const forbidden = await dial(targetOf(through(url, { allowPrivate: false })));
    assert.equal(codeOf(forbidden), 'address-forbidden');
    const literal = { host: '169.254.169.254', allowPrivate: true };
    assert.equal(codeOf(await dial(targetOf(through(url), literal))), 'address-forbidden');
    assert.equal(
      codeOf(await dial(targetOf(through(url), { host: '10.0.0.1', allowPrivate: false }))),
      'address-forbidden',
    );
    assert.deepEqual(proxy.sent(), []);
    await proxy.close();
  });

  it('names a proxy that is not there, or whose name nobody knows', async () => {
    const proxy = await startTcpServer(() => undefined);
    await proxy.close();
    assert.equal(codeOf(await dial(targetOf(through(`http://127.0.0.1:${proxy.port}`)))), 'proxy-unreachable');
    assert.equal(codeOf(await dial(targetOf(through('http://proxy.invalid:3128')))), 'proxy-unreachable');
  });
});

describe('a forward proxy that refuses', () => {
  const refusals: readonly [string, string, string, RegExp][] = [
    [
      '407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"',
      'proxy-authentication-required',
      'operator',
      /none is set/,
    ],
    [
      '407 x\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Negotiate',
      'proxy-authentication-required',
      'operator',
      /NTLM, Negotiate only/,
    ],
    ['403 Forbidden', 'proxy-forbidden', 'network-team', /its rules must name it/],
    ['502 Bad Gateway', 'proxy-bad-gateway', 'network-team', /does not reach jira\.behind\.example:443 \(502/],
    ['503 x\r\nX-Squid-Error: ERR_CONNECT_FAIL 111', 'proxy-bad-gateway', 'network-team', /ERR_CONNECT_FAIL 111/],
    ['500 x\r\nX-Squid-Error: ERR_CANNOT_FORWARD 0', 'proxy-bad-gateway', 'network-team', /500, ERR_CANNOT_FORWARD/],
    ['504 Gateway Timeout', 'proxy-bad-gateway', 'network-team', /504/],
    ['302 Found\r\nLocation: http://portal.example/', 'proxy-protocol-error', 'network-team', /status 302/],
    ['405 Method Not Allowed', 'proxy-protocol-error', 'network-team', /status 405/],
    ['101 Switching Protocols', 'proxy-protocol-error', 'network-team', /status 101/],
  ];
  for (const [answer, code, actor, words] of refusals)
    it(`with ${answer.slice(0, 3)} is told as ${code}: ${words.source}`, async () => {
      const proxy = await startTcpServer((socket) =>
        socket.once('data', () => socket.end(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`)),
      );
      const outcome = await dial(targetOf(through(`http://127.0.0.1:${proxy.port}`)));
      assert.ok(outcome.verdict === 'none');
      assert.equal(outcome.error.code, code);
      assert.equal(outcome.error.actor, actor);
      assert.match(outcome.error.message, words);
      assert.equal(outcome.evidence.proxy?.status, Number(answer.slice(0, 3)));
      await proxy.close();
    });
});

describe('a hostile forward proxy', () => {
  const deadlineMilliseconds = 400;
  async function against(serve: (socket: Socket) => void): Promise<[DialOutcome, Buffer]> {
    const proxy = await startTcpServer((socket) => socket.once('data', () => serve(socket)));
    const url = `http://127.0.0.1:${proxy.port}`;
    const target = targetOf(through(url, { authentication: basic }), { deadlineMilliseconds });
    const outcome = end(await dial(target));
    const [sent = Buffer.alloc(0)] = proxy.sent();
    await proxy.close();
    return [outcome, sent];
  }
  const sentAfterConnect = (sent: Buffer): Buffer => sent.subarray(sent.indexOf('\r\n\r\n') + 4);

  it('that is silent, or drips, costs the deadline and no more', async () => {
    assert.equal(codeOf((await against(() => undefined))[0]), 'proxy-timeout');
    const [dripping] = await against((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 200 OK'.charAt(0)), 20);
      socket.write('HTTP/1.1 200 OK\r\nX: ');
      socket.on('close', () => clearInterval(timer));
    });
    assert.equal(codeOf(dripping), 'proxy-timeout');
  });

  it('that answers without end is cut at 16 KiB', async () => {
    const [outcome] = await against((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = (): void => {
        if (!socket.destroyed) socket.write(`X: ${'a'.repeat(4_000)}\r\n`, more);
      };
      more();
    });
    assert.equal(codeOf(outcome), 'proxy-protocol-error');
    assert.match(outcome.verdict === 'none' ? outcome.error.message : '', /longer than 16384/);
  });

  it('that answers garbage, TLS, or closes, is told so', async () => {
    for (const [bytes, words] of [
      [Buffer.from('220 mail.example ESMTP\r\n'), /not HTTP\/1/],
      [Buffer.from([21, 3, 1, 0, 2, 2, 70]), /begin with https/],
      [Buffer.from('HTTP/1.1 200 OK\r\n'), /middle of its answer/],
      [Buffer.alloc(0), /without an answer/],
    ] as const) {
      const [outcome] = await against((socket) => socket.end(bytes));
      assert.ok(outcome.verdict === 'none');
      assert.equal(outcome.error.code, 'proxy-protocol-error');
      assert.match(outcome.error.message, words);
    }
  });

  it('gets only a ClientHello, and an alert, when bytes of no TLS follow its 200 at once', async () => {
    const [outcome, sent] = await against((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n220 garbage\r\n'));
    assert.equal(codeOf(outcome), 'not-tls');
    const after = sentAfterConnect(sent);
    assert.ok(after.length === 0 || (after[0] === 22 && after[5] === 1), 'a ClientHello or nothing');
    assert.equal(after.includes(secret), false);
  });

  it('whose bytes behind the 200 are a flight made before our ClientHello opens nothing', async () => {
    const hello = Buffer.from([22, 3, 3, 0, 4, 14, 0, 0, 0]);
    const [outcome] = await against((socket) =>
      socket.write(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), hello])),
    );
    assert.equal(codeOf(outcome), 'tls-protocol-error');
    assert.equal(outcome.evidence.clientCertificate.sent, false);
  });

  it('that closes after its 200 is told as a far side that closed', async () => {
    const [outcome] = await against((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    assert.equal(codeOf(outcome), 'peer-closed');
  });
});
