/** One database program for each data directory: a file that names the process which serves it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

export class DataDirectoryInUseError extends Error {
  readonly code = 'data-directory-in-use';
  constructor(dataDirectory: string, holder: number) {
    super(
      `The database of ${dataDirectory} is served already (process ${holder}). Stop that one, or use another SALLYPORT_DATA.`,
    );
  }
}

/** Takes the place of who serves `dataDirectory`; a holder that has ended is no holder. Gives the release. */
export function holdDataDirectory(dataDirectory: string, path: string): () => void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      if (isDatabaseProgram(holder)) throw new DataDirectoryInUseError(dataDirectory, holder);
      rmSync(path, { force: true });
    }
  }
  throw new Error(`${path} could not be taken`);
}

function isDatabaseProgram(process_: number): boolean {
  if (!Number.isInteger(process_) || process_ <= 0 || process_ === process.pid) return false;
  try {
    return readFileSync(`/proc/${process_}/cmdline`, 'utf8').includes('programs/database');
  } catch {
    return false;
  }
}
