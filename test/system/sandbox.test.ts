import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { RunningSandbox } from './running-sandbox.ts';

const withoutOpenssl = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed';

describe('the sandbox', () => {
  const sandbox = new RunningSandbox();
  before(() => sandbox.start());
  after(() => sandbox.remove());

  /** A handshake; the socket is closed again. */
  const handshake = (options: ConnectionOptions): Promise<TLSSocket> =>
    new Promise((resolve, reject) => {
      const socket = connect(
        {
          host: '127.0.0.1',
          port: Number(new URL(sandbox.published.baseUrl).port),
          servername: 'localhost',
          ca: sandbox.published.anchorsPem,
          ...options,
        },
        () => {
          resolve(socket);
          socket.end();
        },
      );
      socket.on('error', reject);
    });

  it('keeps what it makes to its owner', () => {
    const folder = join(sandbox.dataDirectory, 'sandbox');
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
  });

  it('listens on loopback only', { skip: existsSync('/proc/net/tcp') ? false : 'needs /proc' }, () => {
    const ports = [sandbox.published.baseUrl, sandbox.published.controlUrl].map((url) => Number(new URL(url).port));
    const listening = ['tcp', 'tcp6']
      .flatMap((table) => readFileSync(`/proc/${sandbox.process.pid}/net/${table}`, 'utf8').trim().split('\n').slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter(
        ([, local = '', , state]) => state === '0A' && ports.includes(Number.parseInt(local.split(':')[1] ?? '', 16)),
      )
      .map(([, local = '']) => local.split(':')[0]);
    assert.deepEqual(listening, ['0100007F', '0100007F']);
  });

  describe('as an enforcer', () => {
    for (const kind of ['operator-wildcard', 'operator-named', 'customer-custom'] as const) {
      it(`lets a request with the ${kind} certificate through to Jira`, async () => {
        const { status, text, headers } = await sandbox.ask('/rest/api/2/serverInfo', sandbox.identity(kind));
        assert.equal(status, 200);
        assert.equal((JSON.parse(text) as { deploymentType: string }).deploymentType, 'Server');
        assert.match(String(headers['x-sallyport-sandbox']), /SANDBOX/);
      });
    }

    it('finishes the handshake without a certificate and refuses in HTTP, as nginx does', async () => {
      const { status, text, headers } = await sandbox.ask('/rest/api/2/serverInfo', { cert: '', key: '' });
      assert.equal(status, 400);
      assert.match(text, /No required SSL certificate was sent/);
      assert.equal(headers.connection, 'close');
    });

    it('refuses a certificate of a stranger with the other page', async () => {
      const kept = JSON.parse(readFileSync(join(sandbox.dataDirectory, 'sandbox/pki.json'), 'utf8')) as {
        strangerRoot: { certificatePem: string; keyPem: string };
      };
      const { certificatePem, keyPem } = kept.strangerRoot;
      const { status, text } = await sandbox.ask('/rest/api/2/serverInfo', { cert: certificatePem, key: keyPem });
      assert.equal(status, 400);
      assert.match(text, /The SSL certificate error/);
    });

    it('refuses a revoked certificate, until it is taken back', async () => {
      await sandbox.control('/revocations', { certificate: 'operator-wildcard', revoked: true });
      assert.match((await sandbox.ask('/status')).text, /The SSL certificate error/);
      await sandbox.control('/revocations', { certificate: 'operator-wildcard', revoked: false });
      assert.equal((await sandbox.ask('/status')).status, 200);
    });

    for (const suite of [
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-AES128-GCM-SHA256',
      'ECDHE-RSA-AES256-GCM-SHA384',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'DHE-RSA-AES256-GCM-SHA384',
      'DHE-RSA-AES128-GCM-SHA256',
    ]) {
      it(`negotiates ${suite} alone`, async () => {
        const socket = await handshake({ ciphers: suite, maxVersion: 'TLSv1.2', ...sandbox.identity() });
        assert.equal(socket.getCipher().name, suite);
        assert.equal(socket.getProtocol(), 'TLSv1.2');
      });
    }

    for (const { what, options } of [
      { what: 'TLS 1.3', options: { minVersion: 'TLSv1.3' as const } },
      {
        what: 'TLS 1.1',
        options: { maxVersion: 'TLSv1.1' as const, minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' },
      },
      { what: 'a CBC suite', options: { ciphers: 'ECDHE-RSA-AES256-SHA384', maxVersion: 'TLSv1.2' as const } },
      { what: 'RSA key exchange', options: { ciphers: 'AES256-GCM-SHA384', maxVersion: 'TLSv1.2' as const } },
    ]) {
      it(`refuses ${what}`, async () => {
        await assert.rejects(handshake(options));
      });
    }

    it('asks for certificates of its root by name', { skip: withoutOpenssl }, () => {
      const { host } = new URL(sandbox.published.baseUrl);
      const { stdout } = spawnSync('openssl', ['s_client', '-connect', host], { input: '', encoding: 'utf8' });
      assert.match(stdout, /Acceptable client certificate CA names\n.*CN = Sallyport SANDBOX Root\n/);
    });

    it('answers for localhost and example names only', async () => {
      assert.equal((await sandbox.ask('/status', { headers: { host: 'jira.bank.com' } })).status, 421);
      assert.equal((await sandbox.ask('/status', { headers: { host: 'jira.customer.example' } })).status, 200);
    });
  });

  describe('over HTTP', () => {
    it('answers CRL and OCSP at the addresses in its certificates', { skip: withoutOpenssl }, async () => {
      const socket = await handshake({ ciphers: 'ECDHE-RSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' });
      const certificate = socket.getPeerX509Certificate();
      const ocsp = /OCSP - URI:(\S+)/.exec(certificate?.infoAccess ?? '')?.[1];
      const issuerUrl = /CA Issuers - URI:(\S+)/.exec(certificate?.infoAccess ?? '')?.[1];
      assert.ok(ocsp !== undefined && issuerUrl !== undefined && certificate !== undefined);
      const issuer = Buffer.from(await (await fetch(issuerUrl)).arrayBuffer());
      const crl = Buffer.from(
        await (await fetch(issuerUrl.replace('/ca/', '/crl/').replace('.cer', '.crl'))).arrayBuffer(),
      );
      const convert = (command: string, der: Buffer): string =>
        spawnSync('openssl', [command, '-inform', 'DER'], { input: der, encoding: 'utf8' }).stdout;
      const file = (name: string, text: string): string => {
        writeFileSync(join(sandbox.dataDirectory, name), text);
        return join(sandbox.dataDirectory, name);
      };
      const issuerFile = file('issuer.pem', convert('x509', issuer));
      const leafFile = file('leaf.pem', certificate.toString());
      const verified = spawnSync(
        'openssl',
        [
          'verify',
          '-partial_chain',
          '-crl_check',
          '-CAfile',
          issuerFile,
          '-CRLfile',
          file('list.pem', convert('crl', crl)),
          leafFile,
        ],
        { encoding: 'utf8' },
      );
      assert.match(verified.stdout, /: OK/);
      const asked = spawnSync(
        'openssl',
        [
          'ocsp',
          '-issuer',
          issuerFile,
          '-cert',
          leafFile,
          '-url',
          ocsp,
          '-CAfile',
          file('root.pem', sandbox.published.anchorsPem),
        ],
        { encoding: 'utf8' },
      );
      assert.match(asked.stdout, /: good/);
      assert.match(asked.stdout + asked.stderr, /Response verify OK/);
    });

    it('takes no orders from a page of the web', async () => {
      const form = await fetch(`${sandbox.published.controlUrl}/faults`, { method: 'POST', body: 'fault=expired' });
      assert.equal(form.status, 400);
      const { body } = await fetch(`${sandbox.published.controlUrl}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: '{"fault":"expired","on":true}',
      });
      await body?.cancel();
      assert.deepEqual((await sandbox.control('/status')).faults, []);
    });
  });

  it('is after a restart what it was: certificates, secrets, addresses of its lists, changed issues', async () => {
    await sandbox.control('/change', { count: 5 });
    const { published } = sandbox;
    const digest = await sandbox.control('/issues/digest');
    assert.equal(await sandbox.stop(), 0);
    await sandbox.start();
    assert.deepEqual({ ...sandbox.published, baseUrl: published.baseUrl }, published);
    assert.deepEqual(await sandbox.control('/issues/digest'), digest);
  });

  it('says so when its port is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const other = new RunningSandbox();
    try {
      await assert.rejects(other.start({ SALLYPORT_SANDBOX_PORT: String(port) }), { code: 'port-taken' });
    } finally {
      await other.remove();
      holder.close();
    }
  });
});
