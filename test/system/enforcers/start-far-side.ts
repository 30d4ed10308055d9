/** A real server, started from the text of the enforcer kit, in a folder of its own and on a free port at loopback. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  enforcerKit,
  factsOfTerms,
  type EnforcerFacts,
  type EnforcerKit,
  type GivenCertificates,
  type KitFile,
} from '@sallyport/enforcer-kit';
import type { Identity } from '@sallyport/sandbox';
import type { TlsPolicyId } from '@sallyport/tls-policy';
import { freePorts, ServerFolder, startProcess } from '../../faults/far-sides/server-process.ts';
import { launchers, type TestedProduct } from './launchers.ts';

export interface FarSideOptions {
  readonly server: Identity;
  readonly certificates: GivenCertificates;
  /** Plain HTTP behind it; Tomcat answers by itself. */
  readonly jiraPort: number;
  readonly restPaths?: readonly string[];
  readonly tlsPolicy?: TlsPolicyId;
  readonly title?: string;
  /** Changes the text of each file before it is written. */
  readonly change?: (file: KitFile) => string;
}

export interface RefreshRun {
  readonly status: number | null;
  readonly said: string;
  /** What SALLYPORT_ALARM was called with. */
  readonly alarms: readonly string[];
}

export interface FarSide {
  readonly port: number;
  readonly kit: EnforcerKit;
  readonly facts: EnforcerFacts;
  readonly folder: string;
  /** Lets the server take up what stands in its files now. */
  reload(): Promise<void>;
  /** Runs the kit's refresh job, which reloads the server where something is new. */
  refresh(environment?: Readonly<Record<string, string>>): Promise<RefreshRun>;
  close(): Promise<void>;
}

/** Whether the program is there. */
export function isInstalled(product: TestedProduct): boolean {
  return launchers[product].needs.every((path) => existsSync(path));
}

/** Starts one; rejects with what the server printed. */
export async function startFarSide(product: TestedProduct, options: FarSideOptions): Promise<FarSide> {
  const folder = new ServerFolder(`kit-${product}`);
  const launcher = launchers[product];
  const [port = 0] = await freePorts(1);
  const facts = factsOfTerms({
    title: options.title ?? 'a test',
    terms: {
      baseUrl: `https://localhost:${port}/jira`,
      tlsPolicy: options.tlsPolicy ?? 'tls12-six',
      restPaths: options.restPaths ?? ['/rest/api/2/serverInfo', '/rest/api/2/search', '/rest/api/2/issue/*'],
    },
    ...options.certificates,
    egressAddresses: ['192.0.2.10', '2001:db8::/48'],
    privateAuthority: false,
    places: {
      folder: folder.path,
      serverCertificate: join(folder.path, 'server.pem'),
      serverKey: join(folder.path, 'server.key'),
      listenAddress: '127.0.0.1',
      jiraPort: options.jiraPort,
    },
  });
  const answer = enforcerKit(product, facts);
  if (!answer.ok) throw new Error(answer.faults.map(({ path, message }) => `${path}: ${message}`).join('; '));
  const { kit } = answer;
  for (const file of kit.files) {
    const text = options.change?.(file) ?? file.text;
    // `/etc/nginx/conf.d/sallyport.conf` is `sallyport.conf` of the folder; what names a place there names it whole.
    writeFileSync(join(folder.path, basename(file.path)), text, { mode: Number.parseInt(file.mode, 8) });
  }
  folder.write('server.pem', launcher.serverFile(options.server, kit));
  folder.write('server.key', options.server.keyPem);
  const refresh: FarSide['refresh'] = (environment = {}) =>
    runRefresh(folder.path, {
      SALLYPORT_RELOAD: launcher.reload({ folder: folder.path, pid: running?.child.pid ?? 0 }),
      ...environment,
    });
  let running: Awaited<ReturnType<typeof startProcess>> | null = null;
  try {
    if (facts.revocationSources.length > 0) {
      const first = await refresh({ SALLYPORT_RELOAD: '' });
      if (first.status !== 0) throw new Error(`the refresh job: ${first.said}`);
    }
    const { program, parameters } = launcher.prepare({ folder, facts, kit, port });
    running = await startProcess(program, parameters, folder, [port]);
  } catch (error) {
    folder.remove();
    throw error;
  }
  const { end, child } = running;
  const command = launcher.reload({ folder: folder.path, pid: child.pid ?? 0 });
  const reload = async (): Promise<void> =>
    void (await once(spawn('sh', ['-c', command], { stdio: 'ignore' }), 'close'));
  return { port, kit, facts, folder: folder.path, refresh, reload, close: end };
}

/** As cron would: by its own interpreter, with nothing of ours but what it takes from the environment. */
function runRefresh(folder: string, environment: Readonly<Record<string, string>>): Promise<RefreshRun> {
  const alarms = join(folder, 'alarms');
  const alarmProgram = join(folder, 'alarm.sh');
  writeFileSync(alarmProgram, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${alarms}'\n`, { mode: 0o755 });
  writeFileSync(alarms, '');
  return new Promise((resolve) => {
    const job = spawn(join(folder, 'refresh-crl.sh'), [], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', SALLYPORT_ALARM: alarmProgram, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    job.stderr.on('data', (text: Buffer) => {
      said += text.toString('utf8');
    });
    job.once('close', (status) => {
      const lines = readFileSync(alarms, 'utf8').split('\n');
      resolve({ status, said, alarms: lines.filter((line) => line !== '') });
    });
  });
}
