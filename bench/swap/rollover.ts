/**
 * A rollout of one certificate to many connections: canaries for all, then cohort by cohort, each observed for five
 * seconds, with a connector's own parts, the embedded database and one nginx that has them all behind one address.
 */
import {
  approveRollout,
  currentSealKey,
  findRollout,
  insertConnection,
  insertCustomer,
  openStore,
  proposeRollout,
  recordHeartbeat,
  sealSecret,
  sessionScope,
  type Connection,
  type Store,
} from '@sallyport/store';
import { makeSealKeyPair, registerSealKey } from '@sallyport/store/open-sealed';
import { defaultCohorts } from '@sallyport/lifecycle';
import { defaultTerms } from '@sallyport/terms';
import { bindConnection } from '../../programs/connector/src/connections/bound-connection.ts';
import { ConnectionClients } from '../../programs/connector/src/connections/connection-clients.ts';
import { collectEvidence } from '../../programs/connector/src/connections/evidence.ts';
import { followSlots } from '../../programs/connector/src/connections/slot-follower.ts';
import { openLog } from '../../programs/connector/src/log.ts';
import { runSwaps } from '../../programs/connector/src/swaps/swap-runner.ts';
import { FaultWorld } from '../../test/faults/authority/world.ts';
import { freePorts, installed, ServerFolder, startProcess } from '../../test/faults/far-sides/server-process.ts';
import { startDatabase } from '../../test/system/embedded-database.ts';
import { storeCertificate } from '../../test/system/stored-certificate.ts';

const connectorId = 'bench';
const scope = sessionScope('person:bench');
/** Seconds each cohort is observed. */
const observationSeconds = 5;
/** Longer than promised: what takes so long is told as a failure. */
const longestSeconds = 900;
const madeAtOnce = 8;

export interface Rollover {
  /** From the proposal until the last connection was observed. */
  readonly seconds: number;
  readonly observed: number;
  /** Until all canaries were made. */
  readonly canarySeconds: number;
}

