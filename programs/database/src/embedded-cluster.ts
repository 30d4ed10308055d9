/**
 * The embedded PostgreSQL: made at first start, listening on a Unix socket only, adopted when it outlived its launcher,
 * started again when it dies.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answers } from '@sallyport/store';
import { findPostgres, nobody } from './postgres-binaries.ts';

/** PostgreSQL did not start; its own last words are in the message. */
export class ClusterError extends Error {
  readonly code = 'database-start';
}

export interface Cluster {
  /** The superuser's address; a secret. */
  readonly adminUrl: string;
  readonly socketDirectory: string;
  readonly postmaster: () => number | null;
  /** Whether it ran already when we came. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

/** A Unix socket's path ends at 107 bytes; the name in the folder takes 15. */
const longestSocketDirectory = 90;
const startMilliseconds = 30_000;
const stopMilliseconds = 20_000;
const watchMilliseconds = 250;
const superuser = 'sallyport_owner';

/** Starts or adopts the cluster in `dataDirectory`; `notice` hears of restarts. */
export async function startCluster(
  dataDirectory: string,
  notice: (event: string, fields: object) => void,
): Promise<Cluster> {
  const home = join(dataDirectory, 'database');
  const cluster = join(home, 'cluster');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const password = readOrMakePassword(join(home, 'password'));
  // One that outlived its launcher stays where it is, whatever our temporary folder is called now.
  const socketDirectory = socketDirectoryInUse(cluster) ?? makeSocketDirectory(socketDirectoryOf(dataDirectory));
  const adminUrl = `postgres://${superuser}:${password}@/postgres?host=${encodeURIComponent(socketDirectory)}`;
  const postgres = findPostgres(dataDirectory);
  postgres.own([home, join(home, 'password'), socketDirectory]);
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise();
  let stopping = false;
  const adopted = livingPostmaster(cluster) !== null;
  let postmaster: number | null = await startOrAdopt();
  const watch = setInterval(() => {
    if (stopping || postmaster === null || isAlive(postmaster)) return;
    notice('database.died', { postmaster });
    postmaster = null;
    void startOrAdopt().then(
      (next) => {
        postmaster = next;
        notice('database.restarted', { postmaster: next });
      },
      (error: unknown) => {
        notice('database.not-restarted', { message: (error as Error).message });
        process.exitCode = 1;
        process.kill(process.pid, 'SIGTERM');
      },
    );
  }, watchMilliseconds);
  // Who serves stays for its own reasons; a verb that does one thing must be able to end.
  watch.unref();
  return {
    adminUrl,
    socketDirectory,
    postmaster: () => postmaster,
    adopted,
    stop: async () => {
      stopping = true;
      clearInterval(watch);
      if (postmaster === null || !isAlive(postmaster)) return;
      // SIGINT is a fast shutdown: sessions are ended, nothing acknowledged is lost.
      process.kill(postmaster, 'SIGINT');
      const deadline = performance.now() + stopMilliseconds;
      while (isAlive(postmaster) && performance.now() < deadline) await pause(20);
      if (isAlive(postmaster)) process.kill(postmaster, 'SIGQUIT');
      try {
        rmdirSync(socketDirectory);
      } catch {
        // Its socket is still there: PostgreSQL ended without cleaning up. The next start uses the folder again.
      }
    },
  };

  async function initialise(): Promise<void> {
    // Made aside and renamed when whole: a first start that was cut off leaves nothing half made.
    const unfinished = `${cluster}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    postgres.own([unfinished]);
    const child = postgres.start('initdb', 'pipe', [
      '-D',
      unfinished,
      '-U',
      superuser,
      '-A',
      'scram-sha-256',
      `--pwfile=${join(home, 'password')}`,
      '-E',
      'UTF8',
      '--no-locale',
      '--data-checksums',
    ]);
    const output = collectOutput(child);
    const status = await new Promise((resolve) => child.once('exit', resolve));
    if (status !== 0) throw new ClusterError(`initdb failed: ${output()}`);
    renameSync(unfinished, cluster);
  }

  async function startOrAdopt(): Promise<number> {
    const deadline = performance.now() + startMilliseconds;
    for (;;) {
      const living = livingPostmaster(cluster);
      if (living !== null) {
        if (await answers(adminUrl)) return living;
        // It is starting, recovering, or shutting down.
        if (performance.now() > deadline)
          throw new ClusterError(`PostgreSQL (process ${living}) does not answer on ${socketDirectory}`);
        await pause(50);
        continue;
      }
      // To a file, not to us: PostgreSQL may outlive this process.
      const log = openSync(join(home, 'postgresql.log'), 'a', 0o600);
      const child = postgres.start('postgres', log, [
        '-D',
        cluster,
        '-c',
        'listen_addresses=',
        '-c',
        `unix_socket_directories=${socketDirectory}`,
        '-c',
        'unix_socket_permissions=0700',
        '-c',
        'shared_buffers=64MB',
        '-c',
        'max_connections=100',
        '-c',
        'fsync=on',
        '-c',
        'password_encryption=scram-sha-256',
        '-c',
        'log_min_messages=warning',
      ]);
      closeSync(log);
      let ended = false;
      child.once('exit', () => (ended = true));
      child.unref();
      while (!ended && performance.now() < deadline) {
        if (await answers(adminUrl)) return child.pid ?? 0;
        await pause(20);
      }
      // What a killed postmaster left (its children, shared memory) goes away within moments: try again until the deadline.
      if (performance.now() > deadline)
        throw new ClusterError(`PostgreSQL did not start; its log is ${join(home, 'postgresql.log')}`);
      await pause(100);
    }
  }
}

/** The folder of the socket: in the data directory where that is short enough, else in the temporary folder, named by its hash. */
export function socketDirectoryOf(dataDirectory: string): string {
  const near = join(dataDirectory, 'run');
  if (Buffer.byteLength(near) <= longestSocketDirectory) return near;
  return join(tmpdir(), `sallyport-${createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16)}`);
}

/**
 * Makes the folder of the socket. In the temporary folder others could have made it before us, and would then hold the
 * door: whoever owns it must be us or the user PostgreSQL runs as, and nobody else may enter.
 */
function makeSocketDirectory(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(path);
  const us = process.getuid?.() ?? uid;
  const ours = uid === us || (us === 0 && uid === nobody);
  if (!lstatSync(path).isDirectory() || !ours || (mode & 0o077) !== 0)
    throw new ClusterError(
      `${path} belongs to another user, or others may enter it; remove it, or use another TMPDIR.`,
    );
  return path;
}

/** Where a living postmaster of this cluster has its socket: the fifth line of its file. */
function socketDirectoryInUse(cluster: string): string | null {
  if (livingPostmaster(cluster) === null) return null;
  const named = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[4];
  return named === undefined || named === '' ? null : named;
}

function readOrMakePassword(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

/** The postmaster of this cluster if it lives: its file may have outlived it, and its process id may be a stranger's. */
function livingPostmaster(cluster: string): number | null {
  let postmaster: number;
  try {
    postmaster = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
  if (!Number.isInteger(postmaster) || postmaster <= 0 || !isAlive(postmaster)) return null;
  try {
    if (!readFileSync(`/proc/${postmaster}/cmdline`, 'utf8').includes(cluster)) return null;
  } catch {
    // No /proc here: believe the file, as PostgreSQL itself does.
  }
  return postmaster;
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    // A child that has ended stays as a zombie until it is waited for.
    return !/\) Z /.test(readFileSync(`/proc/${process_}/stat`, 'utf8'));
  } catch {
    return !existsSync('/proc/self');
  }
}

const outputCharacters = 4_000;

function collectOutput(child: {
  stdout: NodeJS.ReadableStream | null;
  stderr: NodeJS.ReadableStream | null;
}): () => string {
  let text = '';
  const take = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-outputCharacters);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  return () => text.trim();
}
