/**
 * `npm run bench:swap [-- --json]`: what a swap of the client certificate costs requests that go on meanwhile, where the
 * far side accepts the new one and where it refuses it.
 */
import { measureFollowing } from './swap/following.ts';
import { measureRollover } from './swap/rollover.ts';
import { quantileBetween, startLoad, type Load } from './swap/load.ts';
import { startSwapWorld, type SwapWorld } from './swap/swap-world.ts';
import { median, type Figure } from './x509/measure.ts';

const usage = `usage: npm run bench:swap [-- --json]

Swaps the client certificate under 500 requests a second over 50 connections (nginx needed), whose far side ends idle
ones after a second; once to a certificate that it accepts, once to one that it refuses. Then how soon three connector
processes follow a pointer, hearing of it and not, and go back together. Then a rollout to 1,000 connections, canaries
included, each cohort observed for five seconds. About eight minutes long.
--json  one JSON line a figure: { "name", "requests" | "ratio" | "milliseconds" | "seconds", "runs" }
--help  this text
Exit status: 0 measured and every promise kept, 1 one was not, 2 wrong usage.
`;
const options = process.argv.slice(2);
if (options.includes('--help') || options.includes('-h')) {
  process.stdout.write(usage);
  process.exit(0);
}
const unknown = options.find((option) => option !== '--json');
if (unknown !== undefined) {
  process.stderr.write(`bench:swap: there is no option ${unknown}\n\n${usage}`);
  process.exit(2);
}
const json = options.includes('--json');
const perSecond = 500;
const sockets = 50;
/** Milliseconds before the write of the pointer, and after it, that are compared. */
const span = 10_000;
const warmUp = 3_000;
const runs = 3;
const followingRuns = 10;
const connectionsRolledOver = 1000;
const longestRolloverSeconds = 300;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Swap {
  readonly requests: number;
  readonly failed: number;
  readonly ratio: number;
  readonly p99: number;
}

async function swap(world: SwapWorld, load: Load, kind: 'welcome' | 'revoked'): Promise<Swap> {
  const first = load.answered.length;
  await sleep(span);
  const at = await world.activate(world.certificate(kind));
  await sleep(span);
  // Those of the last moments have to be answered, too.
  await sleep(1_000);
  const p99 = quantileBetween(load.answered, at, at + span, 0.99);
  const answered = load.answered.slice(first);
  return {
    requests: answered.length,
    failed: answered.filter(({ failure }) => failure !== null).length,
    ratio: p99 / quantileBetween(load.answered, at - span, at, 0.99),
    p99,
  };
}

function print(figure: Figure & { readonly requests?: number; readonly seconds?: number }, promise = ''): void {
  if (json) return console.log(JSON.stringify(figure));
  const { name, runs: count, ...values } = figure;
  const [unit = '', value] = Object.entries(values)[0] ?? [];
  console.log(`${name.padEnd(30)} ${String(value).padStart(12)} ${unit.padEnd(13)} ${promise} (${count} runs)`);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const world = await startSwapWorld(sockets);
if (world === null) {
  process.stderr.write('bench:swap: nginx is not installed; nothing was measured\n');
  process.exit(1);
}
const { jira } = world.client;
const load = startLoad(perSecond, async () => {
  const answer = await jira.fields();
  return answer.ok ? null : answer.error.code;
});
await sleep(warmUp);
const accepted: Swap[] = [];
for (let run = 0; run < runs - 1; run++) accepted.push(await swap(world, load, 'welcome'));
const refused = await swap(world, load, 'revoked');
await load.stop();
await world.stop();
const failures = new Set(load.answered.flatMap(({ failure }) => failure ?? []));
if (failures.size > 0) process.stderr.write(`bench:swap: failures were ${[...failures].join(', ')}\n`);
print({ name: 'swap-requests', requests: sum(accepted.map(({ requests }) => requests)), runs: accepted.length });
const failed = sum(accepted.map((one) => one.failed));
print({ name: 'swap-failed-requests', requests: failed, runs: accepted.length }, '0');
const ratio = median(accepted.map((one) => one.ratio));
print({ name: 'swap-p99-ratio', ratio: rounded(ratio), runs: accepted.length }, '≤ 1.5');
print({
  name: 'swap-p99-milliseconds',
  milliseconds: rounded(median(accepted.map(({ p99 }) => p99))),
  runs: accepted.length,
});
print({ name: 'swap-refused-requests', requests: refused.requests, runs: 1 });
print({ name: 'swap-refused-failed-requests', requests: refused.failed, runs: 1 }, '0');
print({ name: 'swap-refused-p99-ratio', ratio: rounded(refused.ratio), runs: 1 });
const following = await measureFollowing(followingRuns);
let isFollowedInTime = true;
for (const [name, times, longest] of [
  ['follow-milliseconds', following.heard, 2_000],
  ['follow-unheard-milliseconds', following.unheard, 10_000],
  ['fall-back-milliseconds', following.back, 2_000],
] as const) {
  // What is promised is promised of the last connector, each time.
  const slowest = Math.max(...times);
  isFollowedInTime &&= slowest <= longest;
  print({ name, milliseconds: rounded(slowest), runs: times.length }, `≤ ${longest}`);
}
const rollover = await measureRollover(connectionsRolledOver);
const allOver = rollover?.observed === connectionsRolledOver;
if (!allOver) process.stderr.write(`bench:swap: only ${rollover?.observed ?? 0} connections were rolled over\n`);
print({ name: 'rollover-1000-seconds', seconds: rounded(rollover?.seconds ?? Number.NaN), runs: 1 }, '≤ 300');
const inTime = allOver && (rollover?.seconds ?? Infinity) <= longestRolloverSeconds;
process.exitCode = failed === 0 && refused.failed === 0 && ratio <= 1.5 && isFollowedInTime && inTime ? 0 : 1;