/** Null where nginx is not installed. */
export async function measureRollover(count: number): Promise<Rollover | null> {
  const program = installed('/usr/sbin/nginx', '/usr/bin/nginx');
  if (program === null) return null;
  const world = new FaultWorld('http://127.0.0.1:1', Date.now());
  const [ours, next] = [world.client(), world.client()];
  const folder = new ServerFolder('nginx');
  const [port = 0] = await freePorts(1);
  const { chainPem, keyPem } = world.server({ names: ['localhost'] });
  const configuration = folder.write(
    'nginx.conf',
    `daemon off; worker_processes 1; pid ${folder.path}/nginx.pid; error_log ${folder.path}/error.log error;
events { worker_connections 8192; }
http {
  access_log off; keepalive_timeout 10s;
  client_body_temp_path ${folder.path}/body; proxy_temp_path ${folder.path}/proxy; fastcgi_temp_path ${folder.path}/fastcgi;
  uwsgi_temp_path ${folder.path}/uwsgi; scgi_temp_path ${folder.path}/scgi;
  server {
    listen 127.0.0.1:${port} ssl; ssl_protocols TLSv1.2;
    ssl_certificate ${folder.write('server.pem', chainPem)}; ssl_certificate_key ${folder.write('server.key', keyPem)};
    ssl_client_certificate ${folder.write('anchors.pem', world.certificateOf('root'))}; ssl_verify_client on; ssl_verify_depth 3;
    location / { default_type application/json; add_header X-AUSERNAME svc-align; return 200 '{"name":"svc-align"}'; }
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
  const anchorsPem = world.certificateOf('root');
  const old = await storeCertificate(store, ours, { anchorsPem, isDefault: true });
  const certificateId = await storeCertificate(store, next, { anchorsPem });
  const log = openLog('silent', connectorId);
  const evidence = collectEvidence(store, connectorId, log);
  const clients = new ConnectionClients(evidence);
  const parts = { store, callStore: store, clients, connectorId, egressGroup: 'default', sealKey, log };
  const beat = (): Promise<void> =>
    recordHeartbeat(store, { id: connectorId, egressGroup: 'default', startedAt: new Date(), counters: {} });
  await beat();
  const heart = setInterval(() => void beat().catch(() => undefined), 2_000);
  const connections = await storeConnections(web, count, port, anchorsPem);
  // Each is served, as between two sweeps: its requests have to move, too.
  await inTurns(connections, async ({ id, customerId }) => {
    const bound = await bindConnection(parts, { connectionId: id, customerId });
    if (bound === null) throw new Error('the connection was not bound');
    const answer = await (await clients.take(bound)).jira.identify();
    if (!answer.ok) throw new Error(answer.error.message);
  });
  const [runner, follower] = [runSwaps(parts), followSlots(parts)];
  const began = performance.now();
  const windowStartsAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  const windowEndsAt = new Date(windowStartsAt.getTime() + 3_600_000);
  const id = await proposeRollout(web, scope, {
    certificateId,
    connectionIds: null,
    replaces: old,
    first: [],
    cohorts: defaultCohorts,
    matching: null,
    emergency: false,
    canaryAt: windowStartsAt,
    windowStartsAt,
    windowEndsAt,
    observationSeconds,
    changeNumber: null,
    note: null,
  });
  const sha256 = (await findRollout(web, scope, id))?.rollout.sha256 ?? '';
  await approveRollout(web, scope, id, { byName: null, sha256, windowStartsAt, windowEndsAt });
  let observed = 0;
  let canarySeconds = Number.NaN;
  for (let seconds = 0; seconds < longestSeconds; seconds = (performance.now() - began) / 1000) {
    const found = await findRollout(web, scope, id);
    observed = found?.members.filter(({ state }) => state === 'observed' || state === 'done').length ?? 0;
    if (Number.isNaN(canarySeconds) && (found?.rollout.cohort ?? 0) > 0) canarySeconds = seconds;
    if (found?.rollout.state === 'done' || found?.rollout.state === 'stopped') break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const seconds = (performance.now() - began) / 1000;
  await Promise.all([runner.stop(), follower.stop()]);
  clearInterval(heart);
  await clients.close();
  await evidence.close();
  await Promise.all([web.close(), store.close()]);
  await database.stop();
  await nginx.end();
  return { seconds, observed, canarySeconds };
}

/** Base URLs differ by their context path: one address has them all. */
async function storeConnections(web: Store, count: number, port: number, anchors: string): Promise<Connection[]> {
  const customer = await insertCustomer(web, scope, 'Bench');
  const key = await currentSealKey(web);
  if (customer === null || key === null) throw new Error('there is no customer, or no key');
  const contact = { name: 'Bench', email: 'bench@example.org' };
  const made: Connection[] = [];
  await inTurns(
    Array.from({ length: count }, (_, index) => index),
    async (index) => {
      const credential = await sealSecret(key, {
        customerId: customer.id,
        purpose: 'jira-credential',
        plaintext: 'token',
      });
      const connection = await insertConnection(web, scope, {
        customerId: customer.id,
        name: `Jira ${index}`,
        terms: defaultTerms({
          baseUrl: `https://localhost:${port}/jira-${index}`,
          projectKeys: ['ACME'],
          anchors: { kind: 'pem', pem: anchors },
          accountName: 'svc-align',
          allowPrivate: true,
          revocation: 'off',
          contacts: { owner: contact, technical: contact },
        }),
        credential,
        clientCertificateId: null,
        isSandbox: false,
        hostConfirmed: false,
      });
      made.push(connection);
    },
  );
  return made;
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  // The first alone: it claims the host for its customer.
  const first = waiting.shift();
  if (first !== undefined) await work(first);
  await Promise.all(Array.from({ length: madeAtOnce }, worker));
}
