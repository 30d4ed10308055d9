/** One program of Sallyport as a child process: started, waited for, started again when it dies, stopped. */
import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from './configuration.ts';

/** A program said why it cannot start, or ended before it was ready. */
export class StartFailedError extends Error {
  readonly code: string;
  constructor(program: string, code: string, message: string) {
    super(`${program}: ${message}`);
    this.code = code;
  }
}

export interface ChildProgram {
  /** What the program told when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Its end is wanted from now on: it is not started again. A signal to the whole group may reach it before `stop`. */
  expectEnd(): void;
  /** Asks it to end, waits, and after `stopMilliseconds` ends it. */
  stop(): Promise<void>;
}

const startMilliseconds = 60_000;
const stopMilliseconds = 10_000;
const longestRestartMilliseconds = 10_000;
/** A log beyond this is set aside at the next start; one older log is kept. */
const logBytes = 20 << 20;

/**
 * Starts `programs/<name>` (or the sandbox) and waits until it is ready. If it dies later, it is started again, with a
 * pause that doubles up to 10 s; `notice` hears of it. With `once` it is only waited for until it has ended well.
 */
export async function startProgram(
  configuration: Configuration,
  name: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
  notice: (text: string) => void,
): Promise<ChildProgram> {
  let stopping = false;
  let pause = 500;
  const start = (): Promise<{ child: ChildProcess; ready: Readonly<Record<string, unknown>> }> =>
    forkProgram(configuration, name, parameters, environment);
  let current = await start();
  const watch = (child: ChildProcess): void => {
    child.once('exit', (status, signal) => {
      if (stopping) return;
      notice(`${name} ended (${signal ?? `status ${status}`}); starting it again in ${pause} ms`);
      setTimeout(() => void restart(), pause);
      pause = Math.min(pause * 2, longestRestartMilliseconds);
    });
  };
  const restart = async (): Promise<void> => {
    if (stopping) return;
    try {
      current = await start();
      if (stopping) current.child.kill('SIGTERM');
      watch(current.child);
      notice(`${name} runs again`);
      pause = 500;
    } catch (error) {
      notice(`${name} did not start again: ${(error as Error).message}`);
      setTimeout(() => void restart(), pause);
      pause = Math.min(pause * 2, longestRestartMilliseconds);
    }
  };
  watch(current.child);
  return {
    ready: current.ready,
    expectEnd: () => {
      stopping = true;
    },
    stop: async () => {
      stopping = true;
      const { child } = current;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMilliseconds);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Runs a program to its end, as for set-up work; a status other than 0 is an error. */
export async function runProgram(
  configuration: Configuration,
  name: string,
  parameters: readonly string[],
): Promise<void> {
  const child = forkChild(configuration, name, parameters, {});
  let failure: StartFailedError | null = null;
  child.on('message', (message) => (failure = failureOf(name, message) ?? failure));
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (failure !== null) throw failure;
  if (status !== 0) throw new StartFailedError(name, 'program-failed', `${parameters.join(' ')} ended with ${status}`);
}

function forkProgram(
  configuration: Configuration,
  name: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; ready: Readonly<Record<string, unknown>> }> {
  const child = forkChild(configuration, name, parameters, environment);
  return new Promise((resolve, reject) => {
    const settle = (error: StartFailedError | null, ready: Readonly<Record<string, unknown>> = {}): void => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      child.removeAllListeners('message');
      if (error === null) resolve({ child, ready });
      else {
        child.kill('SIGKILL');
        reject(error);
      }
    };
    const timer = setTimeout(
      () => settle(new StartFailedError(name, 'start-timeout', `not ready within ${startMilliseconds / 1000} s`)),
      startMilliseconds,
    );
    child.once('error', (error) => settle(new StartFailedError(name, 'start-failed', error.message)));
    child.once('exit', (status) => {
      const log = logPath(configuration, name);
      settle(
        new StartFailedError(
          name,
          'start-failed',
          `ended with status ${status} before it was ready; its log is ${log}`,
        ),
      );
    });
    child.on('message', (message) => {
      const failure = failureOf(name, message);
      if (failure !== null) settle(failure);
      else if (isRecord(message) && isRecord(message.ready)) settle(null, message.ready);
    });
  });
}

function forkChild(
  configuration: Configuration,
  name: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  const folder = name === 'sandbox' ? 'sandbox' : join('programs', name);
  const log = openLog(logPath(configuration, name));
  const child = fork(join(configuration.repository, folder, 'src/main.ts'), [...parameters], {
    env: { ...process.env, ...environment, SALLYPORT_DATA: configuration.dataDirectory },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return child;
}

function logPath(configuration: Configuration, name: string): string {
  return join(configuration.dataDirectory, 'logs', `${name}.log`);
}

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > logBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

function failureOf(name: string, message: unknown): StartFailedError | null {
  if (!isRecord(message) || !isRecord(message.failed)) return null;
  return new StartFailedError(name, String(message.failed.code), String(message.failed.message));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
