/** Revocation data through a real squid: the same way as the connection's own dials, and no other. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { lockFiles, openRevocationFolder } from '@sallyport/revocation-fetch';
import { basicAuthentication } from '@sallyport/tls-dialer';
import type { FetchedSource, ForwardProxy } from '@sallyport/tls-dialer';
import { tls12Six } from '@sallyport/tls-policy';
import { readCertificate } from '@sallyport/x509';
import { distributionPoints, writeCrl } from '../../pure/x509/generate/crl-author.ts';
import { commonName, keyNamed, writeCertificate } from '../../pure/x509/vectors/certificate-author.ts';
import { Authority } from './far-side.ts';
import { squid, startSquid } from './running-squid.ts';
import type { RunningSquid } from './running-squid.ts';

const now = Date.parse('2026-06-10T00:00:00Z');
const host = 'crl.authority.example';
const credential = { user: 'egress', password: 'planted-4711' };
const root = keyNamed('root');
const rootName = commonName('Root');
const issuer = readCertificate(writeCertificate({ subject: rootName, issuer: rootName, key: root, signer: root }));

describe('a source behind a forward proxy', { skip: squid === null && 'squid is not installed' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-proxied-'));
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    if (request.url === '/inside') response.writeHead(302, { location: 'http://jira.internal/' }).end();
    else response.end(writeCrl({ issuer: rootName, signer: root }));
  });
  let proxy: RunningSquid;
  let port = 0;
  let folders = 0;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    proxy = await startSquid(new Authority('Proxy Root').server(), [port], [host], credential);
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await proxy?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function fetchFrom(url: string, changes: Partial<ForwardProxy>): Promise<FetchedSource | undefined> {
    const at = join(folder, String(folders++));
    const opened = openRevocationFolder({ folder: at, lock: lockFiles(join(at, 'locks')), clock: () => now });
    const certificate = readCertificate(
      writeCertificate({
        subject: commonName('Server'),
        issuer: rootName,
        key: keyNamed('server'),
        signer: root,
        extensions: [distributionPoints({ uri: url })],
      }),
    );
    const way: ForwardProxy = {
      url: `http://127.0.0.1:${proxy.open}`,
      authentication: { kind: 'none' },
      anchors: [],
      policy: tls12Six,
      allowPrivate: true,
      ...changes,
    };
    const data = opened.forConnection({ proxy: way, allowPrivate: false });
    const { sources } = await data.fetch([certificate], [issuer], AbortSignal.timeout(20_000));
    opened.close();
    return sources[0];
  }

  it('is reached by the name that only the proxy knows', async () => {
    assert.equal((await fetchFrom(`http://${host}:${port}/ca.crl`, {}))?.code, 'ok');
    assert.match(proxy.log(), new RegExp(`GET http://${host}:${port}/ca.crl`));
  });
  it('gets nothing of the credential that the proxy gets', async () => {
    const authentication = basicAuthentication(credential.user, credential.password);
    assert.ok(authentication !== null);
    const url = `http://127.0.0.1:${proxy.basic}`;
    seen.length = 0;
    assert.equal((await fetchFrom(`http://${host}:${port}/ca.crl`, { url, authentication }))?.code, 'ok');
    assert.equal(seen.length, 1);
    assert.doesNotMatch(JSON.stringify(seen), /planted|authorization|cookie/i);
  });
  it('is not blamed for what the proxy refuses, or where there is none', async () => {
    const refused = await fetchFrom(`http://${host}:${port}/ca.crl`, { url: `http://127.0.0.1:${proxy.basic}` });
    assert.deepEqual([refused?.code, refused?.actor === 'certificate-authority'], ['source-proxy-failed', false]);
    const absent = await fetchFrom(`http://${host}:${port}/ca.crl`, { url: 'http://127.0.0.1:9' });
    assert.equal(absent?.code, 'source-proxy-failed');
  });
  it('is not asked where its name means something inside a network only, nor is a redirect to such a name followed', async () => {
    for (const name of ['localhost', 'intranet', 'crl.corp.internal', 'printer.local'])
      assert.equal((await fetchFrom(`http://${name}:${port}/ca.crl`, {}))?.code, 'source-address-forbidden', name);
    assert.equal((await fetchFrom(`http://${host}:${port}/inside`, {}))?.code, 'source-redirect-forbidden');
    assert.equal((await fetchFrom(`http://127.0.0.1:${port}/ca.crl`, {}))?.code, 'source-address-forbidden');
  });
});
