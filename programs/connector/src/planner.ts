/**
 * What is due: sweeps of active connections every half minute, another attempt where one failed, a proof each day, and
 * house-keeping. It only asks for jobs; which connector does them, the queue decides.
 */
import {
  connectionsDueForProof,
  deleteExpired,
  housekeepingScope,
  linkAuditEvents,
  listConnections,
  requestJob,
  silentWorkers,
  unlockWorkers,
} from '@sallyport/store';
import type { Connector } from './connector.ts';
import { errorFields } from './log.ts';
import { repeat, type Repetition } from './repeat.ts';

/** Between the end of a sweep and the next. */
const sweepEverySeconds = 30;
const planMilliseconds = 3_000;
/** A proof is asked for early enough that one which fails at first is still made within 24 hours. */
const proofAfterHours = 22;
const silentSeconds = 15;
const takeoverMilliseconds = 1_000;
const auditMilliseconds = 500;
const retentionMilliseconds = 60 * 60_000;

export interface Planner {
  stop(): Promise<void>;
}

export function planWork(connector: Connector): Planner {
  const { store, connectorId, log } = connector;
  const told = (event: string) => (error: unknown) => log.warn({ event, ...errorFields(error) });
  const repetitions: Repetition[] = [
    repeat(planMilliseconds, () => planConnections(connector), told('plan.failed')),
    repeat(takeoverMilliseconds, () => takeOver(connector), told('takeover.failed')),
    repeat(
      auditMilliseconds,
      async () => void (await linkAuditEvents(store, housekeepingScope(`connector:${connectorId}`))),
      told('audit.not-linked'),
    ),
    repeat(
      retentionMilliseconds,
      async () => {
        const deleted = await deleteExpired(store);
        if (deleted > 0) log.info({ event: 'retention.deleted', rows: deleted });
      },
      told('retention.failed'),
    ),
  ];
  return { stop: async () => void (await Promise.all(repetitions.map((repetition) => repetition.stop()))) };
}

async function planConnections(connector: Connector): Promise<void> {
  const { store, connectorId, egressGroup } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  const now = Date.now();
  for (const connection of await listConnections(store, scope)) {
    if (connection.terms.egressGroup !== egressGroup || !connector.mayServe(connection)) continue;
    if (connector.serving.has(connection.id) || !connector.retries.isDue(connection.id)) continue;
    const last = connection.sync?.lastSweepAt ?? null;
    const due = connection.state === 'failing' || last === null || now - last.getTime() > sweepEverySeconds * 1000;
    if (due) await requestJob(store, scope, 'sync', connection.id);
  }
  for (const { id } of await connectionsDueForProof(store, scope, egressGroup, proofAfterHours))
    if (connector.retries.isDue(`proof:${id}`)) await requestJob(store, scope, 'proof', id);
}

/** The queue itself would give a dead connector's jobs free after four hours. */
async function takeOver(connector: Connector): Promise<void> {
  const silent = await silentWorkers(connector.store, silentSeconds);
  if (silent.length === 0) return;
  await unlockWorkers(connector.store, silent);
  connector.counters.add('workersTakenOver', silent.length);
  connector.log.warn({ event: 'takeover', workers: silent });
}
