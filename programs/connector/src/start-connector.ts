/** Wires the parts of a connector and starts them in order; the end is the same in reverse. */
import { readFileSync } from 'node:fs';
import type { Task } from 'graphile-worker';
import {
  ConnectorHold,
  lockingWorkers,
  recordHeartbeat,
  removeConnector,
  taskName,
  unlockWorkers,
  type Connection,
  type JobPayload,
  type Store,
} from '@sallyport/store';
import { stopsUntilActed } from '@sallyport/jira-client';
import { runCalls } from './calls/call-runner.ts';
import { Courtesy } from './calls/courtesy.ts';
import { workOnCertificates } from './certificates/certificate-work.ts';
import type { Configuration } from './configuration.ts';
import { ConnectionClients } from './connections/connection-clients.ts';
import { collectEvidence } from './connections/evidence.ts';
import { followSlots } from './connections/slot-follower.ts';
import type { Connector } from './connector.ts';
import { Counters } from './counters.ts';
import { registerHeldKey } from './custody/custody-work.ts';
import { SealKeyring } from './custody/seal-keyring.ts';
import { runJobs } from './job-runner.ts';
import { diagnoseFailing } from './jobs/doctor-job.ts';
import { proveConnection } from './jobs/proof-job.ts';
import { syncConnection } from './jobs/sync-job.ts';
import { errorFields, type Log } from './log.ts';
import { planWork } from './planner.ts';
import { repeat } from './repeat.ts';
import { Retries } from './retries.ts';
import { openHostRevocation } from './revocation/host-revocation.ts';
import { runSwaps } from './swaps/swap-runner.ts';
import { workOnRevocation } from './revocation/revocation-work.ts';

export interface RunningConnector {
  stop(): Promise<void>;
}

/** What its package says of this program. */
const about = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
const heartbeatMilliseconds = 2_000;
/** Jobs at once: more connections wait their turn. */
const jobConcurrency = 4;
/** How long a job may take to end by itself when the program ends. */
const stopMilliseconds = 8_000;

export async function startConnector(
  configuration: Configuration,
  stores: { readonly jobs: Store; readonly calls: Store; readonly revocation: Store },
  log: Log,
  onReplaced: () => void,
): Promise<RunningConnector> {
  const { connectorId, egressGroup } = configuration;
  const hold = await ConnectorHold.take(stores.jobs, connectorId);
  const sealKey = await SealKeyring.open(configuration.sealKeyPath, configuration.sealKeyIsHandedIn);
  const counters = new Counters();
  const evidence = collectEvidence(stores.jobs, connectorId, log);
  const clients = new ConnectionClients(evidence);
  const { revocationFolder: folder, host } = configuration;
  // Locks are held while sources are asked: on connections of their own, so that no job waits for them.
  const revocation = openHostRevocation({ folder, host, store: stores.revocation, connectorId, log });
  const connector: Connector & { readonly sealKey: SealKeyring } = {
    connectorId,
    egressGroup,
    store: stores.jobs,
    callStore: stores.calls,
    sealKey,
    clients,
    evidence,
    revocation,
    counters,
    retries: new Retries(Date.now),
    courtesy: new Courtesy(),
    log,
    serving: new Set(),
    mayServe,
  };
  const startedAt = new Date();
  let isReplaced = false;
  const beat = async (): Promise<void> => {
    if (isReplaced) return;
    isReplaced = !(await hold.keep());
    if (isReplaced) {
      log.fatal({ event: 'connector.replaced', code: 'connector-id-taken' });
      return onReplaced();
    }
    await recordHeartbeat(stores.jobs, {
      id: connectorId,
      egressGroup,
      startedAt,
      version: about.version,
      counters: counters.snapshot(),
    });
  };
  await beat();
  await registerHeldKey(connector);
  const heartbeat = repeat(heartbeatMilliseconds, beat, (error) =>
    log.warn({ event: 'heartbeat.failed', ...errorFields(error) }),
  );
  const stop = new AbortController();
  const runner = runJobs({
    store: stores.jobs,
    connectorId,
    concurrency: jobConcurrency,
    tasks: {
      [taskName('sync', egressGroup)]: task((payload) => syncConnection(connector, payload, stop.signal)),
      [taskName('doctor', egressGroup)]: task((payload) => diagnoseFailing(connector, payload)),
      [taskName('proof', egressGroup)]: task((payload) => proveConnection(connector, payload)),
    },
    releaseLocks: () => releaseOwnLocks(connector),
    log,
  });
  const calls = runCalls(connector);
  const planner = planWork(connector);
  const follower = followSlots(connector);
  const swaps = runSwaps(connector);
  const revocationWork = workOnRevocation(connector);
  const certificateWork = workOnCertificates(connector);
  return {
    stop: async () => {
      // What hangs must not keep the process: its jobs are another's as soon as this one is silent.
      const overdue = setTimeout(() => process.exit(1), stopMilliseconds);
      stop.abort();
      await Promise.all([
        planner.stop(),
        follower.stop(),
        swaps.stop(),
        revocationWork.stop(),
        certificateWork.stop(),
        calls.stop(),
        runner.stop(),
      ]);
      await clients.close();
      await evidence.close();
      await revocation.close();
      await heartbeat.stop();
      if (!isReplaced) await removeConnector(stores.jobs, connectorId).catch(() => undefined);
      hold.release();
      await Promise.all([stores.jobs.close(), stores.calls.close(), stores.revocation.close()]);
      clearTimeout(overdue);
    },
  };
}

/** Active, or failing for a reason that may pass by itself: nothing that could lock the account is repeated. */
function mayServe(connection: Connection): boolean {
  if (connection.state === 'active') return true;
  return connection.state === 'failing' && connection.lastError !== null && !stopsUntilActed(connection.lastError.code);
}

/** Each connection's own lease keeps a run that has not ended yet apart from the next one. */
async function releaseOwnLocks(connector: Connector): Promise<void> {
  const own = await lockingWorkers(connector.store, connector.connectorId);
  if (own.length === 0) return;
  await unlockWorkers(connector.store, own);
  connector.log.warn({ event: 'takeover', workers: own });
}

function task(work: (payload: JobPayload) => Promise<void>): Task {
  return async (payload) => {
    const { connectionId, customerId } = payload as Partial<JobPayload>;
    if (typeof connectionId !== 'string' || typeof customerId !== 'string')
      throw new TypeError('A job names its connection and customer.');
    await work({ connectionId, customerId });
  };
}
