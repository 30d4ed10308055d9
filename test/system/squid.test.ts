/** `sallyport check` through a real squid: without authentication, with it, over TLS; and each of its refusals. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { HostPort } from '@sallyport/addresses';
import { dial, reachPlainHttp } from '@sallyport/tls-dialer';
import type { CheckDocument, PlainHttpWay, ProxyAuthentication } from '@sallyport/tls-dialer';
import { tls12Six } from '@sallyport/tls-policy';
import { Authority, startTcpServer, startTlsServer, targetAt } from './far-side.ts';
import type { RunningServer, Wire } from './far-side.ts';
import { squid, startSquid } from './running-squid.ts';
import type { RunningSquid } from './running-squid.ts';

const program = new URL('../../programs/cli/src/main.ts', import.meta.url).pathname;
const credential = { user: 'egress', password: 'Geheim:for-squid' };
const none = { kind: 'none' } as const;
const host = 'jira.behind.example';

describe('a check through squid', { skip: squid === null && 'squid is not installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-proxy-'));
  const file = (name: string): string => join(folder, name);
  const authority = new Authority('Good Root');
  const proxyAuthority = new Authority('Proxy Root');
  let jira: RunningServer;
  let closedPort: number;
  let proxy: RunningSquid;

  before(async () => {
    const server = authority.server({ names: [host] });
    const client = authority.client();
    jira = await startTlsServer({
      cert: server.certificatePem,
      key: server.keyPem,
      ca: authority.root.certificatePem,
      requestCert: true,
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.2',
    });
    const closed: Wire = await startTcpServer(() => undefined);
    closedPort = closed.port;
    await closed.close();
    writeFileSync(file('anchors.pem'), authority.root.certificatePem);
    writeFileSync(file('proxy-anchors.pem'), proxyAuthority.root.certificatePem);
    writeFileSync(file('client.pem'), client.chainPem);
    writeFileSync(file('client.key'), client.keyPem);
    writeFileSync(file('right'), `${credential.user}:${credential.password}\n`);
    proxy = await startSquid(proxyAuthority.server(), [jira.port, closedPort], [host], credential);
  });
  after(async () => {
    await Promise.all([proxy?.stop(), jira.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  function check(
    url: string,
    words: readonly string[],
  ): Promise<{ exitCode: number; said: string; document: CheckDocument }> {
    const all = [program, 'check', url, '--anchors', file('anchors.pem'), '--json', '--proxy-allow-private', ...words];
    const ours = ['--client-cert', file('client.pem'), '--client-key', file('client.key'), '--expect-mutual'];
    // These certificates name no source of revocation data.
    if (!words.includes('--revocation')) ours.push('--revocation', 'soft');
    return new Promise((resolve) => {
      execFile(process.execPath, [...all, ...ours], { timeout: 30_000 }, (error, out, errorText) => {
        const exitCode = error === null ? 0 : Number(error.code);
        resolve({ exitCode, said: out + errorText, document: JSON.parse(out) as CheckDocument });
      });
    });
  }
  const jiraUrl = (): string => `https://${host}:${jira.port}/`;

  it('works without authentication, for a name that only squid resolves', async () => {
    const { exitCode, document } = await check(jiraUrl(), ['--proxy', `http://127.0.0.1:${proxy.open}`]);
    assert.equal(exitCode, 0);
    assert.equal(document.clientCertificate.outcome, 'accepted');
    assert.deepEqual(document.proxy?.path, [`127.0.0.1:${proxy.open}`, `${host}:${jira.port}`]);
    assert.equal(document.proxy?.status, 200);
  });

  it('works with user name and password, and nothing that is printed or sent to the target holds them', async () => {
    const { exitCode, said } = await check(jiraUrl(), [
      '--proxy',
      `http://127.0.0.1:${proxy.basic}`,
      '--proxy-credential-file',
      file('right'),
    ]);
    assert.equal(exitCode, 0);
    assert.match(proxy.log(), new RegExp(`CONNECT ${host}:${jira.port} ${credential.user} `), 'squid knew us');
    const encoded = Buffer.from(`${credential.user}:${credential.password}`).toString('base64');
    for (const text of [said, ...jira.requests])
      for (const hidden of [credential.password, encoded]) assert.equal(text.includes(hidden), false);
  });

  it('works over TLS, with the certificate of squid judged first', async () => {
    const url = ['--proxy', `https://localhost:${proxy.tls}`];
    const { exitCode, document } = await check(jiraUrl(), [...url, '--proxy-anchors', file('proxy-anchors.pem')]);
    assert.equal(exitCode, 0);
    assert.equal(document.proxy?.report?.verdict, 'accepted');
    assert.equal(document.proxy?.tls?.protocol, 'TLSv1.2');
    const stranger = await check(jiraUrl(), [...url, '--proxy-anchors', file('anchors.pem')]);
    assert.equal(stranger.exitCode, 3);
    assert.equal(stranger.document.error?.code, 'proxy-checks-refused');
    assert.equal(stranger.document.proxy?.report?.checks.trust.status, 'fail');
  });

  it('tells its refusals apart: no credential, a wrong one, a place that its rules do not name, one that it does not reach', async () => {
    const [open, basic] = [proxy.open, proxy.basic].map((port) => `http://127.0.0.1:${port}`);
    const wrong = { kind: 'basic', user: credential.user, password: 'Wrong-for-squid' } as const;
    const place = { host, port: jira.port };
    const cases: readonly [HostPort, string | undefined, ProxyAuthentication, string, RegExp][] = [
      [place, basic, none, 'proxy-authentication-required', /none is set/],
      [place, basic, wrong, 'proxy-authentication-required', /does not accept/],
      [{ host, port: 9 }, open, none, 'proxy-forbidden', /ERR_ACCESS_DENIED/],
      [{ host, port: closedPort }, open, none, 'proxy-bad-gateway', /ERR_CONNECT_FAIL/],
      [{ ...place, host: 'nowhere.invalid' }, open, none, 'proxy-bad-gateway', /does not reach nowhere\.invalid/],
      [place, `http://127.0.0.1:${proxy.tls}`, none, 'proxy-protocol-error', /./],
      [place, `https://localhost:${proxy.open}`, none, 'proxy-protocol-error', /No TLS handshake/],
      [place, `http://127.0.0.1:${closedPort}`, none, 'proxy-unreachable', /refuses connections/],
    ];
    for (const [target, url = '', authentication, code, message] of cases) {
      const outcome = await dial(
        targetAt(target.port, authority, {
          ...target,
          connectTo: null,
          proxy: { url, authentication, anchors: [], policy: tls12Six, allowPrivate: true },
        }),
      );
      assert.ok(outcome.verdict === 'none');
      assert.equal(outcome.error.code, code, outcome.error.message);
      assert.match(outcome.error.message, message);
    }
  });

  it('takes a password from a file only', async () => {
    const inUrl = await check(jiraUrl(), ['--proxy', `http://egress:Geheim@127.0.0.1:${proxy.basic}`]);
    assert.equal(inUrl.exitCode, 2);
    assert.equal(inUrl.document.error?.code, 'proxy-url-credentials');
    assert.equal(inUrl.said.includes('Geheim'), false);
    const alone = await check(jiraUrl(), ['--proxy-credential-file', file('right')]);
    assert.equal(alone.exitCode, 2);
  });

  it('leads a plain HTTP request to it in absolute-form, as revocation data is fetched', async () => {
    const asked: string[] = [];
    const source = await startTcpServer((socket) =>
      socket.on('data', (bytes: Buffer) => {
        asked.push(bytes.toString('latin1'));
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\ncrl');
      }),
    );
    const own = await startSquid(proxyAuthority.server(), [source.port], [host], credential);
    const { anchors } = targetAt(0, proxyAuthority);
    const way = await reachPlainHttp(
      { host, port: source.port },
      {
        proxy: {
          url: `http://127.0.0.1:${own.basic}`,
          authentication: { kind: 'basic', ...credential },
          anchors,
          policy: tls12Six,
          allowPrivate: true,
        },
        allowPrivate: false,
        deadlineMilliseconds: 5_000,
      },
    );
    assert.equal(way.requestTarget('/ca.crl'), `http://${host}:${source.port}/ca.crl`);
    assert.match(await answerOn(way, '/ca.crl', host), /^HTTP\/1\.1 200[^]*crl$/);
    assert.match(asked[0] ?? '', /^GET \/ca\.crl HTTP\/1\.1\r\n/);
    assert.doesNotMatch(asked[0] ?? '', /proxy-authorization/i, 'its credential stays with it');
    await Promise.all([own.stop(), source.close()]);
  });
});

function answerOn({ stream, requestTarget, fields }: PlainHttpWay, path: string, place: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
    stream.on('end', () => resolve(text));
    stream.on('error', reject);
    const more = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    stream.write(`GET ${requestTarget(path)} HTTP/1.1\r\nHost: ${place}\r\nConnection: close\r\n${more.join('')}\r\n`);
  });
}
