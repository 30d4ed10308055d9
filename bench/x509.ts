/**
 * `npm run bench:x509 [-- --json]`: how fast the validator is, against what cannot be faster and against others, measured in the same run.
 * With --json one line a figure; without, a table with the ratios that are promised.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SignatureMemory, readCertificate } from '@sallyport/x509';
import { makeChain, rawChecks, validation } from './x509/chains.ts';
import type { KeyName } from './x509/chains.ts';
import { hostileFigures } from './x509/hostile-bags.ts';
import { largeCrlFigures } from './x509/large-crl.ts';
import { ratesOf } from './x509/measure.ts';
import type { Figure, Work } from './x509/measure.ts';
import { goValidations, pkijsValidation } from './x509/peers.ts';

const usage = `usage: npm run bench:x509 [-- --json]

Measures the validator against raw signature checks, PKI.js, Go (where a toolchain is present) and openssl, about a minute long.
--json  one JSON line a figure: { "name", "opsPerSecond" | "milliseconds" | "megabytes", "runs" }
        without it, a table with the ratios that are promised
--help  this text
Exit status: 0 measured, 2 wrong usage.
`;
/** Many short rounds: what disturbs the machine then disturbs all works of a round alike. */
const rounds = 250;
const options = process.argv.slice(2);
const json = options.includes('--json');
if (options.includes('--help') || options.includes('-h')) {
  process.stdout.write(usage);
  process.exit(0);
}
const unknown = options.find((option) => option !== '--json');
if (unknown !== undefined) {
  process.stderr.write(`bench:x509: there is no option ${unknown}\n\n${usage}`);
  process.exit(2);
}
setFlagsFromString('--expose-gc');
globalThis.gc ??= runInNewContext('gc') as typeof globalThis.gc;

const times =
  (operations: number, run: () => void): (() => void) =>
  () => {
    for (let count = 0; count < operations; count++) run();
  };

/** @param validations in one round; of what is quicker more, so that each takes about the same time and is disturbed as often */
function worksOf(kind: KeyName, validations: number): readonly Work[] {
  const chain = makeChain(kind);
  const works: readonly (readonly [string, number, () => void])[] = [
    [`validate-${kind}`, 1, validation(chain, null)],
    [`limit-two-verifies-${kind}`, 1.5, rawChecks(chain, 2)],
    [`validate-remembered-${kind}`, 2, validation(chain, new SignatureMemory())],
    [`limit-one-verify-${kind}`, 3, rawChecks(chain, 1)],
  ];
  return works.map(([name, share, run]) => {
    const operations = validations * share;
    return { name, operations, run: times(operations, run) };
  });
}

function reading(operations: number): Work {
  const { endEntity } = makeChain('p256');
  const read = (): void => {
    const certificate = readCertificate(endEntity);
    if (certificate.subject.relative.length === 0 || certificate.extensions.subjectAltName === null)
      throw new Error('no names');
  };
  return { name: 'parse-names', operations, run: times(operations, read) };
}

async function measureAll(): Promise<readonly Figure[]> {
  const chain = makeChain('p256');
  const pkijs = pkijsValidation(chain);
  const peer: Work = {
    name: 'pkijs-p256',
    operations: 1,
    run: pkijs,
  };
  const figures = [...(await ratesOf([...worksOf('p256', 20), ...worksOf('rsa2048', 40), peer, reading(500)], rounds))];
  for (const kind of ['p256', 'rsa2048'] as const) {
    const rate = goValidations(kind === 'p256' ? chain : makeChain(kind), kind);
    if (rate !== null) figures.push({ name: `go-${kind}`, opsPerSecond: rate, runs: 5 });
  }
  return [...figures, ...largeCrlFigures(5), ...hostileFigures(5)];
}

/** Ratios that are promised: of, by, at least. */
const promises: readonly (readonly [string, string, number])[] = [
  ['validate-p256', 'limit-two-verifies-p256', 0.75],
  ['validate-rsa2048', 'limit-two-verifies-rsa2048', 0.5],
  ['validate-remembered-p256', 'limit-one-verify-p256', 0.75],
  ['validate-remembered-rsa2048', 'limit-one-verify-rsa2048', 0.6],
  ['validate-p256', 'pkijs-p256', 20],
  ['validate-p256', 'go-p256', 1],
  ['validate-rsa2048', 'go-rsa2048', 1],
];
/** Figures that are promised by themselves: name, at most (or, for rates, at least). */
const bounds: readonly (readonly [string, number])[] = [
  ['crl-1m-index', 200],
  ['crl-1m-lookup', 1e9 / 150],
  ['crl-1m-memory', 24],
  ['parse-names', 150_000],
  ['hostile-impostors', 50],
  ['hostile-loops', 50],
  ['hostile-names', 50],
  ['hostile-rsa', 50],
];

function table(figures: readonly Figure[]): string {
  const find = (name: string): Figure | undefined => figures.find((figure) => figure.name === name);
  const value = (figure: Figure | undefined): number =>
    figure?.opsPerSecond ?? figure?.milliseconds ?? figure?.megabytes ?? Number.NaN;
  const lines = figures.map((figure) => {
    const unit = figure.opsPerSecond !== undefined ? '/s' : figure.milliseconds !== undefined ? 'ms' : 'MB';
    return `${figure.name.padEnd(30)} ${value(figure).toLocaleString('en').padStart(14)} ${unit}`;
  });
  lines.push('');
  for (const [of, by, least] of promises) {
    const ratio = value(find(of)) / value(find(by));
    lines.push(
      `${`${of} / ${by}`.padEnd(60)} ${ratio.toFixed(2).padStart(7)}  (at least ${least}) ${Number.isNaN(ratio) ? 'not measured' : ratio >= least ? 'ok' : 'MISSED'}`,
    );
  }
  for (const [name, bound] of bounds) {
    const figure = find(name);
    const kept = figure?.opsPerSecond !== undefined ? value(figure) >= bound : value(figure) <= bound;
    lines.push(
      `${name.padEnd(60)} ${value(figure).toLocaleString('en').padStart(7)}  (bound ${Math.round(bound).toLocaleString('en')}) ${kept ? 'ok' : 'MISSED'}`,
    );
  }
  const [ours, start, theirs] = ['crl-1m-process', 'node-start', 'crl-1m-openssl'].map((name) => ({
    time: value(find(name)),
    memory: value(find(`${name}-memory`)),
  }));
  if (ours !== undefined && start !== undefined && theirs !== undefined)
    lines.push(
      `openssl crl as a process: ${(theirs.time / ours.time).toFixed(2)} × our time (at least 2), our memory beyond Node's start ${((ours.memory - start.memory) / theirs.memory).toFixed(2)} of its (at most 0.25)`,
    );
  return lines.join('\n');
}

const figures = await measureAll();
console.log(json ? figures.map((figure) => JSON.stringify(figure)).join('\n') : table(figures));
