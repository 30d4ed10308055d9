/** One `sallyport up` for each data directory: a file that names the process which holds it. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Thrown when another live process holds the data directory. */
export class DataDirectoryInUseError extends Error {
  readonly code = 'data-directory-in-use';
  constructor(dataDirectory: string, holder: number) {
    super(
      `Sallyport already runs on ${dataDirectory} (process ${holder}). Stop that one, or give this one its own SALLYPORT_DATA and SALLYPORT_PORT.`,
    );
  }
}

/** Takes the lock and gives back its release. A lock whose process has ended is taken over. */
export function lockDataDirectory(dataDirectory: string): () => void {
  const path = join(dataDirectory, 'up.lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      if (isOurProgram(holder)) throw new DataDirectoryInUseError(dataDirectory, holder);
      rmSync(path, { force: true });
    }
  }
  throw new Error(`${path} could not be taken`);
}

/** A process id may have been given to a stranger since; where the system shows command lines, look. */
function isOurProgram(process_: number): boolean {
  if (!Number.isInteger(process_) || process_ <= 0 || process_ === process.pid) return false;
  try {
    process.kill(process_, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return readFileSync(`/proc/${process_}/cmdline`, 'utf8').includes('all-in-one');
  } catch {
    return true;
  }
}
