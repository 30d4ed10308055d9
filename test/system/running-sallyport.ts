/** Sallyport as a user runs it, `sallyport up`, on a data directory and ports of its own; and a client for its API. */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beginWithCopy } from './database-template.ts';
import { makeDatabase } from './embedded-database.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface RunningSallyport {
  readonly url: string;
  readonly signInUrl: string | null;
  readonly dataDirectory: string;
  readonly token: string;
  readonly process: ChildProcess;
  /** One call of the API with the bootstrap token; `path` is below `/api/v1`. */
  call(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  /** Process ids by program: `web`, `connector`, `database`, `sandbox`. */
  processes(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

const startMilliseconds = 60_000;

/** Starts it and waits until the API answers. `keep` leaves the data directory when it stops. */
export async function startSallyport(
  environment: Readonly<Record<string, string>> = {},
  options: { readonly dataDirectory?: string; readonly keep?: boolean; readonly parameters?: readonly string[] } = {},
): Promise<RunningSallyport> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'sallyport-'));
  if (options.dataDirectory === undefined) await beginWithCopy(dataDirectory, makeDatabase);
  const token = environment.SALLYPORT_BOOTSTRAP_TOKEN ?? `bootstrap-${randomBytes(24).toString('hex')}`;
  const program = new URL('../../programs/all-in-one/src/main.ts', import.meta.url);
  const child = fork(program, ['up', ...(options.parameters ?? [])], {
    env: {
      ...process.env,
      SALLYPORT_PORT: '0',
      SALLYPORT_DATA: dataDirectory,
      SALLYPORT_BOOTSTRAP_TOKEN: token,
      ...environment,
    },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
    if (options.keep !== true) rmSync(dataDirectory, { recursive: true, force: true });
  };
  const ready = await new Promise<{ url: string; signInUrl?: string | null }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not ready in time')), startMilliseconds);
    child.once('exit', () => reject(new Error('ended before it was ready')));
    child.on('message', (message: { ready?: { url: string }; failed?: { code: string; message: string } }) => {
      if (message.failed) reject(Object.assign(new Error(message.failed.message), { code: message.failed.code }));
      if (message.ready) resolve(message.ready);
      clearTimeout(timer);
    });
  }).catch(async (error: unknown) => {
    const logs = tailOfLogs(dataDirectory);
    await stop();
    throw Object.assign(error as Error, { logs });
  });
  return {
    url: ready.url,
    signInUrl: ready.signInUrl ?? null,
    dataDirectory,
    token,
    process: child,
    call: (method, path, body) => callApi(`${ready.url}/api/v1${path}`, method, token, body),
    processes: () => childPrograms(Number(child.pid)),
    stop,
  };
}

/** One HTTPS call to a server of this machine whose certificate is its own. */
export function callApi(url: string, method: string, token: string | null, body?: unknown): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token !== null) headers.authorization = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const call = request(url, { method, headers, rejectUnauthorized: false, timeout: 30_000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = /json/.test(answer.headers['content-type'] ?? '');
        resolve({ status: answer.statusCode ?? 0, body: isJson ? JSON.parse(text) : text });
      });
      answer.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error(`${method} ${url} timed out`)));
    call.on('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Asks again and again until `probe` gives something other than null; fails with `what` after the deadline. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | null> | T | null,
  milliseconds = 30_000,
): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const found = await probe();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`did not happen within ${milliseconds} ms: ${what}`);
    await pause(50);
  }
}

function childPrograms(parent: number): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const parentOf = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${entry}/stat`, 'utf8'))?.[1]);
      if (parentOf !== parent) continue;
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      const name =
        /programs\/([\w-]+)\/src\/main\.ts/.exec(line)?.[1] ?? (/sandbox\/src\/main\.ts/.test(line) ? 'sandbox' : null);
      if (name !== null) found[name] = Number(entry);
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

function tailOfLogs(dataDirectory: string): string {
  try {
    const folder = join(dataDirectory, 'logs');
    return readdirSync(folder)
      .map((name) => `${name}: ${readFileSync(join(folder, name), 'utf8').slice(-2000)}`)
      .join('\n');
  } catch {
    return '';
  }
}
