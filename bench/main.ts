/**
 * The main job, measured: `npm run bench:main -- --json` prints one JSON line a figure. Sandbox, database and connector
 * run as processes of their own on this machine, and share its cores with the measurement.
 */
import { askCall, listConnectors, openCallWaiter, setConnectionState, type Connection } from '@sallyport/store';
import { startSallyport } from '../test/system/running-sallyport.ts';
import { startSyncWorld, until, type SyncWorld } from '../test/system/sync-world.ts';

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** How many measurements the value is the middle, or the given share, of. */
  readonly runs: number;
  readonly budget: string;
}

const issueCount = 20_000;
const syncRuns = 3;
const startRuns = 3;
const fewestCalls = 100;
const json = process.argv.includes('--json');

function report(figure: Figure): void {
  const value = Number(figure.value.toFixed(2));
  console.log(
    json
      ? JSON.stringify({ ...figure, value })
      : `${figure.name.padEnd(30)} ${value} ${figure.unit}  (${figure.runs} runs; budget ${figure.budget})`,
  );
}

const world = await startSyncWorld({
  SALLYPORT_SANDBOX_ISSUES: String(issueCount),
  SALLYPORT_SANDBOX_CHANGES_PER_MINUTE: '0',
  SALLYPORT_LOG: 'warn',
});
try {
  const rates: number[] = [];
  for (let run = 0; run < syncRuns; run += 1) rates.push(await syncRate(world));
  report({
    name: 'sync-issues-per-second',
    unit: 'issues/s',
    value: quantile(rates, 0.5),
    runs: rates.length,
    budget: '>= 1000',
  });
  const added = await interactiveTimes(world);
  report({
    name: 'interactive-p50-milliseconds',
    unit: 'ms',
    value: quantile(added, 0.5),
    runs: added.length,
    budget: '<= 15',
  });
  report({
    name: 'interactive-p99-milliseconds',
    unit: 'ms',
    value: quantile(added, 0.99),
    runs: added.length,
    budget: '<= 100',
  });
  const connector = (await listConnectors(world.store)).find(({ id }) => id === 'connector-1');
  report({
    name: 'sync-peak-megabytes',
    unit: 'MB',
    value: (connector?.counters.peakMemoryBytes ?? Number.NaN) / 1e6,
    runs: syncRuns + 1,
    budget: '< 300',
  });
} finally {
  await world.stop();
}
const starts = await startTimes();
report({
  name: 'start-again-seconds',
  unit: 's',
  value: quantile(starts, 0.5),
  runs: starts.length,
  budget: '< 5',
});

/** From asking for the sync of a new connection until its last issue is stored. */
async function syncRate(place: SyncWorld): Promise<number> {
  const began = performance.now();
  const connection = await place.connect({ isSandbox: false });
  const stored = await waitUntilSwept(place, connection);
  const seconds = (performance.now() - began) / 1000;
  await setConnectionState(place.store, place.scope, connection.id, 'paused');
  return stored / seconds;
}

async function waitUntilSwept(place: SyncWorld, connection: Connection): Promise<number> {
  return until(
    'the sync is complete',
    async () => {
      const { sync, lastError } = await place.connection(connection.id);
      if (lastError !== null) throw new Error(`${lastError.code}: ${lastError.message}`);
      return sync?.lastSweepAt === null || sync === null ? null : sync.issuesStored;
    },
    180_000,
  );
}

/**
 * Times that asking through the database adds to a check, while another connection is read in full: all from the row
 * to its answer, less what the dial and Jira's answers took.
 */
async function interactiveTimes(place: SyncWorld): Promise<number[]> {
  const waiter = openCallWaiter(place.store);
  const added: number[] = [];
  const target = await place.connect({ isSandbox: false });
  await waitUntilSwept(place, target);
  while (added.length < fewestCalls) {
    const read = await place.connect({ isSandbox: false });
    let reading = true;
    const whole = waitUntilSwept(place, read).finally(() => (reading = false));
    await until('it is being read', async () => ((await place.connection(read.id)).sync?.issuesStored ?? 0) > 0);
    while (reading) {
      const began = performance.now();
      const id = await askCall(place.store, place.scope, {
        customerId: target.customerId,
        connectionId: target.id,
        egressGroup: 'default',
        kind: 'check',
        timeoutMilliseconds: 20_000,
      });
      const call = await waiter.wait(place.scope, id);
      const total = performance.now() - began;
      const answer = call?.answer as { workMilliseconds?: number; verdict?: string } | undefined;
      if (answer?.verdict !== 'accepted' || answer.workMilliseconds === undefined)
        throw new Error(`a check was not accepted: ${JSON.stringify(call?.answer)}`);
      // The last call may have outlived the sync.
      if (reading) added.push(total - answer.workMilliseconds);
      // A person does not ask a hundred times a second: the calls must not be the load.
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await whole;
    await setConnectionState(place.store, place.scope, read.id, 'paused');
  }
  await waiter.close();
  return added;
}

/** `sallyport up` on a data directory that has been used, until its API answers. */
async function startTimes(): Promise<number[]> {
  const first = await startSallyport({}, { keep: true });
  const { dataDirectory } = first;
  await first.stop();
  const times: number[] = [];
  for (let run = 0; run < startRuns; run += 1) {
    const began = performance.now();
    const again = await startSallyport({}, { dataDirectory, keep: run < startRuns - 1 });
    times.push((performance.now() - began) / 1000);
    await again.stop();
  }
  return times;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}
