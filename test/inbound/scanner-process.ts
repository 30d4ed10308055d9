/** Runs a scanner to its end. Not spawnSync: the server that it looks at may live in this process. */
import { spawn } from 'node:child_process';

export interface ScannerRun {
  /** Null where it could not be started, or was ended by a signal. */
  readonly status: number | null;
  readonly stdout: string;
}

export function runScanner(program: string, parameters: readonly string[]): Promise<ScannerRun> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', () => resolve({ status: null, stdout: '' }));
    child.once('close', (status) => resolve({ status, stdout: Buffer.concat(chunks).toString('utf8') }));
  });
}
