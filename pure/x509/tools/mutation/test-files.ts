/** The tests that are held against mutants of path and revocation: in this package, without files or programs of others. */
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordTests } from './recorded-tests.ts';
import type { RecordedTest } from './recorded-tests.ts';

const patterns = ['src/{path,revocation}/*.test.ts', 'src/*.test.ts', 'vectors/revocation-cases/*.test.ts'];
/** Starts processes. */
const leftOut = 'src/readme.test.ts';

/** Loads every test once; those of the mutated folders first, since they fail soonest. @param home folder of the package */
export async function loadTests(home: string): Promise<readonly RecordedTest[]> {
  const recorder = new URL('recorded-tests.ts', import.meta.url).href;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'node:test' ? { url: recorder, shortCircuit: true } : next(specifier, context),
  });
  const tests: RecordedTest[] = [];
  for (const pattern of patterns)
    for (const file of globSync(pattern, { cwd: home }).toSorted())
      if (file !== leftOut) tests.push(...(await recordTests(file, pathToFileURL(join(home, file)).href)));
  hooks.deregister();
  return tests;
}
