import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTcpServer, connect as connectTcp, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { beginListening, createWebServer, defaultConnectionLimits, type ConnectionLimits } from '@sallyport/http-api';
import { issueCertificate, type Identity } from '@sallyport/sandbox';
import { tls12Four, tls12Six, tls13 } from '@sallyport/tls-policy';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { eventually } from './running-sallyport.ts';
import { startWeb } from './running-web.ts';

const day = 86_400_000;
const made = (kind: 'rsa' | 'ec', from = -day, to = 30 * day): Identity => {
  const { privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = {
    commonName: 'web.example',
    notBefore: Date.now() + from,
    notAfter: Date.now() + to,
    purpose: { kind: 'server', dnsNames: ['web.example'] },
  } as const;
  return issueCertificate(subject, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), null);
};
const rsa = made('rsa');
const ec = made('ec');
const identity = ({ chainPem, keyPem }: Identity) => ({ certificatePem: chainPem, keyPem });

/** Ends with the socket when the handshake is done, or rejects. */
const handshake = (port: number, options: ConnectionOptions = {}): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('still open after the deadline')), 20_000);
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.resume();
  });

const serving = async (certificate: Identity, limits: Partial<ConnectionLimits> = {}, policy = tls12Six) => {
  const web = createWebServer(
    policy,
    identity(certificate),
    { ...defaultConnectionLimits, ...limits },
    (_request, response) => response.end('answered'),
  );
  const port = await beginListening(web.server, { port: 0 });
  const stop = async (): Promise<void> => {
    web.server.closeAllConnections();
    await new Promise((resolve) => web.server.close(resolve));
  };
  return { ...web, port, stop };
};

