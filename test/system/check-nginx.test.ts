import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { getDiffieHellman } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { CheckDocument } from '@sallyport/tls-dialer';
import { writePem } from '@sallyport/x509';
import { Authority, startTcpServer } from './far-side.ts';

const program = new URL('../../programs/cli/src/main.ts', import.meta.url).pathname;
const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);

interface Run {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
  readonly document: CheckDocument;
}

function check(words: readonly string[], json = true): Promise<Run> {
  return new Promise((resolve) => {
    // These certificates name no source, so the default would refuse them all.
    const soft = words.includes('--revocation') ? [] : ['--revocation', 'soft'];
    const all = [program, 'check', ...words, ...soft, ...(json ? ['--json'] : [])];
    execFile(process.execPath, all, { timeout: 30_000 }, (error, out, errorText) => {
      const exitCode = error === null ? 0 : Number(error.code);
      // Exactly one document: the whole of stdout parses.
      const document = (json ? JSON.parse(out) : {}) as CheckDocument;
      resolve({ exitCode, out, error: errorText, document });
    });
  });
}

describe('check against nginx, configured by hand', { skip: nginx === undefined && 'nginx is not installed' }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'sallyport-nginx-'));
  const file = (name: string): string => join(directory, name);
  const authority = new Authority('Good Root', 'rsa');
  const stranger = new Authority('Stranger Root');
  const names = ['mutual', 'plain', 'tls13', 'both', 'weakdh', 'expired'] as const;
  const ports = {} as Record<(typeof names)[number], number>;
  let server: ReturnType<typeof spawn>;

  before(async () => {
    const write = (name: string, identity: { chainPem: string; keyPem: string }): void => {
      writeFileSync(file(`${name}.pem`), identity.chainPem);
      writeFileSync(file(`${name}.key`), identity.keyPem);
    };
    writeFileSync(file('anchors.pem'), authority.root.certificatePem);
    write('server', authority.server({ key: 'rsa' }));
    write('expired-server', authority.server({ from: -60, until: -2 }));
    write('right', authority.client());
    write('expired', authority.client({ from: -60, until: -2 }));
    write('stranger', stranger.client());
    writeFileSync(file('dh1024.pem'), dhParameters());
    for (const name of names) {
      const free = await startTcpServer(() => undefined);
      ports[name] = free.port;
      await free.close();
    }
    const site = (name: (typeof names)[number], more: string, certificate = 'server'): string => `
  server {
    listen 127.0.0.1:${ports[name]} ssl;
    ssl_certificate ${file(`${certificate}.pem`)};
    ssl_certificate_key ${file(`${certificate}.key`)};
    ${more}
    location / { return 200 "jira\\n"; }
  }`;
    const verify = `ssl_client_certificate ${file('anchors.pem')}; ssl_verify_client on;`;
    writeFileSync(
      file('nginx.conf'),
      `daemon off; worker_processes 1; pid ${file('nginx.pid')}; error_log ${file('error.log')};
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${file('body')}; proxy_temp_path ${file('proxy')}; fastcgi_temp_path ${file('fastcgi')};
  uwsgi_temp_path ${file('uwsgi')}; scgi_temp_path ${file('scgi')};
  ${site('mutual', `ssl_protocols TLSv1.2; ${verify}`)}
  ${site('plain', 'ssl_protocols TLSv1.2;')}
  ${site('tls13', `ssl_protocols TLSv1.3; ${verify}`)}
  ${site('both', `ssl_protocols TLSv1.2 TLSv1.3; ${verify}`)}
  ${site('weakdh', `ssl_protocols TLSv1.2; ssl_dhparam ${file('dh1024.pem')}; ssl_ciphers DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0; ${verify}`)}
  ${site('expired', `ssl_protocols TLSv1.2; ${verify}`, 'expired-server')}
}`,
    );
    server = spawn(nginx ?? '', ['-c', file('nginx.conf'), '-p', directory], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (const name of names) await answering(ports[name]);
  });
  after(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  });

  const words = (site: (typeof names)[number], client: string | null, ...more: string[]): string[] => [
    `https://localhost:${ports[site]}/jira`,
    '--connect',
    `127.0.0.1:${ports[site]}`,
    '--anchors',
    file('anchors.pem'),
    '--allow-private',
    ...(client === null ? [] : ['--client-cert', file(`${client}.pem`), '--client-key', file(`${client}.key`)]),
    ...more,
  ];

  it('accepts with the right certificate', async () => {
    const { exitCode, document } = await check(words('mutual', 'right', '--expect-mutual'));
    assert.equal(exitCode, 0);
    assert.equal(document.verdict, 'accepted');
    assert.equal(document.error, null);
    assert.deepEqual(document.http, { status: 200 });
    assert.equal(document.clientCertificate.outcome, 'accepted');
    assert.deepEqual([document.clientCertificate.requested, document.clientCertificate.sent], [true, true]);
    assert.match(document.clientCertificate.acceptedIssuers[0] ?? '', /Good Root/);
    assert.equal(document.tls?.protocol, 'TLSv1.2');
    assert.match(document.tls?.suite ?? '', /^TLS_ECDHE_RSA_/);
    for (const name of ['validity', 'trust', 'signature', 'name'] as const)
      assert.equal(document.checks[name].status, 'pass', name);
    assert.equal(document.checks.revocation.status, 'unknown');
  });

  for (const client of [null, 'expired', 'stranger'])
    it(`sees that ${client === null ? 'no certificate' : `a certificate that is ${client}`} is refused in HTTP`, async () => {
      const { exitCode, document } = await check(words('mutual', client));
      assert.equal(exitCode, 0, 'the server itself is in order');
      assert.equal(document.verdict, 'accepted');
      assert.equal(document.http.status, 400);
      assert.equal(document.clientCertificate.outcome, 'refused');
      assert.equal(document.clientCertificate.sent, client !== null);
      const mutual = await check(words('mutual', client, '--expect-mutual'));
      assert.equal(mutual.exitCode, 1);
    });

  for (const site of ['tls13', 'both'] as const)
    it(`negotiates TLS 1.3 under tls13 with a server that has ${site === 'both' ? 'both' : 'nothing else'}, with the same answers`, async () => {
      const newer = ['--policy', 'tls13', '--expect-mutual'];
      const right = await check(words(site, 'right', '--accept-tls13', ...newer));
      assert.equal(right.exitCode, 0);
      assert.equal(right.document.tls?.protocol, 'TLSv1.3');
      assert.equal(right.document.clientCertificate.outcome, 'accepted');
      assert.match(right.document.clientCertificate.acceptedIssuers[0] ?? '', /Good Root/);
      const none = await check(words(site, null, ...newer));
      assert.equal(none.exitCode, 1);
      assert.equal(none.document.http.status, 400);
    });

  it('says not-requested where nobody asks for a certificate', async () => {
    const { exitCode, document } = await check(words('plain', 'right'));
    assert.equal(exitCode, 0);
    assert.equal(document.clientCertificate.outcome, 'not-requested');
    assert.equal(document.clientCertificate.sent, false);
    assert.equal((await check(words('plain', 'right', '--expect-mutual'))).exitCode, 1);
  });

  it('refuses by a check with exit 1, before our certificate has left', async () => {
    const expired = await check(words('expired', 'right'));
    assert.equal(expired.exitCode, 1);
    assert.equal(expired.document.verdict, 'refused');
    assert.equal(expired.document.checks.validity.code, 'X509_EXPIRED');
    assert.equal(expired.document.clientCertificate.sent, false);
    const later = await check(words('mutual', 'right', '--at', '2050-01-01T00:00:00Z'));
    assert.equal(later.exitCode, 1);
    assert.equal(later.document.checks.validity.status, 'fail');
    const hard = await check(words('mutual', 'right', '--revocation', 'hard'));
    assert.equal(hard.exitCode, 1);
  });

  for (const [site, code] of [
    ['tls13', 'protocol-version'],
    ['weakdh', 'weak-dh'],
  ] as const)
    it(`is ${code} with exit 3 against a server with ${site}`, async () => {
      const { exitCode, document } = await check(words(site, 'right'));
      assert.equal(exitCode, 3);
      assert.equal(document.verdict, 'none');
      assert.equal(document.error?.code, code);
      assert.equal(document.checks.trust.code, 'not-reached');
      assert.equal(document.clientCertificate.sent, false);
    });

  it('needs --allow-private for loopback', async () => {
    const { exitCode, document } = await check(words('mutual', 'right').filter((word) => word !== '--allow-private'));
    assert.equal(exitCode, 3);
    assert.equal(document.error?.code, 'address-forbidden');
  });

  it('gives a typed error and exit 2 for files and options that cannot be used', async () => {
    writeFileSync(file('broken.pem'), '-----BEGIN CERTIFICATE-----\nMIIB\n');
    writeFileSync(file('huge.pem'), 'x'.repeat(5_000_000));
    const cases: readonly [string[], string][] = [
      [
        [...words('mutual', null), '--client-cert', file('right.pem'), '--client-key', file('stranger.key')],
        'client-key-mismatch',
      ],
      [
        [...words('mutual', null), '--client-cert', file('broken.pem'), '--client-key', file('right.key')],
        'client-certificate-malformed',
      ],
      [
        [...words('mutual', null), '--client-cert', file('huge.pem'), '--client-key', file('right.key')],
        'file-too-large',
      ],
      [['https://localhost', '--anchors', file('broken.pem')], 'anchors-malformed'],
      [['https://localhost', '--anchors', file('missing.pem')], 'file-unreadable'],
      [['https://user:secret@localhost'], 'url-credentials'],
      [['http://localhost'], 'url-not-https'],
      [['https://localhost', '--at', 'yesterday'], 'usage'],
      [['https://localhost', '--nonsense'], 'usage'],
      [['https://localhost', '--client-cert', file('right.pem')], 'usage'],
      [[], 'usage'],
    ];
    const runs = await Promise.all(cases.map(([given]) => check(given)));
    runs.forEach(({ exitCode, document, error, out }, index) => {
      assert.equal(document.error?.code, cases[index]?.[1], `case ${index}`);
      assert.equal(exitCode, 2, `case ${index}`);
      assert.doesNotMatch(error + out, /secret/);
    });
  });

  it('ends the table for people with one sentence', async () => {
    const good = await check(words('mutual', 'right'), false);
    assert.match(good.out.trimEnd().split('\n').at(-1) ?? '', /^It works: localhost /);
    const bad = await check(words('expired', 'right'), false);
    assert.match(bad.out.trimEnd().split('\n').at(-1) ?? '', /must act: /);
  });
});

/** A group of 1024 bits (RFC 2409 §6.2) as PKCS#3: SEQUENCE of prime and generator. */
function dhParameters(): string {
  const prime = getDiffieHellman('modp2').getPrime();
  const body = Buffer.concat([Buffer.from([0x02, 0x81, prime.length + 1, 0]), prime, Buffer.from([0x02, 1, 2])]);
  return writePem('DH PARAMETERS', Buffer.concat([Buffer.from([0x30, 0x81, body.length]), body]));
}

async function answering(port: number): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (up) return;
    assert.ok(Date.now() < end, `nginx does not answer on ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
