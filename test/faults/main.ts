/**
 * `npm run faults`: the whole matrix, or a part of it. Exit status: 0 all as expected, 1 something differs, 2 usage.
 *   --json            one line a case on stdout, the counts on stderr
 *   --only PATTERN    cases whose name matches (a regular expression, such as `client-certificate/.*\/nginx`)
 *   --positive-only   the doctor uses only the probes that it uses by itself, on a failure
 *   --write-docs      writes docs/faults.md from what was seen; only for the whole matrix
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { countsOf, isAsExpected } from './agreement.ts';
import { faultsDocument } from './document.ts';
import { jsonOfCase, jsonOfNotApplicable, lineOfCase, lineOfCounts } from './report-lines.ts';
import { runMatrix } from './run-matrix.ts';

const options = {
  json: { type: 'boolean', default: false },
  only: { type: 'string', default: '' },
  'positive-only': { type: 'boolean', default: false },
  'write-docs': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
const usage = 'usage: npm run faults -- [--json] [--only PATTERN] [--positive-only] [--write-docs]\n';

// An ordinary end, so that the servers end too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await run();

async function run(): Promise<0 | 1 | 2> {
  const given = readOptions();
  if (given === null) {
    process.stderr.write(usage);
    return 2;
  }
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { cases, notApplicable, absent } = await runMatrix({
    chosen: ({ name }) => given.pattern.test(name),
    probes: given.positiveOnly ? 'positive' : 'all',
    onCase: (outcome) => process.stdout.write(`${given.json ? jsonOfCase(outcome) : lineOfCase(outcome)}\n`),
  });
  for (const row of notApplicable)
    process.stdout.write(given.json ? `${jsonOfNotApplicable(row)}\n` : `not applicable  ${row.name}: ${row.reason}\n`);
  for (const name of absent) process.stderr.write(`left out: ${name} is not installed\n`);
  const counts = lineOfCounts(countsOf(cases, notApplicable.length));
  (given.json ? process.stderr : process.stdout).write(`${counts}\n`);
  if (given.writesDocument && absent.length === 0)
    writeFileSync(new URL('../../docs/faults.md', import.meta.url), faultsDocument(cases, notApplicable));
  if (cases.length === 0) {
    process.stderr.write('no case has such a name\n');
    return 2;
  }
  return cases.every(isAsExpected) ? 0 : 1;
}

function readOptions() {
  try {
    const { values } = parseArgs({ options, strict: true });
    const writesDocument = values['write-docs'];
    // A document of a part would look like the whole.
    if (writesDocument && (values.only !== '' || values['positive-only'])) return null;
    const positiveOnly = values['positive-only'];
    return { json: values.json, help: values.help, positiveOnly, writesDocument, pattern: new RegExp(values.only) };
  } catch {
    return null;
  }
}