describe('what the web tier negotiates', () => {
  let rsaPort: number;
  let ecPort: number;
  const stops: (() => Promise<void>)[] = [];
  before(async () => {
    for (const certificate of [rsa, ec]) {
      const { port, stop } = await serving(certificate);
      stops.push(stop);
      if (certificate === rsa) rsaPort = port;
      else ecPort = port;
    }
  });
  after(async () => {
    for (const stop of stops) await stop();
  });

  for (const suite of tls12Six.suites) {
    it(`takes ${suite.iana} alone`, async () => {
      const socket = await handshake(suite.authentication === 'RSA' ? rsaPort : ecPort, { ciphers: suite.openssl });
      assert.equal(socket.getProtocol(), 'TLSv1.2');
      assert.equal(socket.getCipher().standardName, suite.iana);
      const { size = 0 } = socket.getEphemeralKeyInfo() as { size?: number };
      if (suite.keyExchange === 'DHE') assert.ok(size >= 2048, `its group has ${size} bits`);
      socket.destroy();
    });
  }

  for (const [sentence, options] of [
    ['TLS 1.3 only', { minVersion: 'TLSv1.3' }],
    ['TLS 1.1 at most', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
    ['CHACHA20', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-CHACHA20-POLY1305' }],
    ['CBC', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-SHA384' }],
    ['a key exchange without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' }],
    ['no authentication', { maxVersion: 'TLSv1.2', ciphers: 'ADH-AES256-GCM-SHA384:@SECLEVEL=0' }],
    ['P-521 only', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-GCM-SHA384', ecdhCurve: 'secp521r1' }],
    ['X448 only', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-GCM-SHA384', ecdhCurve: 'X448' }],
    ['SHA-1 signatures only', { maxVersion: 'TLSv1.2', sigalgs: 'RSA+SHA1', ciphers: 'DEFAULT@SECLEVEL=0' }],
  ] as const) {
    it(`refuses a client that offers ${sentence}`, async () => {
      await assert.rejects(handshake(rsaPort, options));
    });
  }

  it('has TLS 1.3 and 1.2 under the policy tls13, each with its suites, and nothing else', async () => {
    const { port, stop } = await serving(ec, {}, tls13);
    const negotiated = async (options: ConnectionOptions): Promise<string> => {
      const socket = await handshake(port, options);
      const seen = `${socket.getProtocol()} ${socket.getCipher().standardName}`;
      socket.destroy();
      return seen;
    };
    assert.equal(await negotiated({}), 'TLSv1.3 TLS_AES_256_GCM_SHA384');
    for (const { iana } of tls13.tls13Suites)
      assert.equal(await negotiated({ ciphers: iana, minVersion: 'TLSv1.3' }), `TLSv1.3 ${iana}`);
    for (const { iana, openssl } of tls13.suites.filter(({ authentication }) => authentication === 'ECDSA'))
      assert.equal(await negotiated({ ciphers: openssl, maxVersion: 'TLSv1.2' }), `TLSv1.2 ${iana}`);
    for (const options of [
      { ciphers: 'TLS_CHACHA20_POLY1305_SHA256', minVersion: 'TLSv1.3' },
      { ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305', maxVersion: 'TLSv1.2' },
      { ciphers: 'ALL:@SECLEVEL=0', minVersion: 'TLSv1', maxVersion: 'TLSv1.1' },
    ] as const)
      await assert.rejects(handshake(port, options), JSON.stringify(options));
    await stop();
  });

  it('resumes no session of TLS 1.3, though OpenSSL hands out tickets there', async () => {
    const { port, stop } = await serving(ec, {}, tls13);
    const first = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
    const tickets: Buffer[] = [];
    first.on('session', (ticket) => tickets.push(ticket));
    first.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await new Promise((resolve) => first.once('data', resolve));
    first.destroy();
    for (const session of tickets) {
      const again = await handshake(port, { session });
      assert.equal(again.isSessionReused(), false);
      again.destroy();
    }
    await stop();
  });

  it('has no DHE under the policy of four suites', async () => {
    const { port, stop } = await serving(rsa, {}, tls12Four);
    await assert.rejects(handshake(port, { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES256-GCM-SHA384' }));
    await stop();
  });

  it('refuses the first renegotiation that a client asks for', async () => {
    const socket = await handshake(rsaPort);
    const outcome = await new Promise<string>((resolve) => {
      socket.once('error', () => resolve('refused'));
      socket.once('close', () => resolve('refused'));
      socket.renegotiate({}, (error) => resolve(error === null ? 'renegotiated' : 'refused'));
    });
    assert.equal(outcome, 'refused');
    socket.destroy();
  });

  it('gives no session ticket and resumes no session', async () => {
    const first = await handshake(rsaPort);
    assert.equal(first.getTLSTicket(), undefined);
    const session = first.getSession();
    first.destroy();
    const second = await handshake(rsaPort, { session });
    assert.equal(second.isSessionReused(), false);
    second.destroy();
  });

  it('does not take what is no TLS', async () => {
    const socket = connectTcp(rsaPort, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    await closed(socket);
    assert.ok(!answer.includes('answered'));
  });
});

describe('slow and greedy clients', () => {
  it('have limits as they were agreed: handshake within 10 s, headers within 15 s', () => {
    const { handshakeMilliseconds, headersMilliseconds } = defaultConnectionLimits;
    assert.ok(handshakeMilliseconds <= 10_000);
    assert.ok(headersMilliseconds + 1_000 <= 15_000, 'late requests are looked for each second');
  });

  it('are cut when no ClientHello comes, and when it comes a byte at a time', async () => {
    const { port, stop, refused } = await serving(ec, { handshakeMilliseconds: 300 });
    await closed(connectTcp(port, '127.0.0.1'));
    const dribbling = connectTcp(port, '127.0.0.1');
    // A record header that announces a ClientHello of 256 bytes, which then never ends.
    dribbling.write(Buffer.of(0x16, 0x03, 0x01, 0x01, 0x00));
    const timer = setInterval(() => dribbling.write(Buffer.of(0)), 50);
    await closed(dribbling);
    clearInterval(timer);
    assert.ok(refused().slowHandshakes >= 1);
    await stop();
  });

  it('are cut when no request comes, and when headers come a byte at a time', async () => {
    const { port, stop } = await serving(ec, { headersMilliseconds: 500, requestMilliseconds: 1_000 });
    await closed(await handshake(port).then((socket) => socket.removeAllListeners('close')));
    const dribbling = (await handshake(port)).removeAllListeners('close');
    dribbling.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const timer = setInterval(() => dribbling.write('a'), 50);
    await closed(dribbling);
    clearInterval(timer);
    await stop();
  });

  it('get so many sockets for each address and no more, and get them back', async () => {
    const { port, stop, refused } = await serving(ec, { perAddress: 3 });
    const held = await Promise.all([1, 2, 3].map(() => handshake(port)));
    await assert.rejects(handshake(port));
    assert.ok(refused().overCap >= 1);
    for (const socket of held) {
      socket.removeAllListeners('close');
      const gone = closed(socket);
      socket.end();
      await gone;
    }
    const next = await eventually('a socket is free again', () => handshake(port).catch(() => null));
    next.destroy();
    await stop();
  });

  it('are not answered beyond the header limit', async () => {
    const { port, stop } = await serving(ec);
    const socket = (await handshake(port)).removeAllListeners('close');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`);
    await closed(socket);
    assert.match(answer, /^HTTP\/1\.1 431 /);
    await stop();
  });
});

describe('the running web tier', () => {
  let database: EmbeddedDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-certificate-'));
  const files = { SALLYPORT_TLS_CERTIFICATE: join(folder, 'web.pem'), SALLYPORT_TLS_KEY: join(folder, 'web.key') };
  const put = (certificatePem: string, keyPem: string): void => {
    // As renewals do it: written beside, then renamed.
    writeFileSync(`${files.SALLYPORT_TLS_KEY}.new`, keyPem, { mode: 0o600 });
    writeFileSync(`${files.SALLYPORT_TLS_CERTIFICATE}.new`, certificatePem);
    renameSync(`${files.SALLYPORT_TLS_KEY}.new`, files.SALLYPORT_TLS_KEY);
    renameSync(`${files.SALLYPORT_TLS_CERTIFICATE}.new`, files.SALLYPORT_TLS_CERTIFICATE);
  };
  const fingerprintAt = async (port: number): Promise<string> => {
    const socket = await handshake(port);
    const { fingerprint256 } = socket.getPeerCertificate();
    socket.destroy();
    return fingerprint256;
  };
  before(async () => {
    database = await startDatabase();
  });
  after(async () => {
    await database?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes a certificate for localhost, says its fingerprint, and keeps it', async () => {
    const first = await startWeb(database);
    assert.equal(await fingerprintAt(first.port), first.fingerprint);
    const socket = await handshake(first.port);
    assert.match(socket.getPeerCertificate().subjectaltname ?? '', /DNS:localhost/);
    socket.destroy();
    assert.equal(await first.stop(), 0);
    const second = await startWeb(database);
    assert.equal(second.fingerprint, first.fingerprint);
    await second.stop();
  });

  it('sends no HSTS on localhost and sends it elsewhere; the other headers always', async () => {
    const web = await startWeb(database);
    const here = await web.ask('GET', '/', { token: null });
    const there = await web.ask('GET', '/livez', { token: null, headers: { host: 'sallyport.example' } });
    assert.equal(here.headers['strict-transport-security'], undefined);
    assert.match(String(there.headers['strict-transport-security']), /max-age=\d{8}/);
    for (const { headers } of [
      here,
      there,
      await web.ask('GET', '/api/v1/nowhere'),
      await web.ask('GET', '/no-file.js'),
    ]) {
      const policy = String(headers['content-security-policy']);
      assert.ok(policy.startsWith("default-src 'none'") && !policy.includes('unsafe'), policy);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['x-frame-options'], 'DENY');
      assert.equal(headers['referrer-policy'], 'no-referrer');
    }
    await web.stop();
  });

  it('serves a renewed certificate without a restart, and keeps the old one when the new one is at fault', async () => {
    put(ec.chainPem, ec.keyPem);
    const web = await startWeb(database, files);
    const first = await fingerprintAt(web.port);
    put(rsa.chainPem, rsa.keyPem);
    await eventually('the renewed certificate is shown', async () =>
      (await fingerprintAt(web.port)) === first ? null : true,
    );
    const second = await fingerprintAt(web.port);
    const socket = await handshake(web.port, { ciphers: 'DHE-RSA-AES128-GCM-SHA256' });
    assert.equal(socket.getTLSTicket(), undefined, 'every option was given again');
    socket.destroy();
    for (const [certificatePem, keyPem, code] of [
      [ec.chainPem, rsa.keyPem, 'key-mismatch'],
      ['no certificate', rsa.keyPem, 'X509_PEM_NO_BLOCK'],
      [made('ec', -30 * day, -day).chainPem, rsa.keyPem, 'expired'],
    ] as const) {
      put(certificatePem, keyPem);
      await eventually(`the log says ${code}`, () => (web.log().includes(`"code":"${code}"`) ? true : null));
      assert.equal(await fingerprintAt(web.port), second);
    }
    assert.ok(!web.log().includes('PRIVATE KEY'));
    await web.stop();
  });

  it('does not start with a key that is another’s, and says so', async () => {
    put(ec.chainPem, rsa.keyPem);
    await assert.rejects(startWeb(database, files), { code: 'certificate-unusable', message: /does not belong/ });
    const { SALLYPORT_TLS_CERTIFICATE } = files;
    await assert.rejects(startWeb(database, { SALLYPORT_TLS_CERTIFICATE }), { code: 'configuration' });
  });

  it('says that its port is taken', async () => {
    const holder = createTcpServer();
    await new Promise<void>((resolve) => holder.listen(0, resolve));
    const { port } = holder.address() as AddressInfo;
    await assert.rejects(startWeb(database, { SALLYPORT_PORT: String(port) }), { code: 'port-taken' });
    holder.close();
  });
});
