import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  connectionsUnder,
  fetchSourceNow,
  findContents,
  findHandshakes,
  listClientCertificates,
  listClientCertificateStatuses,
  listHandshakes,
  listSources,
  requestJob,
  setConnectionState,
  sourcesOfConnection,
  writeSetting,
  type Connection,
} from '@sallyport/store';
import { sql } from 'kysely';
import { serialOf } from '../../sandbox/src/demo-pki/certificate.ts';
import { issuerOf, type DemoAuthority } from '../../sandbox/src/demo-pki/demo-authority.ts';
import { issueRevocationList } from '../../sandbox/src/demo-pki/revocation-list.ts';
import { startWeb, type RunningWeb } from './running-web.ts';
import { withOwner } from './stored-connection.ts';
import { startSyncWorld, until, type SyncWorld } from './sync-world.ts';

describe('a connector with live revocation', () => {
  let world: SyncWorld;
  let connection: Connection;
  let web: RunningWeb;

  before(async () => {
    world = await startSyncWorld();
    connection = await world.connect();
    web = await startWeb(world.database);
  });
  after(async () => {
    await web?.stop();
    await world?.stop();
  });

  const sources = () => sourcesOfConnection(world.store, world.scope, connection.id, new Date());
  /** Brings every source forward, as "fetch now" does. */
  const fetchNow = async (): Promise<void> => {
    for (const { id } of await listSources(world.store, world.scope, new Date()))
      await fetchSourceNow(world.store, world.scope, id);
  };

  /** The last instant at which a source brought other bytes. */
  const changes = async (): Promise<number> =>
    Math.max(
      ...(await listSources(world.store, world.scope, new Date())).map(({ changedAt }) => changedAt?.getTime() ?? 0),
    );

  it('dials under the hard rule, which new connections have, and says which source answered', async () => {
    assert.equal(connection.terms.revocation, 'hard');
    await until('issues', async () => ((await world.connection(connection.id)).sync?.issuesStored ?? 0) > 0);
    await requestJob(world.store, world.scope, 'proof', connection.id);
    const proof = await until('a proof', async () =>
      (await listHandshakes(world.store, world.scope, connection.id, { limit: 20 })).find(
        ({ purpose }) => purpose === 'proof',
      ),
    );
    assert.equal(proof.verdict, 'accepted');
    const { report, revocation } = proof.evidence as {
      report: { checks: { revocation: { status: string } }; path: { issuer: string }[] };
      revocation: { certificateIndex: number; kind: string; sha256: string; url: string }[];
    };
    assert.equal(report.checks.revocation.status, 'pass');
    const issuer = report.path[0]?.issuer ?? '';
    const under = await connectionsUnder(world.store, world.scope, [issuer, 'CN=No Such Authority']);
    assert.deepEqual([...under], [[issuer, 1]], 'who would be touched by a softening of it');
    assert.deepEqual(
      revocation.map(({ certificateIndex }) => certificateIndex),
      [0, 1],
    );
    const digests = revocation.map(({ sha256 }) => sha256);
    const kept = await until('the deciding bytes', async () => {
      const found = await findContents(world.store, digests);
      return found.size === new Set(digests).size && found;
    });
    assert.equal(kept.get(digests[0] ?? '')?.kind, revocation[0]?.kind);
  });

  it('shows what this host holds of each source of the connection', async () => {
    const held = await until('sources', async () => {
      const found = await sources();
      return found.some(({ fetchedAt }) => fetchedAt !== null) && found;
    });
    const crl = held.find(({ kind, fetchedAt }) => kind === 'crl' && fetchedAt !== null);
    assert.match(crl?.url ?? '', /\/crl\/\w+\.crl$/);
    assert.ok(crl?.nextUpdate !== null && crl?.staleSince === null && crl.error === null);
    assert.match(crl.authority, /^CN=/);
  });

  /** Status of each of our certificates, all judged after an instant; null while one is not. */
  const ownStatuses = async (after: Date): Promise<readonly string[] | null> => {
    const certificates = await listClientCertificates(world.store, world.scope);
    const judged = (await listClientCertificateStatuses(world.store, world.scope)).filter(
      ({ judgedAt }) => judgedAt > after,
    );
    return judged.length === certificates.length ? judged.map(({ status }) => status) : null;
  };

  it('looks after our own client certificates on the same schedule', async () => {
    const statuses = await until('what is known of our certificates', async () => {
      const found = await ownStatuses(new Date(0));
      return found !== null && !found.includes('unknown') && found;
    });
    assert.deepEqual([...new Set(statuses)], ['good']);
  });

  it('knows of them what it knew after a check of the sandbox, which sets aside what dials go by', async () => {
    const answer = await web.ask('POST', `/api/v1/connections/${connection.id}/check`);
    assert.equal(answer.status, 200, answer.text);
    const checked = new Date();
    assert.deepEqual(
      [...new Set(await until('judged again', () => ownStatuses(checked)))],
      ['good'],
      'also those whose authority the far side does not show',
    );
  });

  it('says before a change whom it would refuse, and why', async () => {
    const replay = async (change: object): Promise<{ judged: number; refused: { check: string; code: string }[] }> => {
      const answer = await web.ask('POST', '/api/v1/replays', { body: { change } });
      assert.equal(answer.status, 200, answer.text);
      return answer.body as never;
    };
    assert.deepEqual(await replay({ revocation: 'hard' }), { judged: 1, refused: [], notJudged: [] });
    const open = await replay({ anchors: { kind: 'public' } });
    assert.equal(open.refused[0]?.check, 'trust');
    const old = await replay({ revocationRules: { greatestAgeHours: 1 } });
    assert.deepEqual(old.refused, [], 'what is held was fetched just now');
    const path = `/api/v1/connections/${connection.id}`;
    const change = { anchors: { kind: 'public' }, revocation: 'hard' };
    const refused = await web.ask('PATCH', path, { body: change });
    const { code, seen } = refused.body as { code: string; seen: { termsSha256: string; refused: object[] } };
    assert.deepEqual([refused.status, code, seen.refused.length], [409, 'replay-refuses', 1], refused.text);
    assert.equal((await world.connection(connection.id)).terms.version, 1, 'nothing has changed');
    const seenAll = await web.ask('PATCH', path, { body: { ...change, replayedSha256: seen.termsSha256 } });
    // Other anchors weaken as well: that asks for an approval of its own.
    assert.equal((seenAll.body as { code: string }).code, 'terms-approval-needed', seenAll.text);
  });

  it('has an answer about the web tier’s own certificate stapled, and never a stale one', async (t) => {
    if (spawnSync('openssl', ['version']).status !== 0) return t.skip('openssl is not installed');
    const authority = JSON.parse(readFileSync(join(world.dataDirectory, 'sandbox/pki.json'), 'utf8')) as DemoAuthority;
    const files = { certificate: join(world.dataDirectory, 'web.crt'), key: join(world.dataDirectory, 'web.key') };
    writeFileSync(files.certificate, authority.serverEcdsa.chainPem);
    writeFileSync(files.key, authority.serverEcdsa.keyPem, { mode: 0o600 });
    await withOwner(world.database, (owner) =>
      writeSetting(owner, 'web-authority', { anchorsPem: authority.root.certificatePem, allowPrivate: true }),
    );
    const own = await startWeb(world.database, {
      SALLYPORT_TLS_CERTIFICATE: files.certificate,
      SALLYPORT_TLS_KEY: files.key,
    });
    try {
      const ask = async (): Promise<string> => {
        const client = execFile('openssl', ['s_client', '-connect', `127.0.0.1:${own.port}`, '-tls1_2', '-status']);
        client.stdin?.end();
        let text = '';
        for await (const chunk of client.stdout ?? []) text += String(chunk);
        return text;
      };
      const stapled = await until('a staple', async () => {
        const text = await ask();
        return text.includes('OCSP Response Status: successful') && text;
      });
      assert.match(stapled, /Cert Status: good/);
      await withOwner(world.database, async (owner) => {
        await sql`update web_staple set next_update = now(), next_fetch_at = now() + interval '1 hour'`.execute(
          owner.db,
        );
      });
      await until('no staple', async () => (await ask()).includes('OCSP response: no response sent'));
    } finally {
      await own.stop();
    }
  });

  it('shows each fault of the sandbox at the next check, however warm the cache, and is well again after it', async () => {
    const check = async (): Promise<readonly (string | undefined)[]> => {
      const answer = await web.ask('POST', `/api/v1/connections/${connection.id}/check`);
      assert.equal(answer.status, 200, answer.text);
      const { handshake, connection: checked } = answer.body as {
        handshake: { verdict: string };
        connection: { checks: { revocation: { status: string; code: string } } };
      };
      const { status, code } = checked.checks.revocation;
      return [handshake.verdict, status, code];
    };
    assert.deepEqual((await check()).slice(0, 2), ['accepted', 'pass']);
    for (const [fault, status, code] of [
      ['revoked-by-crl', 'fail', /^X509_REVOCATION_REVOKED$/],
      ['revoked-by-ocsp', 'fail', /^X509_REVOCATION_REVOKED$/],
      ['source-404', 'unknown', /^X509_REVOCATION_/],
      ['source-stale', 'unknown', /^X509_CRL_EXPIRED$/],
    ] as const) {
      await world.control('/faults', { fault, on: true });
      const seen = await check();
      assert.equal(seen[0], 'refused', `${fault}: ${seen.join(' ')}`);
      assert.match(String(seen[2]), code, fault);
      assert.ok([status, 'fail'].includes(String(seen[1])), `${fault}: ${seen.join(' ')}`);
      await world.control('/faults', { fault, on: false });
      assert.deepEqual((await check()).slice(0, 2), ['accepted', 'pass'], `after ${fault}`);
    }
    await setConnectionState(world.store, world.scope, connection.id, 'active');
  });

  it('hands out evidence that openssl judges again, offline, and that it refuses when the chain was changed', async (t) => {
    for (const program of ['openssl', 'unzip'])
      if (spawnSync(program, ['version']).error !== undefined) return t.skip(`${program} is not installed`);
    const folder = join(world.dataDirectory, 'archive');
    const file = join(world.dataDirectory, 'evidence.zip');
    const evidence = (...words: string[]) =>
      spawnSync(
        process.execPath,
        [new URL('../../programs/database/src/main.ts', import.meta.url).pathname, 'evidence', ...words],
        { env: { ...process.env, SALLYPORT_DATA: world.dataDirectory }, encoding: 'utf8', timeout: 60_000 },
      );
    const written = evidence(connection.name, '--at', new Date().toISOString(), '--output', file);
    assert.equal(written.status, 0, written.stderr);
    assert.equal(spawnSync('unzip', ['-q', file, '-d', folder]).status, 0);
    assert.equal(statSync(join(folder, 'verify.sh')).mode & 0o111, 0o111);
    const verify = () => spawnSync('sh', ['verify.sh'], { cwd: folder, encoding: 'utf8' });
    const accepted = verify();
    assert.equal(accepted.status, 0, accepted.stdout + accepted.stderr);
    assert.match(accepted.stdout, /pass  validity, trust, signature and name/);
    assert.match(accepted.stdout, /pass  not revoked by revocation\/0\.(crl\.pem|ocsp\.der): path\/0\.pem/);
    assert.match(accepted.stdout, /pass  not revoked by revocation\/1/);
    const leaf = join(folder, 'path/0.pem');
    const shown = readFileSync(leaf);
    writeFileSync(leaf, readFileSync(join(folder, 'path/1.pem')));
    const swapped = verify();
    assert.equal(swapped.status, 1);
    assert.match(swapped.stdout, /FAIL  certificate as it was shown: path\/0\.pem/);
    assert.match(swapped.stdout, /FAIL  validity, trust, signature and name/);
    writeFileSync(leaf, shown);
    assert.equal(verify().status, 0);
    const again = evidence(connection.id, '--output', file);
    assert.notEqual(again.status, 0, 'no archive is written over');
  });

  it('closes the sockets of a connection whose server was revoked, and the connection says so', async () => {
    const since = new Date();
    await world.control('/revocations', { certificate: 'server', revoked: true });
    await fetchNow();
    const failing = await until('failing', async () => {
      const now = await world.connection(connection.id);
      return now.state === 'failing' && now;
    });
    assert.equal(failing.lastError?.code, 'X509_REVOCATION_REVOKED');
    assert.match(world.log('connector-1'), /"event":"connection.revoked"/);
    const refused = await until('a refused dial', async () =>
      (await listHandshakes(world.store, world.scope, connection.id, { limit: 20 })).find(
        ({ verdict, at }) => verdict === 'refused' && at >= since,
      ),
    );
    const [stored] = (await findHandshakes(world.store, world.scope, [refused.id])).values();
    assert.match(JSON.stringify(stored?.evidence), /X509_REVOCATION_REVOKED/);
  });

  it('goes on when the revocation was taken back', async () => {
    await world.control('/revocations', { certificate: 'server', revoked: false });
    const before = await changes();
    await fetchNow();
    await until('another list', async () => (await changes()) > before);
    await setConnectionState(world.store, world.scope, connection.id, 'active');
    await requestJob(world.store, world.scope, 'proof', connection.id);
    await until('an accepted proof', async () => {
      const [last] = await listHandshakes(world.store, world.scope, connection.id, { limit: 1 });
      return last?.verdict === 'accepted' && last.purpose === 'proof';
    });
  });

  it('takes a CRL that the customer pushes, and what it revokes is refused', async () => {
    const authority = JSON.parse(readFileSync(join(world.dataDirectory, 'sandbox/pki.json'), 'utf8')) as DemoAuthority;
    const now = Date.now();
    for (const [name, server] of [
      ['rsaIssuer', authority.serverRsa],
      ['ecdsaIssuer', authority.serverEcdsa],
    ] as const) {
      const revocation = { serial: serialOf(server.certificatePem), at: now - 1_000, reason: 1 };
      const crl = issueRevocationList(issuerOf(authority, name), [revocation], now).toString('base64');
      const answer = await web.ask('POST', `/api/v1/connections/${connection.id}/crls`, { body: { crl } });
      // Only the issuer of the chain that was shown is known.
      assert.ok([201, 422].includes(answer.status), answer.text);
    }
    await until('failing', async () => (await world.connection(connection.id)).state === 'failing');
    assert.equal((await world.connection(connection.id)).lastError?.code, 'X509_REVOCATION_REVOKED');
  });
});
