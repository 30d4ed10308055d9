/** The web tier on a database of its own, without connectors: a test plays their part through the store. */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { EmbeddedDatabase } from './embedded-database.ts';

export interface WebAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Parsed where the answer is JSON, else null. */
  readonly body: unknown;
}

export interface AskOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null sends none; left out: the bootstrap token. */
  readonly token?: string | null;
}

export interface RunningWeb {
  readonly url: string;
  readonly port: number;
  readonly fingerprint: string | null;
  readonly signInUrl: string | null;
  readonly token: string;
  readonly process: ChildProcess;
  /** Everything it has logged so far. */
  log(): string;
  /** `path` from the root of the origin. */
  ask(method: string, path: string, options?: AskOptions): Promise<WebAnswer>;
  stop(): Promise<number | null>;
}

/** Starts the program; rejects with its `code` when it says that it failed. */
export async function startWeb(
  database: Pick<EmbeddedDatabase, 'dataDirectory'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningWeb> {
  const token = environment.SALLYPORT_BOOTSTRAP_TOKEN ?? `bootstrap-${randomBytes(24).toString('hex')}`;
  const child = fork(new URL('../../programs/web/src/main.ts', import.meta.url), [], {
    env: {
      ...process.env,
      SALLYPORT_PORT: '0',
      SALLYPORT_DATA: database.dataDirectory,
      SALLYPORT_BOOTSTRAP_TOKEN: token,
      ...environment,
    },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const log = (): string => Buffer.concat(chunks).toString('utf8');
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = await new Promise<{ url: string; fingerprint: string | null; signInUrl: string | null }>(
    (resolve, reject) => {
      child.once('exit', (status) => reject(new Error(`the web tier ended with ${status}: ${log()}`)));
      child.on('message', (message: { ready?: never; failed?: { code: string; message: string } }) => {
        if (message.failed) reject(Object.assign(new Error(message.failed.message), { code: message.failed.code }));
        if (message.ready) resolve(message.ready);
      });
    },
  );
  const ask: RunningWeb['ask'] = (method, path, options = {}) =>
    askWeb(`${ready.url}${path}`, method, { ...options, token: options.token === undefined ? token : options.token });
  return {
    ...ready,
    port: Number(new URL(ready.url).port),
    token,
    process: child,
    log,
    ask,
    stop: () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      return ended;
    },
  };
}

/** One request on a connection of its own; the certificate is the tier's own and not judged here. */
export function askWeb(url: string, method: string, options: AskOptions = {}): Promise<WebAnswer> {
  const { body, headers = {}, token = null } = options;
  const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method,
        rejectUnauthorized: false,
        agent: false,
        headers: {
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const answered = Buffer.concat(chunks).toString('utf8');
          const isJson = /json/.test(answer.headers['content-type'] ?? '');
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: answered,
            body: isJson && answered !== '' ? JSON.parse(answered) : null,
          });
        });
      },
    );
    call.on('error', reject);
    call.end(text);
  });
}
