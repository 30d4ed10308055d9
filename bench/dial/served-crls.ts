/** CRLs at a near server, and a process that fetches all of them and answers from each. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { entriesOf, writeBenchCrl, writeIssuer } from './crl-authority.ts';
import { startNearServer } from './start-near-server.ts';

export interface CrlProcessFigures {
  /** From asking for all CRLs to an answer from each. */
  readonly milliseconds: number;
  /** One answer when everything is warm. */
  readonly lookUpMilliseconds: number;
  /** Resident memory at its highest, the runtime included. */
  readonly peakMegabytes: number;
}

/** @param run gets a function that starts one measured process with an empty folder */
export async function withServedCrls<T>(
  crls: number,
  entries: number,
  run: (measure: () => Promise<CrlProcessFigures>) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const served = join(folder, 'served');
  mkdirSync(served);
  const list = entriesOf(entries);
  for (let number = 0; number < crls; number++)
    writeFileSync(join(served, `${number}.crl`), writeBenchCrl(number, list));
  // The keys are of this process; the other one is told.
  writeFileSync(join(folder, 'issuer.der'), writeIssuer(0));
  const server = await startNearServer(served);
  let runs = 0;
  try {
    return await run(async () => {
      const program = new URL('crl-process.ts', import.meta.url).pathname;
      const words = [program, join(folder, `held-${runs++}`), join(folder, 'issuer.der'), server.url, String(crls)];
      const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 120_000 });
      return JSON.parse(stdout) as CrlProcessFigures;
    });
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
