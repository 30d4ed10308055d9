/**
 * `npm run bench:dial [-- --json]`: what the checks cost at each dial, and what revocation data costs a host. With --json
 * one line a figure; without, a table with what is promised.
 */
import { measureCrlUsable } from './dial/crl-usable.ts';
import { dialFigures } from './dial/dial-rate.ts';
import { measureManyCrls } from './dial/many-crls.ts';
import type { Figure } from './x509/measure.ts';

const usage = `usage: npm run bench:dial [-- --json]

Measures judged dials against plain tls.connect (nginx needed), a CRL of a million entries from its fetch to its first
answer, and the memory of two hundred CRLs; about a minute long.
--json  one JSON line a figure: { "name", "ratio" | "opsPerSecond" | "milliseconds" | "megabytes", "runs" }
--help  this text
Exit status: 0 measured, 2 wrong usage.
`;
const promised: Readonly<Record<string, string>> = {
  'dial-ratio': '≤ 1.25',
  'crl-1m-usable-milliseconds': '≤ 1,000',
  'connector-200-crls-megabytes': '≤ 300',
};
const crlRuns = 5;

const options = process.argv.slice(2);
if (options.includes('--help') || options.includes('-h')) {
  process.stdout.write(usage);
  process.exit(0);
}
const unknown = options.find((option) => option !== '--json');
if (unknown !== undefined) {
  process.stderr.write(`bench:dial: there is no option ${unknown}\n\n${usage}`);
  process.exit(2);
}
const json = options.includes('--json');

function print(figure: Figure): void {
  if (json) return console.log(JSON.stringify(figure));
  const { name, runs, ...values } = figure;
  const [unit = '', value] = Object.entries(values)[0] ?? [];
  console.log(
    `${name.padEnd(30)} ${String(value).padStart(12)} ${unit.padEnd(13)} ${promised[name] ?? ''} (${runs} runs)`,
  );
}

const dials = await dialFigures();
if (dials === null) console.error('bench:dial: nginx is not installed; dials are left out');
for (const figure of dials ?? []) print(figure);
const usable = await measureCrlUsable(crlRuns);
print({ name: 'crl-1m-usable-milliseconds', milliseconds: Math.round(usable.milliseconds), runs: crlRuns });
print({ name: 'crl-1m-peak-megabytes', megabytes: Math.round(usable.peakMegabytes), runs: crlRuns });
print({ name: 'crl-1m-look-up-milliseconds', milliseconds: usable.lookUpMilliseconds, runs: crlRuns });
const many = await measureManyCrls();
print({ name: 'connector-200-crls-megabytes', megabytes: Math.round(many.peakMegabytes), runs: 1 });
