/** The tests that are held against mutants of path and revocation: in this package, without files or programs of others. */
import { globSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { recordTests } from './recorded-tests.ts';
import type { RecordedTest } from './recorded-tests.ts';

const patterns = ['src/{path,revocation}/*.test.ts', 'src/*.test.ts', 'vectors/revocation-cases/*.test.ts'];
/** Where only some tests shall be asked: what they kill is killed by all, what lives under them may not under all. */
export const testsAsked = 'SALLYPORT_MUTATION_TESTS';
/** Starts processes. */
const leftOut = 'src/readme.test.ts';
/** Sources without their types, by address: a mutant of a table loads everything again. */
const stripped = new Map<string, string>();

/**
 * Loads every test once; those of the mutated folders first, since they fail soonest.
 * @param home folder of the package
 * @param generation 0: the modules as they are; another number: all of them anew, so that what is worked out while loading is worked out again
 */
export async function loadTests(home: string, generation = 0): Promise<readonly RecordedTest[]> {
  const recorder = new URL('recorded-tests.ts', import.meta.url).href;
  const inside = `${pathToFileURL(home).href}/`;
  const suffix = `?generation=${generation}`;
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'node:test') return { url: recorder, shortCircuit: true };
      const found = next(specifier, context);
      if (generation === 0 || !found.url.startsWith(inside) || found.url.includes('?')) return found;
      return { ...found, url: found.url + suffix };
    },
    load(url, context, next) {
      if (!url.endsWith(suffix)) return next(url, context);
      const address = url.slice(0, -suffix.length);
      const source = stripped.get(address) ?? stripTypeScriptTypes(readFileSync(fileURLToPath(address), 'utf8'));
      stripped.set(address, source);
      return { format: 'module', source, shortCircuit: true };
    },
  });
  const tests: RecordedTest[] = [];
  const asked = process.env[testsAsked];
  for (const pattern of asked === undefined ? patterns : [asked])
    for (const file of globSync(pattern, { cwd: home }).toSorted())
      if (file !== leftOut) tests.push(...(await recordTests(file, pathToFileURL(join(home, file)).href)));
  hooks.deregister();
  return tests;
}
