/** One run at a time for each target, among all that this user starts here: two at once would look like an attack. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Longer than any run: what is older was left behind by one that was cut off. */
const staleMilliseconds = 60_000;

/** Null while another run holds the target; else what gives it free. */
export function lockTarget(host: string, port: number): { free(): void } | null {
  const folder = join(tmpdir(), `sallyport-doctor-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, createHash('sha256').update(`${host}:${port}`).digest('hex').slice(0, 32));
  if (!take(file)) {
    if (!isStale(file)) return null;
    rmSync(file, { force: true });
    if (!take(file)) return null;
  }
  return { free: () => rmSync(file, { force: true }) };
}

function take(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined || Date.now() - found.mtimeMs > staleMilliseconds;
}
