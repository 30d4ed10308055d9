/** A product as a process of its own: a folder of its own, free ports at loopback, ended by its id. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A product that does not answer within this has not started; a virtual machine on a busy machine needs long. */
const startMilliseconds = 120_000;
const endMilliseconds = 5_000;

/** The system's own settings forbid what a faulty far side must show. */
const opensslSettings = `openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = tls
[tls]
MinProtocol = TLSv1
CipherString = DEFAULT:@SECLEVEL=0
`;

/** The first of these that exists. */
export function installed(...paths: readonly string[]): string | null {
  return paths.find((path) => existsSync(path)) ?? null;
}

export class ServerFolder {
  readonly path: string;

  constructor(name: string) {
    this.path = mkdtempSync(join(tmpdir(), `sallyport-faults-${name}-`));
  }

  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    // Some products give up their rights and must still read; the folder dies with the run.
    writeFileSync(path, content, { mode: 0o644 });
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Below the ports that systems give to connections, so that no dial of ours takes one before its server does. */
const firstPort = 20_000;
const lastPort = 32_000;
/** Nobody of this process gets a port twice: a server starts some time after its port was found free. */
const given = new Set<number>();

/** So many ports at 127.0.0.1 that are free now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(firstPort, lastPort);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) ports.push(port);
    if (given.size === lastPort - firstPort) throw new Error('no port is free');
  }
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (listens) await new Promise((resolve) => server.close(resolve));
  return listens;
}

/** No server outlives the process that started it, however that ends. */
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly end: () => Promise<void>;
}

/**
 * Starts a program in the foreground and waits until every port answers. Rejects with what it printed.
 * @param ready what it prints once it serves; for programs that take connections before that
 */
export async function startProcess(
  program: string,
  parameters: readonly string[],
  folder: ServerFolder,
  ports: readonly number[],
  ready?: string,
): Promise<ServerProcess> {
  const child = spawn(program, parameters, {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, OPENSSL_CONF: folder.write('openssl.cnf', opensslSettings) },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  let said = '';
  const serves = Promise.withResolvers<void>();
  const listen = (text: Buffer): void => {
    said = (said + text.toString('latin1')).slice(-8_000);
    if (ready !== undefined && said.includes(ready)) serves.resolve();
  };
  if (ready === undefined) serves.resolve();
  const late = setTimeout(() => serves.reject(new Error(`${program} does not serve: ${said}`)), startMilliseconds);
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = once(child, 'exit').then(([status]) => {
    throw new Error(`${program} ended with ${status}: ${said}`);
  });
  ended.catch(() => undefined);
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), endMilliseconds);
      await gone;
      clearTimeout(timer);
    }
    folder.remove();
  };
  try {
    await Promise.race([Promise.all([serves.promise, ...ports.map((port) => answering(port, () => said))]), ended]);
  } catch (error) {
    const log = join(folder.path, 'error.log');
    const more = existsSync(log) ? readFileSync(log, 'utf8').slice(-4_000) : '';
    await end();
    throw new Error(`${(error as Error).message}\n${more}`, { cause: error });
  } finally {
    clearTimeout(late);
  }
  return { child, end };
}

/** Runs a program to its end; throws with what it printed. */
export function runTool(program: string, parameters: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { input, maxBuffer: 16 << 20 });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr.toString()}`);
  return stdout;
}

async function answering(port: number, said: () => string): Promise<void> {
  const last = Date.now() + startMilliseconds;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    if (Date.now() > last) throw new Error(`nothing answers at port ${port}: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
