/** Database, sandbox and connectors as processes of their own, one connection between them: for tests of the sync. */
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  findConnection,
  insertConnection,
  issueDigest,
  openStore,
  operatorId,
  readSetting,
  requestJob,
  sessionScope,
  setConnectionState,
  type Connection,
  type Scope,
  type Store,
} from '@sallyport/store';
import { defaultTerms } from '@sallyport/terms';
import pg from 'pg';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';

export interface SandboxSetting {
  readonly customerId: string;
  readonly credentialSecretId: string;
  readonly baseUrl: string;
  readonly controlUrl: string;
  readonly anchorsPem: string;
  readonly projects: readonly string[];
  readonly accountName: string;
}

export interface SyncWorld {
  readonly dataDirectory: string;
  readonly database: EmbeddedDatabase;
  /** Under the web tier's role. */
  readonly store: Store;
  readonly scope: Scope;
  readonly sandbox: SandboxSetting;
  /** `connector-1`, which is there from the beginning. */
  readonly firstConnector: ChildProcess;
  /** The connectors that were started, by id. */
  readonly connectors: ReadonlyMap<string, ChildProcess>;
  /** Starts a connector and waits until it is ready; its log goes to `logs/<id>.log`. */
  startConnector(id: string): Promise<ChildProcess>;
  /** Starts a web tier on a free port. */
  startWeb(): Promise<ChildProcess>;
  /** The web tier that was started last. */
  web(): ChildProcess | null;
  /** A connection to the sandbox, checked by nobody, active at once. */
  /** As any other connection where `isSandbox` is false: its checks do not forget what is held of the sandbox's sources. */
  connect(options?: { readonly isSandbox?: boolean }): Promise<Connection>;
  /** Forgets how far it was read, so that the next sweep reads everything again. */
  resync(connectionId: string): Promise<void>;
  connection(id: string): Promise<Connection>;
  /** Asks the sandbox's control. */
  control(path: string, body?: unknown): Promise<unknown>;
  /** Ids and instants of change, of the sandbox and of what is stored: the same when nothing was lost. */
  digests(
    connectionId: string,
  ): Promise<{ readonly there: Record<string, number>; readonly here: Record<string, number> }>;
  log(connectorId: string): string;
  stop(): Promise<void>;
}

const repository = new URL('../..', import.meta.url).pathname;

export async function startSyncWorld(environment: Readonly<Record<string, string>> = {}): Promise<SyncWorld> {
  const database = await startDatabase();
  const { dataDirectory } = database;
  const children: ChildProcess[] = [];
  const start = async (path: string, name: string, more: Readonly<Record<string, string>>): Promise<ChildProcess> => {
    const child = startProcess(path, [], dataDirectory, name, { ...environment, ...more });
    children.push(child);
    await ready(child, name);
    return child;
  };
  let web: ChildProcess | null = null;
  const connectors = new Map<string, ChildProcess>();
  const startConnector = async (id: string): Promise<ChildProcess> => {
    const child = await start('programs/connector/src/main.ts', id, { SALLYPORT_CONNECTOR_ID: id });
    connectors.set(id, child);
    return child;
  };
  const store = openStore({ url: database.web, applicationName: 'test', maximumConnections: 6 });
  const scope = sessionScope(`person:${operatorId}`);
  const [, firstConnector] = await Promise.all([
    start('sandbox/src/main.ts', 'sandbox', { SALLYPORT_SANDBOX_PORT: '0', SALLYPORT_PORT: '0' }),
    startConnector('connector-1'),
  ]);
  await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(repository, 'programs/database/src/main.ts'), 'seed-sandbox'],
    { env: { ...process.env, SALLYPORT_DATA: dataDirectory, SALLYPORT_LOG: 'silent' }, timeout: 30_000 },
  );
  const sandbox = await readSetting<SandboxSetting>(store, 'sandbox');
  if (sandbox === null) throw new Error('the sandbox was not seeded');
  const connection = async (id: string): Promise<Connection> => {
    const found = await findConnection(store, scope, id);
    if (found === null) throw new Error('the connection is gone');
    return found;
  };
  const control = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(
      sandbox.controlUrl + path,
      body === undefined
        ? { headers: { connection: 'close' } }
        : {
            method: 'POST',
            // A test that waits for a program may sleep through the end of a connection that was kept.
            headers: { 'content-type': 'application/json', connection: 'close' },
            body: JSON.stringify(body),
          },
    );
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${path}`);
    return answer.json();
  };
  return {
    dataDirectory,
    database,
    store,
    scope,
    sandbox,
    firstConnector,
    connectors,
    startConnector,
    startWeb: async () => {
      web = await start('programs/web/src/main.ts', 'web', { SALLYPORT_PORT: '0' });
      return web;
    },
    web: () => web,
    resync: async (connectionId) => {
      const client = new pg.Client(database.owner);
      await client.connect();
      await client.query("select set_config('sallyport.customer', 'all', false)");
      await client.query('update sallyport.sync_state set position = null where connection_id = $1', [connectionId]);
      await client.end();
      await requestJob(store, scope, 'sync', connectionId);
    },
    connect: async ({ isSandbox = true } = {}) => {
      const contact = { name: 'Ada', email: 'ada@example.com' };
      const made = await insertConnection(store, scope, {
        customerId: sandbox.customerId,
        name: 'Sandbox',
        terms: defaultTerms({
          baseUrl: sandbox.baseUrl,
          projectKeys: sandbox.projects,
          anchors: { kind: 'pem', pem: sandbox.anchorsPem },
          accountName: sandbox.accountName,
          allowPrivate: true,
          contacts: { owner: contact, technical: contact },
        }),
        credential: sandbox.credentialSecretId,
        clientCertificateId: null,
        isSandbox,
        hostConfirmed: false,
      });
      await setConnectionState(store, scope, made.id, 'active');
      await requestJob(store, scope, 'sync', made.id);
      return connection(made.id);
    },
    connection,
    control,
    digests: async (connectionId) => {
      const stored = await issueDigest(store, scope, connectionId);
      return { there: (await control('/issues/digest')) as Record<string, number>, here: Object.fromEntries(stored) };
    },
    log: (id) => readFileSync(join(dataDirectory, `logs-${id}.log`), 'utf8'),
    stop: async () => {
      await Promise.all(children.map(endProcess));
      await store.close();
      await database.stop();
    },
  };
}

/** Waits for a condition; the error says what was waited for and what was seen last. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | false | undefined>,
  milliseconds = 60_000,
): Promise<T> {
  const end = performance.now() + milliseconds;
  let last: unknown = null;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== null && seen !== undefined && seen !== false) return seen;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`${what}: not within ${milliseconds} ms`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // A test may have stopped it with SIGSTOP; then it would never hear SIGTERM.
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const overdue = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(overdue);
}

function startProcess(
  path: string,
  parameters: readonly string[],
  dataDirectory: string,
  name: string,
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const log = openSync(join(dataDirectory, `logs-${name}.log`), 'a', 0o600);
  const child = fork(join(repository, path), [...parameters], {
    env: { ...process.env, ...environment, SALLYPORT_DATA: dataDirectory },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return child;
}

function ready(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (status, signal) => reject(new Error(`${name} ended: ${signal ?? status}`)));
    child.on('message', (message: { ready?: object; failed?: { message: string } }) => {
      if (message.ready) resolve();
      if (message.failed) reject(new Error(`${name}: ${message.failed.message}`));
    });
  });
}
