/** One at a time by lock files: for hosts without a database, as the command line is. */
import { mkdirSync, readFileSync } from 'node:fs';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SourceLock } from './revocation-folder-types.ts';

/** Milliseconds between looks. */
const lookMilliseconds = 50;
/** Milliseconds after which a lock counts as left behind, also where another process has taken its holder's number since. */
const longestHoldMilliseconds = 120_000;

/** @param folder made where it does not exist */
export function lockFiles(folder: string): SourceLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    hold: async (name, signal, work) => {
      const path = join(folder, `${name}.lock`);
      while (!(await tryTake(path))) await delay(lookMilliseconds, undefined, { signal });
      try {
        return await work();
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

let taken = 0;

/** The file appears with its content or not at all, so that nobody reads a holder that is not written yet. */
async function tryTake(path: string): Promise<boolean> {
  const own = `${path}.${process.pid}-${taken++}`;
  const file = await open(own, 'wx', 0o600);
  await file.writeFile(String(process.pid));
  await file.close();
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    await removeLeftBehind(path);
    return false;
  } finally {
    await rm(own, { force: true });
  }
}

async function removeLeftBehind(path: string): Promise<void> {
  const holder = holderOf(path);
  if (holder === null || !(await isLeftBehind(path, holder))) return;
  const aside = `${path}.${process.pid}-${taken++}.left`;
  try {
    await rename(path, aside);
    // Somebody else may have been faster and hold it rightly by now: then it goes back.
    if (holderOf(aside) !== holder) await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
  } catch {
    // Gone already.
  }
}

function holderOf(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}

async function isLeftBehind(path: string, holder: string): Promise<boolean> {
  const state = await stat(path).catch(() => null);
  if (state !== null && Date.now() - state.mtimeMs > longestHoldMilliseconds) return true;
  try {
    process.kill(Number(holder), 0);
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'ESRCH';
  }
}
