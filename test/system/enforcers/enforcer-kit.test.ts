import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { certificateHeaders, productOf, type Faces } from '@sallyport/enforcer-kit';
import type { CheckDocument } from '@sallyport/tls-dialer';
import { writePem } from '@sallyport/x509';
import { startEnforcerWorld, type ClientKind, type EnforcerWorld } from './enforcer-world.ts';
import { knock, knockUntil } from './knock.ts';
import type { TestedProduct } from './launchers.ts';
import { isInstalled, startFarSide, type FarSide } from './start-far-side.ts';
import { negotiates, renegotiates, resumes } from './tls-faces.ts';

const program = new URL('../../../programs/cli/src/main.ts', import.meta.url).pathname;
/** It stands in a comment of every configuration, and must stay there. */
const hostileTitle = 'x\n}\nserver { listen 1; }\r\n--><x> ${A} `id` $(id) "\'\u2028 */ \\';

/** What each product shows each client; the documents are made of the same data. */
const facesOf = (product: TestedProduct): Faces => productOf(product).faces ?? assert.fail(`${product} is a checklist`);

let world: EnforcerWorld;
before(async () => {
  world = await startEnforcerWorld();
});
after(() => world?.close());

for (const product of ['nginx', 'apache', 'haproxy', 'stunnel', 'tomcat'] as const)
  describe(
    `${product}, started from the enforcer kit`,
    { skip: !isInstalled(product) && `${product} is not installed` },
    () => {
      let far: FarSide;
      before(async () => {
        far = await startFarSide(product, {
          server: world.server,
          certificates: {
            currentPem: world.clients.current.chainPem,
            nextPem: world.clients.next.chainPem,
            authoritiesPem: world.rootPem,
          },
          jiraPort: world.jiraPort,
          title: hostileTitle,
        });
      });
      after(() => far?.close());
      const from = (client: ClientKind | null) => ({
        port: far.port,
        rootPem: world.rootPem,
        client: client === null ? null : world.clients[client],
      });
      const door = () => ({ port: far.port, rootPem: world.rootPem, client: world.clients.current });

      it('lets the current and the next certificate in, whose subject no configuration reads as its own', async () => {
        assert.equal(await knock(from('current')), 'HTTP 200');
        assert.equal(await knock(from('next')), 'HTTP 200');
      });

      it('shows every other client what its documents say', async () => {
        const { none, listEnded: _ended, listMissing: _missing, ...others } = facesOf(product);
        const seen: Record<string, string> = { none: await knock(from(null)) };
        for (const kind of Object.keys(others) as (keyof typeof others)[]) seen[kind] = await knock(from(kind));
        assert.deepEqual(seen, { none, ...others });
      });

      it('is proven by sallyport check', async () => {
        const key = join(far.folder, 'check.key');
        const chain = join(far.folder, 'check.pem');
        const anchors = join(far.folder, 'check-anchors.pem');
        writeFileSync(key, world.clients.current.keyPem);
        writeFileSync(chain, world.clients.current.chainPem);
        writeFileSync(anchors, world.rootPem);
        const words = [
          `https://localhost:${far.port}/jira/rest/api/2/serverInfo`,
          '--allow-private',
          '--expect-mutual',
        ];
        const files = ['--anchors', anchors, '--client-cert', chain, '--client-key', key];
        const more = ['--connect', `127.0.0.1:${far.port}`, '--revocation', 'off', '--json'];
        const { status, out } = await run([program, 'check', ...words, ...files, ...more]);
        const document = JSON.parse(out) as CheckDocument;
        assert.equal(status, 0, out);
        assert.equal(document.clientCertificate.outcome, 'accepted');
        assert.deepEqual(document.http, { status: 200 });
      });

      it('refuses what the terms do not name, however it is written', async () => {
        const issue = '/jira/rest/api/2/issue';
        assert.equal(await knock({ ...from('current'), path: `${issue}/ABC-1` }), 'HTTP 200');
        assert.equal(await knock({ ...from('current'), path: '/jira/rest/api/2/serverInfo?x=/../field' }), 'HTTP 200');
        if (product === 'stunnel') {
          assert.equal(await knock({ ...from('current'), path: '/jira/secure/' }), 'HTTP 200', 'it knows no HTTP');
          return;
        }
        const outside = [
          '/jira/rest/api/2/field',
          '/jira/secure/Dashboard.jspa',
          '/rest/api/2/serverInfo',
          `${issue}/ABC-1/transitions`,
          `${issue}/..`,
          `${issue}/../field`,
          `${issue}/%2e%2e/field`,
          `${issue}/ABC-1;x=/../../field`,
          '/jira/rest/api/2//field',
          '/jira/rest/api/2/serverInfo/',
        ];
        for (const path of outside) assert.equal(await knock({ ...from('current'), path }), 'HTTP 403', path);
        const encoded = await knock({ ...from('current'), path: `${issue}/ABC-1%2f..%2f..%2ffield` });
        assert.equal(encoded, product === 'apache' ? 'HTTP 404' : 'HTTP 403');
        for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
          assert.equal(await knock({ ...from('current'), method }), 'HTTP 403', method);
        const search = await knock({ ...from('current'), method: 'POST', path: '/jira/rest/api/2/search' });
        // Nothing is behind this Tomcat that could search.
        assert.equal(search, product === 'tomcat' ? 'HTTP 404' : 'HTTP 200');
      });

      it('lets no certificate header from outside through', async () => {
        const headers = Object.fromEntries(
          certificateHeaders.flatMap((name) => [
            [name.toLowerCase(), 'forged'],
            [name.toLowerCase().replaceAll('-', '_'), 'forged'],
          ]),
        );
        world.received.length = 0;
        const answer = await knock({ ...from('current'), headers: { ...headers, accept: 'kept' } });
        if (product === 'tomcat') {
          assert.equal(answer, 'HTTP 403');
          for (const name of ['client-cert', 'ssl_client_cert'])
            assert.equal(await knock({ ...from('current'), headers: { [name]: 'forged' } }), 'HTTP 403', name);
          return;
        }
        assert.equal(answer, 'HTTP 200');
        const [{ headers: arrived = {} } = {}] = world.received;
        assert.equal(arrived.accept, 'kept');
        const forged = Object.values(arrived).filter((value) => value === 'forged').length;
        assert.equal(forged > 0, product === 'stunnel', 'stunnel alone passes them on, and says so');
      });

      it('negotiates the suites of the policy only, and never resumes or renegotiates', async () => {
        for (const suite of ['ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES128-GCM-SHA256'])
          assert.equal(await negotiates(door(), { ciphers: suite }), suite);
        for (const suite of ['DHE-RSA-AES256-GCM-SHA384', 'DHE-RSA-AES128-GCM-SHA256'])
          assert.equal(await negotiates(door(), { ciphers: suite }), `${suite} 2048`);
        for (const suite of ['ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-RSA-AES128-SHA', 'AES128-GCM-SHA256'])
          assert.equal(await negotiates(door(), { ciphers: suite }), 'alert 40', suite);
        const outdated = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
        assert.equal(await negotiates(door(), outdated), 'alert 70');
        assert.equal(await negotiates(door(), { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' }), 'alert 70');
        // Java keeps a session for a second at least, and neither answers a renegotiation nor ends: nothing to wait for.
        if (product === 'tomcat') return;
        assert.equal(await resumes(door()), false);
        assert.equal(await renegotiates(door()), false);
      });

      it('refuses a certificate as soon as the refresh job has fetched the CRL that revokes it', async () => {
        world.revoke(['revoked', 'current']);
        const taken = await far.refresh();
        assert.deepEqual([taken.status, taken.alarms], [0, []], taken.said);
        const revoked = facesOf(product).revoked;
        assert.equal(await knockUntil((answer) => answer === revoked, from('current')), revoked);
        assert.equal(await knock(from('next')), 'HTTP 200');
        world.revoke(['revoked']);
        assert.equal((await far.refresh()).status, 0);
        assert.equal(await knockUntil((answer) => answer === 'HTTP 200', from('current')), 'HTTP 200');
        const idle = await far.refresh({ SALLYPORT_RELOAD: 'false' });
        assert.deepEqual([idle.status, idle.said], [0, ''], 'nothing new, nothing reloaded');
      });

      it('refuses everybody when its CRL has ended or is missing, and looks as if it were something else', async () => {
        const target = join(far.folder, 'client-crl.pem');
        const held = readFileSync(target, 'utf8');
        const rootList = held.slice(held.indexOf('-----BEGIN', 1));
        const { listEnded, listMissing } = facesOf(product);
        for (const [text, face] of [
          [writePem('X509 CRL', world.endedList()) + rootList, listEnded],
          [rootList, listMissing],
        ] as const) {
          writeFileSync(target, text);
          await far.reload();
          assert.equal(await knockUntil((answer) => answer === face, from('current')), face);
        }
        writeFileSync(target, held);
        await far.reload();
        assert.equal(await knockUntil((answer) => answer === 'HTTP 200', from('current')), 'HTTP 200');
      });

      it('keeps the CRL that it holds, and cries, while the source is broken', async () => {
        const target = join(far.folder, 'client-crl.pem');
        const held = readFileSync(target, 'utf8');
        // The job is the same for all: the others show that their server goes on.
        for (const [words, answer] of product === 'nginx' ? brokenSources() : brokenSources().slice(0, 1)) {
          world.spoil(answer);
          const { status, alarms } = await far.refresh();
          world.spoil(null);
          assert.equal(status, 1, String(words));
          assert.match(alarms.join('\n'), words);
          assert.equal(readFileSync(target, 'utf8'), held);
        }
        assert.equal(await knock(from('current')), 'HTTP 200');
        assert.equal(await knock(from('revoked')), facesOf(product).revoked);
      });
    },
  );

describe('the refresh job', { skip: !isInstalled('nginx') && 'nginx is not installed' }, () => {
  it('cries when a list gets old, and puts the old file back when the server does not take the new one', async () => {
    const far = await startFarSide('nginx', {
      server: world.server,
      certificates: { currentPem: world.clients.current.chainPem, nextPem: null, authoritiesPem: world.rootPem },
      jiraPort: world.jiraPort,
    });
    try {
      const old = await far.refresh({ SALLYPORT_ALARM_HOURS: '48' });
      assert.equal(old.status, 1);
      assert.match(old.alarms.join('\n'), /issuing\.crl ends in 2\d hours/);
      assert.match(old.alarms.join('\n'), /root\.crl ends in 2\d hours/);
      const target = join(far.folder, 'client-crl.pem');
      const held = readFileSync(target, 'utf8');
      world.revoke(['revoked', 'current']);
      const failed = await far.refresh({ SALLYPORT_RELOAD: 'echo no such thing; exit 1' });
      assert.equal(failed.status, 1);
      assert.match(failed.alarms.join('\n'), /not taken up, the old one is back: no such thing/);
      assert.equal(readFileSync(target, 'utf8'), held);
      // The next run tries again: what was fetched is not forgotten.
      assert.equal((await far.refresh()).status, 0);
      assert.notEqual(readFileSync(target, 'utf8'), held);
      assert.equal(existsSync(join(far.folder, 'client-crl.pem.new')), false);
    } finally {
      world.revoke(['revoked']);
      await far.close();
    }
  });
});

describe('the policy with TLS 1.3', () => {
  for (const product of ['nginx', 'apache', 'haproxy', 'stunnel'] as const)
    it(`is what ${product} negotiates, and no other suite`, async (t) => {
      if (!isInstalled(product)) return t.skip(`${product} is not installed`);
      const far = await startFarSide(product, {
        server: world.server,
        certificates: { currentPem: world.clients.current.chainPem, nextPem: null, authoritiesPem: world.rootPem },
        jiraPort: world.jiraPort,
        tlsPolicy: 'tls13',
      });
      try {
        const door = { port: far.port, rootPem: world.rootPem, client: world.clients.current };
        assert.equal(await negotiates(door, { maxVersion: 'TLSv1.3' }), 'TLS_AES_256_GCM_SHA384');
        const only = { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', ciphers: 'TLS_CHACHA20_POLY1305_SHA256' } as const;
        assert.equal(await negotiates(door, only), 'alert 40');
        assert.equal(await negotiates(door, { ciphers: 'DHE-RSA-AES256-GCM-SHA384' }), 'alert 40');
        assert.equal(await knock(door), 'HTTP 200');
      } finally {
        await far.close();
      }
    });
});

function brokenSources(): readonly (readonly [RegExp, { readonly status: number; readonly body: Uint8Array }])[] {
  const page = Buffer.from('<html>down for maintenance</html>');
  return [
    [/cannot be fetched/, { status: 503, body: page }],
    [/is no CRL/, { status: 200, body: page }],
    [/is not signed by certificate 1/, { status: 200, body: world.strangersList() }],
    [/is older than the one that is held/, { status: 200, body: world.olderList() }],
  ];
}

function run(words: readonly string[]): Promise<{ status: number; out: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, words, { timeout: 30_000 }, (error, out) =>
      resolve({ status: error === null ? 0 : Number(error.code), out }),
    );
  });
}
