/** The sandbox as a process of its own, on a data directory of its own, and what tests ask of it. */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import type { PublishedSandbox } from '@sallyport/sandbox';

const program = new URL('../../sandbox/src/main.ts', import.meta.url);

export interface SandboxAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface SearchPage {
  readonly total: number;
  readonly issues: readonly { readonly id: string; readonly key: string; readonly fields?: Record<string, unknown> }[];
}

export class RunningSandbox {
  readonly dataDirectory = mkdtempSync(join(tmpdir(), 'sallyport-sandbox-'));
  #child: ChildProcess | null = null;

  get process(): ChildProcess {
    assert.ok(this.#child !== null);
    return this.#child;
  }

  /** What stands in `sandbox.json` now. */
  get published(): PublishedSandbox {
    return JSON.parse(readFileSync(join(this.dataDirectory, 'sandbox/sandbox.json'), 'utf8')) as PublishedSandbox;
  }

  /** Without living changes and without index lag, unless told otherwise. Rejects with the code that the program gives. */
  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = fork(program, [], {
      env: {
        ...process.env,
        SALLYPORT_DATA: this.dataDirectory,
        SALLYPORT_SANDBOX_PORT: '0',
        SALLYPORT_SANDBOX_CHANGES_PER_MINUTE: '0',
        SALLYPORT_SANDBOX_INDEX_LAG: '0',
        ...environment,
      },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (status) => reject(new Error(`ended with ${status}`)));
      child.on('message', (message: { ready?: object; failed?: { code: string; message: string } }) => {
        if (message.failed) reject(Object.assign(new Error(message.failed.message), { code: message.failed.code }));
        if (message.ready) resolve();
      });
    });
    this.#child = child;
  }

  /** Ends it and gives its exit status; its data stays. */
  async stop(): Promise<number | null> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }

  identity(kind: PublishedSandbox['clientCertificates'][number]['kind'] = 'operator-wildcard'): ConnectionOptions {
    const found = this.published.clientCertificates.find((candidate) => candidate.kind === kind);
    assert.ok(found !== undefined);
    return { cert: found.certificatePem, key: found.keyPem };
  }

  /** One request over a connection of its own; certificate and token are sent unless told otherwise. */
  ask(path: string, options: RequestOptions & ConnectionOptions = {}, body?: string): Promise<SandboxAnswer> {
    const { baseUrl, anchorsPem, personalAccessToken } = this.published;
    return new Promise((resolve, reject) => {
      const agent = new Agent({ keepAlive: false });
      const headers = { authorization: `Bearer ${personalAccessToken}`, ...options.headers };
      // With a name of its own: Node would take it from the Host header.
      const secure = { ca: anchorsPem, servername: 'localhost', ...this.identity() };
      const call = request(baseUrl + path, { agent, timeout: 10_000, ...secure, ...options, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const whole = Buffer.concat(chunks);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: whole, text: whole.toString() });
        });
      });
      call.on('timeout', () => call.destroy(new Error('timed out')));
      call.on('error', reject);
      call.end(body);
    });
  }

  async search(jql: string, parameters: Readonly<Record<string, string>> = {}): Promise<SearchPage> {
    const query = new URLSearchParams({ jql, ...parameters });
    const { status, text } = await this.ask(`/rest/api/2/search?${query}`);
    assert.equal(status, 200, text);
    return JSON.parse(text) as SearchPage;
  }

  /** A question to the control port; with a body an order. */
  async control(path: string, body?: unknown): Promise<Record<string, unknown>> {
    const url = this.published.controlUrl + path;
    const headers = { 'content-type': 'application/json' };
    const answer = await (body === undefined
      ? fetch(url)
      : fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
    const value = (await answer.json()) as Record<string, unknown>;
    assert.equal(answer.status, 200, JSON.stringify(value));
    return value;
  }

  async withFault(fault: string, work: () => Promise<void>): Promise<void> {
    await this.control('/faults', { fault, on: true });
    try {
      await work();
    } finally {
      await this.control('/faults', { fault, on: false });
    }
  }

  /** `sallyport sandbox …` on the same data directory. */
  command(...parameters: readonly string[]): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    return spawnSync(process.execPath, [program.pathname, ...parameters], {
      env: { ...process.env, SALLYPORT_DATA: this.dataDirectory },
      encoding: 'utf8',
    });
  }
}
