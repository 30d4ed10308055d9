/** A PostgreSQL of its own for a test file: the embedded one, migrated, on a data directory that goes away. */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginWithCopy } from './database-template.ts';

export interface EmbeddedDatabase {
  readonly dataDirectory: string;
  /** Connection strings of the roles. */
  readonly owner: string;
  readonly web: string;
  readonly connector: string;
  /** Process id of the program that serves it. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** Makes one in a data directory, and stops it. */
export async function makeDatabase(dataDirectory: string): Promise<void> {
  await (await startDatabase({ dataDirectory })).stop();
}

/** Starts one; with `dataDirectory` on an existing one, which is then left when it stops. */
export async function startDatabase(options: { readonly dataDirectory?: string } = {}): Promise<EmbeddedDatabase> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'sallyport-db-'));
  if (options.dataDirectory === undefined) await beginWithCopy(dataDirectory, makeDatabase);
  const child = fork(new URL('../../programs/database/src/main.ts', import.meta.url), ['serve'], {
    // Whatever PostgreSQL the person who runs the tests has: it is left alone.
    env: { ...process.env, DATABASE_URL: undefined, SALLYPORT_DATA: dataDirectory, SALLYPORT_LOG: 'silent' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (status) => reject(new Error(`the database program ended with ${status}`)));
    child.on('message', (message: { ready?: object; failed?: { code: string; message: string } }) => {
      if (message.ready) resolve();
      if (message.failed) reject(Object.assign(new Error(message.failed.message), { code: message.failed.code }));
    });
  });
  const url = (role: string): string =>
    readFileSync(join(dataDirectory, 'secrets', `${role}-database-url`), 'utf8').trim();
  return {
    dataDirectory,
    owner: url('owner'),
    web: url('web'),
    connector: url('connector'),
    pid: Number(child.pid),
    stop: async () => {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await ended;
      }
      if (options.dataDirectory === undefined) rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
