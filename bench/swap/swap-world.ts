/**
 * A connector's own parts against real nginx and the embedded database: one connection, whose slot's pointer the bench
 * moves. nginx ends idle connections after a second and judges client certificates by a CRL.
 */
import { fork } from 'node:child_process';
import {
  activateStatement,
  currentSealKey,
  inScopeAtOnce,
  insertConnection,
  insertCustomer,
  nameNextStatement,
  openStore,
  operatorId,
  sealSecret,
  sessionScope,
  type Store,
} from '@sallyport/store';
import { makeSealKeyPair, registerSealKey } from '@sallyport/store/open-sealed';
import type { Identity } from '@sallyport/sandbox';
import { defaultTerms } from '@sallyport/terms';
import { bindConnection } from '../../programs/connector/src/connections/bound-connection.ts';
import {
  ConnectionClients,
  type ConnectionClient,
} from '../../programs/connector/src/connections/connection-clients.ts';
import { collectEvidence } from '../../programs/connector/src/connections/evidence.ts';
import { followSlots } from '../../programs/connector/src/connections/slot-follower.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { FaultWorld } from '../../test/faults/authority/world.ts';
import { freePorts, installed, ServerFolder, startProcess } from '../../test/faults/far-sides/server-process.ts';
import { startDatabase } from '../../test/system/embedded-database.ts';
import { storeCertificate } from '../../test/system/stored-certificate.ts';
import { setUp } from '../../test/system/stored-connection.ts';

const connectorId = 'bench';
const scope = sessionScope('person:bench');

export interface SwapWorld {
  readonly client: ConnectionClient;
  /** One write: the slot names this certificate from now on. Resolves to when it was written. */
  activate(certificate: Identity): Promise<number>;
  /** A certificate that the far side lets in, or one that its CRL refuses. */
  certificate(kind: 'welcome' | 'revoked'): Identity;
  stop(): Promise<void>;
}

/** Null where nginx is not installed. */
export async function startSwapWorld(sockets: number): Promise<SwapWorld | null> {
  const program = installed('/usr/sbin/nginx', '/usr/bin/nginx');
  if (program === null) return null;
  const world = new FaultWorld('http://127.0.0.1:1', Date.now());
  const certificates = {
    welcome: [world.client(), world.client(), world.client()],
    revoked: [world.client({ revoked: true })],
  };
  const origin = fork(new URL('origin.ts', import.meta.url), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const originPort = await new Promise<number>((resolve) =>
    origin.once('message', (message: { port: number }) => resolve(message.port)),
  );
  const folder = new ServerFolder('nginx');
  const [port = 0] = await freePorts(1);
  const { chainPem, keyPem } = world.server({ names: ['localhost'] });
  const configuration = folder.write(
    'nginx.conf',
    `daemon off; worker_processes 1; pid ${folder.path}/nginx.pid; error_log ${folder.path}/error.log error;
events { worker_connections 1024; }
http {
  access_log off; keepalive_timeout 1s; keepalive_requests 100000;
  client_body_temp_path ${folder.path}/body; proxy_temp_path ${folder.path}/proxy; fastcgi_temp_path ${folder.path}/fastcgi;
  uwsgi_temp_path ${folder.path}/uwsgi; scgi_temp_path ${folder.path}/scgi;
  upstream origin { server 127.0.0.1:${originPort}; keepalive 128; }
  server {
    listen 127.0.0.1:${port} ssl; ssl_protocols TLSv1.2;
    ssl_certificate ${folder.write('server.pem', chainPem)}; ssl_certificate_key ${folder.write('server.key', keyPem)};
    ssl_client_certificate ${folder.write('anchors.pem', world.certificateOf('root'))}; ssl_verify_client on; ssl_verify_depth 3;
    ssl_crl ${folder.write('crl.pem', world.revocationLists())};
    location / { proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`,
  );
  const nginx = await startProcess(program, ['-c', configuration, '-p', folder.path], folder, [port]);
  const database = await startDatabase();
  const web = openStore({ url: database.web, applicationName: 'bench-web' });
  const store = openStore({ url: database.connector, applicationName: 'bench-connector' });
  const sealKey = await makeSealKeyPair();
  await registerSealKey(store, sealKey);
  const stored = new Map<Identity, string>();
  const anchorsPem = world.certificateOf('root');
  for (const identity of [...certificates.welcome, ...certificates.revoked])
    stored.set(identity, await storeCertificate(store, identity, { anchorsPem, isDefault: stored.size === 0 }));
  const connection = await storeConnection(web, port, world.certificateOf('root'));
  const log = openLog('silent', connectorId);
  const evidence = collectEvidence(store, connectorId, log);
  const clients = new ConnectionClients(evidence, sockets);
  const parts = { store, callStore: store, clients, connectorId, egressGroup: 'default', sealKey, log };
  const bound = await bindConnection(parts, { connectionId: connection.id, customerId: connection.customerId });
  if (bound === null) throw new Error('the connection was not bound');
  const client = await clients.take(bound);
  const follower = followSlots(parts);
  let generation = 1;
  return {
    client,
    certificate: (kind) => {
      const next = certificates[kind].pop();
      if (next === undefined) throw new Error(`there is no ${kind} certificate left`);
      return next;
    },
    activate: async (identity) => {
      const slot = { id: connection.slotId ?? '', generation };
      const next = { ownerId: operatorId, id: stored.get(identity) ?? '' };
      const [, moved] = await inScopeAtOnce(store, setUp, [
        nameNextStatement(slot, next),
        activateStatement(slot, new Date(Date.now() + 3_600_000)),
      ]);
      const at = performance.now();
      if (moved[0] === undefined) throw new Error('the pointer did not move');
      generation = moved[0].generation;
      return at;
    },
    stop: async () => {
      await follower.stop();
      await clients.close();
      await evidence.close();
      await Promise.all([web.close(), store.close()]);
      await database.stop();
      await nginx.end();
      origin.disconnect();
    },
  };
}

async function storeConnection(
  web: Store,
  port: number,
  anchors: string,
): Promise<Awaited<ReturnType<typeof insertConnection>>> {
  const customer = await insertCustomer(web, scope, 'Bench');
  const key = await currentSealKey(web);
  if (customer === null || key === null) throw new Error('there is no customer, or no key');
  const contact = { name: 'Bench', email: 'bench@example.org' };
  return insertConnection(web, scope, {
    customerId: customer.id,
    name: 'Jira',
    terms: defaultTerms({
      baseUrl: `https://localhost:${port}`,
      projectKeys: ['ACME'],
      anchors: { kind: 'pem', pem: anchors },
      accountName: 'svc-align',
      allowPrivate: true,
      revocation: 'off',
      contacts: { owner: contact, technical: contact },
    }),
    credential: await sealSecret(key, { customerId: customer.id, purpose: 'jira-credential', plaintext: 'token' }),
    clientCertificateId: null,
    isSandbox: false,
    hostConfirmed: false,
  });
}
