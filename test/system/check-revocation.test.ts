/** `sallyport check` as a person runs it, with revocation as it comes: hard, fetched by itself, kept in a folder that processes share. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { CheckDocument } from '@sallyport/tls-dialer';
import { startSourceServer } from '../faults/authority/source-server.ts';
import type { SourceServer } from '../faults/authority/source-server.ts';
import { faultHost, FaultWorld } from '../faults/authority/world.ts';
import type { Wish } from '../faults/authority/world.ts';
import { startTlsServer } from './far-side.ts';
import type { RunningServer } from './far-side.ts';

const program = new URL('../../programs/cli/src/main.ts', import.meta.url).pathname;

describe('check, as it comes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-check-'));
  const servers: RunningServer[] = [];
  let sources: SourceServer;
  let world: FaultWorld;
  let anchors: string;
  let caches = 0;

  before(async () => {
    sources = await startSourceServer();
    world = new FaultWorld(sources.url, Date.now());
    sources.open(world);
    anchors = join(folder, 'anchors.pem');
    writeFileSync(anchors, world.certificateOf('root'));
  });
  after(async () => {
    await Promise.all([sources.close(), ...servers.map((server) => server.close())]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function serve(wish: Wish = {}): Promise<number> {
    const identity = world.server(wish);
    const server = await startTlsServer({ cert: identity.chainPem, key: identity.keyPem, maxVersion: 'TLSv1.2' });
    servers.push(server);
    return server.port;
  }

  const newCache = (): string => join(folder, `cache-${caches++}`);

  function check(
    port: number,
    cache: string,
    words: readonly string[] = [],
  ): Promise<{ exitCode: number; document: CheckDocument; text: string }> {
    const place = ['--connect', `127.0.0.1:${port}`, '--allow-private', '--anchors', anchors];
    const json = words.includes('--text') ? [] : ['--json'];
    const all = [
      program,
      'check',
      `https://${faultHost}:${port}/`,
      ...place,
      ...json,
      ...words.filter((word) => word !== '--text'),
    ];
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        all,
        { timeout: 40_000, env: { ...process.env, XDG_CACHE_HOME: cache } },
        (error, out) => {
          const exitCode = error === null ? 0 : Number(error.code);
          resolve({ exitCode, text: out, document: (json.length === 0 ? {} : JSON.parse(out)) as CheckDocument });
        },
      );
    });
  }

  it('fetches what it needs into the cache of its user, for nobody else to read, and a second time asks nobody', async () => {
    const port = await serve();
    const cache = newCache();
    const first = await check(port, cache);
    assert.equal(first.document.checks.revocation.status, 'pass');
    assert.equal(first.document.verdict, 'accepted');
    assert.deepEqual(
      first.document.revocation?.answers.map(({ kind, from }) => [kind, from]),
      [
        ['crl', 'held'],
        ['crl', 'held'],
      ],
    );
    assert.ok(first.document.revocation?.fetched.every(({ code }) => code === 'ok'));
    const kept = join(cache, 'sallyport', 'revocation');
    const files = readdirSync(kept, { recursive: true, withFileTypes: true });
    assert.ok(files.filter((file) => file.isFile()).length >= 6);
    for (const file of files) {
      const { mode } = statSync(join(file.parentPath, file.name));
      assert.equal(mode & 0o077, 0, `${file.name} is for its owner alone`);
    }
    const asked = sources.asked.length;
    const second = await check(port, cache);
    assert.deepEqual([second.document.verdict, second.document.revocation?.fetched], ['accepted', []]);
    assert.equal(sources.asked.length, asked);
    const { text } = await check(port, cache, ['--text']);
    assert.match(text, /Revocation +CRL http:\/\/127\.0\.0\.1:\d+\/healthy\/crl\/issuing of 20/);
  });

  it('refuses what is revoked with exit 1', async () => {
    const { exitCode, document } = await check(await serve({ revoked: true }), newCache());
    assert.deepEqual([exitCode, document.verdict, document.checks.revocation.status], [1, 'refused', 'fail']);
  });

  it('refuses what nobody can tell, says whom it asked, and passes it where it is told to be soft', async () => {
    const port = await serve({ pointers: { crl: 'source-404', ocsp: null } });
    const cache = newCache();
    const hard = await check(port, cache);
    assert.deepEqual([hard.exitCode, hard.document.checks.revocation.status], [1, 'unknown']);
    assert.equal(hard.document.checks.revocation.evidence['sourceCode'], 'source-http-status');
    assert.match(hard.document.checks.revocation.message, /404/);
    const soft = await check(port, cache, ['--revocation', 'soft']);
    assert.deepEqual([soft.document.verdict, soft.document.checks.revocation.status], ['accepted', 'unknown']);
    const off = await check(port, cache, ['--revocation', 'off']);
    assert.equal(off.document.checks.revocation.status, 'not-applicable');
  });

  it('keeps its data where it is told to, and says where that cannot be', async () => {
    const port = await serve();
    const named = join(folder, 'named');
    assert.equal((await check(port, newCache(), ['--revocation-folder', named])).document.verdict, 'accepted');
    assert.ok(readdirSync(join(named, 'crl')).length > 0);
    const occupied = await check(port, newCache(), ['--revocation-folder', anchors]);
    assert.deepEqual([occupied.exitCode, occupied.document.error?.code], [2, 'revocation-folder']);
  });

  it('asks each source once, however many checks run at the same time on a host', async () => {
    const port = await serve();
    const cache = newCache();
    const before = sources.asked.length;
    const runs = await Promise.all(Array.from({ length: 4 }, () => check(port, cache)));
    for (const { document } of runs)
      assert.equal(document.verdict, 'accepted', JSON.stringify([document.checks.revocation, document.revocation]));
    assert.deepEqual(sources.asked.slice(before).sort(), ['GET /healthy/crl/issuing', 'GET /healthy/crl/root']);
  });
});
