/**
 * Sallyport as separate processes, to be killed with swaps under way: database, web tier, connector, and a far side that
 * asks for client certificates. A swap is held at a chosen step: in the database, where the step's evidence is written
 * and state and pointer are not committed yet, or by a far side that leaves a request unanswered.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, requestJob, setConnectionState, type Connection } from '@sallyport/store';
import { readSealKeys } from '../../programs/connector/src/custody/seal-key-file.ts';
import { startDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { Authority } from './far-side.ts';
import { startJiraFarSide, type JiraFarSide } from './jira-far-side.ts';
import { startWeb, type RunningWeb } from './running-web.ts';
import { operator } from './stored-connection.ts';
import { SwapWorld } from './swap-world.ts';

export type Victim = 'connector' | 'web tier' | 'database';

/** First part of the key of the test's advisory locks: no other lock of the database has it. */
const gateClass = 4711;

export class KillWorld {
  readonly swaps: SwapWorld;
  readonly farSide: JiraFarSide;
  web: RunningWeb;
  readonly #database: EmbeddedDatabase;
  #connector: ChildProcess;
  #gates: pg.Client | null = null;

  private constructor(swaps: SwapWorld, farSide: JiraFarSide, web: RunningWeb, connector: ChildProcess) {
    this.swaps = swaps;
    this.farSide = farSide;
    this.web = web;
    this.#database = swaps.database;
    this.#connector = connector;
  }

  static async start(): Promise<KillWorld> {
    const database = await startDatabase();
    const authority = new Authority();
    const farSide = await startJiraFarSide(authority);
    const [connector, web] = await Promise.all([
      startConnector(database),
      startWeb(database, { SALLYPORT_LOG: 'silent' }),
    ]).catch(async (error: unknown) => {
      await Promise.all([farSide.close(), database.stop()]);
      throw error;
    });
    const keys = await readSealKeys(join(database.dataDirectory, 'connector/seal-key.json'));
    if (keys === null) throw new Error('the connector has no seal key');
    const swaps = new SwapWorld(
      database,
      openStore({ url: database.web, applicationName: 'test-web' }),
      openStore({ url: database.connector, applicationName: 'test-connector' }),
      keys.current,
      authority,
    );
    await swaps.certificate(authority.client(), true);
    const world = new KillWorld(swaps, farSide, web, connector);
    await world.#asOwner(`create table sallyport.test_gate (next_id uuid, step text);
      create function sallyport.test_gate_passed() returns trigger language plpgsql security definer set search_path = sallyport, pg_temp as $$
      declare
        closed uuid := (select g.next_id from test_gate g join swap s on s.next_id = g.next_id where s.id = new.swap_id and g.step = new.step);
      begin
        if closed is not null then perform pg_advisory_xact_lock_shared(${gateClass}, hashtext(closed::text)); end if;
        return new;
      end $$;
      create trigger test_gate before insert on sallyport.swap_event for each row execute function sallyport.test_gate_passed();`);
    return world;
  }

  /** An active connection to the far side. */
  async connect(): Promise<Connection> {
    const { web, authority } = this.swaps;
    const path = `/jira-${randomBytes(4).toString('hex')}`;
    const connection = await this.swaps.connection({
      baseUrl: `https://localhost:${this.farSide.port}${path}`,
      anchors: { kind: 'pem', pem: authority.root.certificatePem },
      allowPrivate: true,
      revocation: 'off',
    });
    await setConnectionState(web, operator, connection.id, 'active');
    await requestJob(web, operator, 'sync', connection.id);
    return connection;
  }

  /** Once a connector serves it: whoever follows a pointer has something to move. */
  isServed({ terms }: Connection): Promise<void> {
    const { pathname } = new URL(terms.baseUrl);
    return until('the connection is served', async () =>
      this.farSide.asked.some(({ what }) => what === `POST ${pathname}/rest/api/2/search`),
    ).then(() => undefined);
  }

  /** Holds the swap to a certificate where it writes the evidence of `step`, before anything of the step is committed. */
  async closeGate(certificateId: string, step: string): Promise<void> {
    this.#gates ??= await this.#connectGates();
    await this.#gates.query('select pg_advisory_lock($1, hashtext($2))', [gateClass, certificateId]);
    await this.#gates.query('insert into sallyport.test_gate values ($1, $2)', [certificateId, step]);
  }

  async isHeldAtGate(certificateId: string): Promise<boolean> {
    const { rows } = await this.#asOwner(
      `select 1 from pg_locks where locktype = 'advisory' and not granted and classid = ${gateClass}
        and objid::bigint = hashtext('${certificateId}')::bigint & 4294967295`,
    );
    return rows.length > 0;
  }

  /** All of them, for good; after a kill of the database they stand open already. */
  async openGates(): Promise<void> {
    const gates = this.#gates;
    this.#gates = null;
    await this.#asOwner('delete from sallyport.test_gate');
    await gates?.end().catch(() => undefined);
  }

  /** kill -9, and the same program started again; the database's is started by its own parent. */
  async killAndStartAgain(victim: Victim): Promise<void> {
    switch (victim) {
      case 'connector':
        await killed(this.#connector);
        this.#connector = await startConnector(this.#database);
        return;
      case 'web tier':
        await killed(this.web.process);
        this.web = await startWeb(this.#database, {
          SALLYPORT_LOG: 'silent',
          SALLYPORT_BOOTSTRAP_TOKEN: this.web.token,
        });
        return;
      case 'database': {
        const postmaster = this.#postmaster();
        process.kill(postmaster, 'SIGKILL');
        await until('the database is back', async () => {
          await this.#asOwner('select 1');
          return this.#postmaster() !== postmaster;
        });
      }
    }
  }

  async stop(): Promise<void> {
    await this.#gates?.end().catch(() => undefined);
    await this.web.stop();
    this.#connector.kill('SIGTERM');
    if (this.#connector.exitCode === null && this.#connector.signalCode === null) await once(this.#connector, 'exit');
    await this.farSide.close();
    await this.swaps.stop();
  }

  async #connectGates(): Promise<pg.Client> {
    const client = new pg.Client(this.#database.owner);
    // The database is killed with the gates closed.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async #asOwner(statement: string): Promise<pg.QueryResult> {
    const client = new pg.Client(this.#database.owner);
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.query(statement);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** The first line of its file is the process id. */
  #postmaster(): number {
    const { dataDirectory } = this.#database;
    const [file = ''] = globSync('database/**/postmaster.pid', { cwd: dataDirectory });
    return Number(readFileSync(join(dataDirectory, file), 'utf8').split('\n')[0]);
  }
}

/** Looks until it is so; what throws meanwhile, as with a database that is down, is looked at again. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | false | undefined>,
  milliseconds = 45_000,
): Promise<T> {
  const end = performance.now() + milliseconds;
  let last: unknown = null;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== null && seen !== undefined && seen !== false) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`${what}: not within ${milliseconds} ms`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function killed(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function startConnector({ dataDirectory }: EmbeddedDatabase): Promise<ChildProcess> {
  const child = fork(new URL('../../programs/connector/src/main.ts', import.meta.url), [], {
    env: { ...process.env, SALLYPORT_DATA: dataDirectory, SALLYPORT_LOG: process.env.SALLYPORT_LOG ?? 'silent' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (status, signal) => reject(new Error(`the connector ended: ${signal ?? status}`)));
    child.on('message', (message: { ready?: object; failed?: { message: string } }) => {
      if (message.ready) resolve();
      if (message.failed) reject(new Error(message.failed.message));
    });
  });
  return child;
}
