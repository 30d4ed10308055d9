/** A whole sync through a real squid: the connector, its pooled sockets, the credential of the proxy and that of Jira. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  currentSealKey,
  insertConnection,
  listHandshakes,
  requestJob,
  sealSecret,
  setConnectionState,
  type Connection,
} from '@sallyport/store';
import { defaultTerms } from '@sallyport/terms';
import { Authority } from './far-side.ts';
import { squid, startSquid, type RunningSquid } from './running-squid.ts';
import { endProcess, startSyncWorld, until, type SyncWorld } from './sync-world.ts';

const credential = { user: 'egress', password: 'Geheim-for-the-sync' };
const person = { name: 'Ada', email: 'ada@example.com' };

describe(
  'a sync through a forward proxy',
  { skip: squid === null && 'squid is not installed', timeout: 200_000 },
  () => {
    let world: SyncWorld;
    let proxy: RunningSquid;
    before(async () => {
      world = await startSyncWorld({ SALLYPORT_SANDBOX_ISSUES: '200', SALLYPORT_SANDBOX_CHANGES_PER_MINUTE: '0' });
      // Jira's port, and the one at which the sandbox's authority has its CRLs: they are fetched the same way.
      const ports = [world.sandbox.baseUrl, world.sandbox.controlUrl].map((url) => Number(new URL(url).port));
      proxy = await startSquid(new Authority('Proxy Root').server(), ports, ['localhost'], credential);
    });
    after(async () => {
      await proxy?.stop();
      await world?.stop();
    });

    async function connect(url: string): Promise<Connection> {
      const { store, scope, sandbox, dataDirectory } = world;
      const key = await currentSealKey(store);
      assert.ok(key !== null);
      const { personalAccessToken: token } = JSON.parse(
        readFileSync(join(dataDirectory, 'sandbox/sandbox.json'), 'utf8'),
      ) as { personalAccessToken: string };
      const { customerId } = sandbox;
      const seal = (purpose: 'jira-credential' | 'proxy-credential', secret: object) =>
        sealSecret(key, { customerId, purpose, plaintext: JSON.stringify(secret) });
      const made = await insertConnection(store, scope, {
        customerId,
        name: 'Sandbox through squid',
        terms: defaultTerms({
          baseUrl: sandbox.baseUrl,
          projectKeys: sandbox.projects,
          anchors: { kind: 'pem', pem: sandbox.anchorsPem },
          accountName: sandbox.accountName,
          allowPrivate: true,
          proxy: { url, authenticationKind: 'basic', anchors: { kind: 'public' }, allowPrivate: true },
          contacts: { owner: person, technical: person },
        }),
        credential: await seal('jira-credential', { kind: 'pat', token, via: url }),
        proxyCredential: await seal('proxy-credential', {
          username: credential.user,
          password: credential.password,
          proxy: url,
        }),
        clientCertificateId: null,
        isSandbox: true,
        hostConfirmed: true,
      });
      await setConnectionState(store, scope, made.id, 'active');
      await requestJob(store, scope, 'sync', made.id);
      return world.connection(made.id);
    }

    it('stores every issue, and every dial names the proxy and the path', async () => {
      const url = `http://127.0.0.1:${proxy.basic}`;
      const { id } = await connect(url);
      await until('all issues are the same', async () => {
        const { there, here } = await world.digests(id);
        assert.deepEqual(here, there);
        return Object.keys(here).length > 0;
      });
      const place = new URL(world.sandbox.baseUrl).host;
      const handshakes = await until('the evidence is written', async () => {
        const found = await listHandshakes(world.store, world.scope, id, { limit: 20 });
        return found.length > 0 ? found : null;
      });
      for (const { evidence } of handshakes) {
        const seen = (evidence as { proxy?: { url: string; path: string[]; status: number } }).proxy;
        assert.deepEqual([seen?.url, seen?.path, seen?.status], [url, [new URL(url).host, place], 200]);
        assert.equal(JSON.stringify(evidence).includes(credential.password), false);
      }
      assert.equal(world.log('connector-1').includes(credential.password), false);
      // squid writes a tunnel down when it ends.
      await endProcess(world.firstConnector);
      await until('squid has logged the tunnel', async () =>
        proxy.log().includes(`CONNECT ${place} ${credential.user} `),
      );
    });
  },
);
