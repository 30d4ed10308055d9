/**
 * A database that was made and migrated once in a run of all tests; each test that starts an embedded one begins with a copy. The
 * gate names the folder in SALLYPORT_TEST_TEMPLATE and deletes it afterwards; without it, each test makes its own from nothing.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Puts a copy into a new data directory; `make` makes a database in the folder it is given, and has stopped it when it settles. */
export async function beginWithCopy(
  dataDirectory: string,
  make: (dataDirectory: string) => Promise<void>,
): Promise<void> {
  const folder = process.env['SALLYPORT_TEST_TEMPLATE'];
  if (folder === undefined) return;
  const template = join(folder, 'database');
  if (!existsSync(template)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = mkdtempSync(join(folder, 'making-'));
    await make(made);
    try {
      renameSync(join(made, 'database'), template);
    } catch (error) {
      // Another test of this run was quicker.
      if (!existsSync(template)) throw error;
    }
    rmSync(made, { recursive: true, force: true });
  }
  cpSync(template, join(dataDirectory, 'database'), { recursive: true });
}
