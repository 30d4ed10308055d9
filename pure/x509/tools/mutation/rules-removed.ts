/**
 * Takes away one rule, one decision or one refusal of `src/path` and `src/revocation` at a time and asks the tests whether they notice. Everything
 * is removable in one process; each part is tried only by the tests that reach it.
 */
import { globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { decisions } from './decisions.ts';
import type { Decision } from './decisions.ts';
import { guardSource } from './guarded-source.ts';
import type { RemovablePart } from './guarded-source.ts';
import { runRecordedTest } from './recorded-tests.ts';
import type { RecordedTest } from './recorded-tests.ts';
import { loadTests } from './test-files.ts';

export interface TriedPart extends RemovablePart {
  /** The test that fails without it; null where none does. */
  readonly noticedBy: string | null;
  /** Tests that reach it. */
  readonly tests: number;
}

/** More calls of one switch in one test are an endless loop. */
const maximumCalls = 5_000_000;

/** @throws Error where a test fails although nothing was removed */
export async function removeEachRule(home: string): Promise<readonly TriedPart[]> {
  const parts: RemovablePart[] = [];
  const wanted = [...decisions, ...rulesOfTable(home)];
  const hooks = registerHooks({
    load(url, context, next) {
      const file = url.startsWith('file:') ? relative(home, fileURLToPath(url)) : '';
      if (!/^src\/(?:path|revocation)\/[^/]+(?<!\.test)\.ts$/.test(file)) return next(url, context);
      const ofFile = wanted.filter((decision) => decision.file === undefined || decision.file === file);
      const guarded = guardSource(file, readFileSync(join(home, file), 'utf8'), ofFile);
      parts.push(...guarded.parts);
      return { format: 'module-typescript', source: guarded.source, shortCircuit: true };
    },
  });
  let removed = '';
  let reached = new Map<string, number>();
  const keepsRefusal = (id: string): boolean => {
    const calls = (reached.get(id) ?? 0) + 1;
    reached.set(id, calls);
    if (calls > maximumCalls) throw new Error(`endless at ${id}`);
    return id !== removed;
  };
  Object.assign(globalThis, { keepsRefusal });
  // Every file, also one that no test imports.
  for (const file of globSync('src/{path,revocation}/*.ts', { cwd: home, exclude: ['**/*.test.ts'] }))
    await import(pathToFileURL(join(home, file)).href);
  for (const decision of wanted) {
    const found = parts.filter(
      ({ kind, what, file }) => kind === 'decision' && what === decision.name && (decision.file ?? file) === file,
    );
    if (found.length === 0)
      throw new Error(`decisions.ts names ${decision.name}, which is not in the sources any more`);
  }
  const tests = await loadTests(home);
  hooks.deregister();

  const testsOf = new Map<string, { readonly test: RecordedTest; readonly milliseconds: number }[]>();
  for (const test of tests) {
    reached = new Map();
    const began = performance.now();
    const failure = await runRecordedTest(test);
    if (failure !== null) throw new Error(`fails although nothing was removed: ${test.id}\n${failure}`);
    const milliseconds = performance.now() - began;
    for (const id of reached.keys()) testsOf.set(id, [...(testsOf.get(id) ?? []), { test, milliseconds }]);
  }
  const tried: TriedPart[] = [];
  for (const part of parts) {
    removed = part.id;
    const candidates = (testsOf.get(part.id) ?? []).toSorted((left, right) => left.milliseconds - right.milliseconds);
    let noticedBy: string | null = null;
    for (const { test } of candidates) {
      reached = new Map();
      if ((await runRecordedTest(test)) === null) continue;
      noticedBy = test.id;
      break;
    }
    tried.push({ ...part, noticedBy, tests: candidates.length });
  }
  removed = '';
  return tried;
}

/** The judge of every rule in the rules' table, emptied: the rule always passes. */
function rulesOfTable(home: string): readonly Decision[] {
  const table = readFileSync(join(home, 'src/path/path-rules.ts'), 'utf8');
  return [...table.matchAll(/^import \{ \w+ \} from '\.\/([\w-]+\.ts)';$/gm)].map(([, file]) => ({
    file: `src/path/${file}`,
    name: 'check',
    instead: 'return;',
  }));
}
