/**
 * `npm run mutation [-- --rules] [--quick] [--mutate GLOB] [--tests GLOB] [--json]`: holds the tests of path validation and revocation against
 * mutants. First every rule, decision and refusal is taken away by itself, and a test must notice each; then StrykerJS changes the sources wherever
 * it can, which gives the score. `--rules`: the first part alone; `--quick`: the second without tables and other values worked out while loading;
 * `--tests`: with these test files alone, while somebody writes them. Exit status 1 where a removed rule goes unnoticed or the score is below the
 * limit.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { equivalentMutants } from './equivalent-list.ts';
import { excuse } from './equivalent-mutants.ts';
import { printMutants, printRemoved, scoreOf } from './mutation-report.ts';
import { removeEachRule } from './rules-removed.ts';
import { testsAsked } from './test-files.ts';

/** Per cent of mutants killed in each folder, below which the run fails. */
const lowestScore = 90;
const home = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values } = parseArgs({
  options: {
    mutate: { type: 'string' },
    tests: { type: 'string' },
    json: { type: 'boolean' },
    rules: { type: 'boolean' },
    quick: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help === true) {
  console.log(`usage: npm run mutation [-- --rules] [--quick] [--mutate GLOB] [--tests GLOB] [--json]

--rules   only take away each rule, decision and refusal by itself; a test must notice each (under a minute)
--quick   only StrykerJS, without mutants of tables; without --rules and --quick both parts run whole (about half an hour)
--mutate  only these files, such as 'src/path/*.ts'
--tests   only with these test files
--json    one JSON document
Exit status: 0 every removed rule noticed and the score reached, 1 not.`);
  process.exit(0);
}

// Minutes of computing for which nothing else should wait.
setPriority(10);
process.chdir(home);
if (values.tests !== undefined) process.env[testsAsked] = values.tests;
const removed = values.quick === true ? [] : await removeEachRule(home);
const unnoticed = removed.filter(({ noticedBy }) => noticedBy === null);
if (values.json !== true && values.quick !== true) printRemoved(removed);
const tried = values.rules === true ? [] : await mutate(values.mutate ?? 'src/{path,revocation}/*.ts');
const { mutants, gone: missing } = excuse(home, tried, equivalentMutants);
// Of some lines of a file the others are missing.
const gone = /:\d+-\d+$/.test(values.mutate ?? '') ? [] : missing;
const path = scoreOf(mutants, 'path');
const revocation = scoreOf(mutants, 'revocation');
if (values.json === true) console.log(JSON.stringify({ removed, mutants, path, revocation, gone }));
else if (values.rules !== true) {
  printMutants(home, mutants);
  const shown = ({ killed, total, percent }: typeof path): string => `${killed} of ${total} killed (${percent} %)`;
  console.log(`\npath: ${shown(path)}, revocation: ${shown(revocation)}`);
}
console.log(`rules, decisions and refusals: ${removed.length - unnoticed.length} of ${removed.length} noticed`);
for (const key of gone) console.error(`listed as equivalent, but no mutant any more: ${key}`);
process.exitCode =
  unnoticed.length > 0 || gone.length > 0 || path.percent < lowestScore || revocation.percent < lowestScore ? 1 : 0;

async function mutate(pattern: string): Promise<MutantResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-mutation-'));
  try {
    const results = await new Stryker({
      plugins: [join(import.meta.dirname, 'stryker-plugins.ts')],
      testRunner: 'in-process',
      ignorers: ['shown-only'],
      mutate: [pattern, '!**/*.test.ts'],
      coverageAnalysis: 'perTest',
      concurrency: 1,
      ignoreStatic: values.quick === true,
      // Beside the time that the tests take without a mutant.
      timeoutMS: values.tests === undefined ? 5_000 : 3_000,
      tempDirName: folder,
      cleanTempDir: 'always',
      disableTypeChecks: false,
      tsconfigFile: 'none',
      reporters: [values.json === true ? 'json' : 'progress-append-only'],
      jsonReporter: { fileName: join(folder, 'report.json') },
      allowConsoleColors: false,
      // Modules that are loaded anew stay in memory.
      maxTestRunnerReuse: 400,
      // Mutants of tables take longer, since everything is loaded anew; they count all the same.
      warnings: { slow: false },
      logLevel: values.json === true ? 'off' : 'warn',
    } as ConstructorParameters<typeof Stryker>[0]).runMutationTest();
    return results.map((mutant) => ({ ...mutant, fileName: relative(home, mutant.fileName) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
