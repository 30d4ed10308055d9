/**
 * Stands in for `node:test` while mutants are tried: describe and it only write down what there is, so that all test files are loaded once into
 * one process and each mutant runs only the tests that reach it. A process for each file, as node:test has it, costs 150 ms; a test here a few.
 */

export interface RecordedTest {
  /** File, suites and name: the same in every run. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly run: (context: TestContext) => unknown;
}

interface TestContext {
  readonly skip: (reason?: string) => void;
}

type Body = (context: TestContext) => unknown;

const tests: RecordedTest[] = [];
const suites: string[] = [];
const taken = new Map<string, number>();
let loading = '';

/** Loads a file of tests. @returns what it recorded */
export async function recordTests(file: string, address: string): Promise<readonly RecordedTest[]> {
  const before = tests.length;
  loading = file;
  taken.clear();
  await import(address);
  return tests.slice(before);
}

export function describe(name: string, body: () => void): void {
  suites.push(name);
  body();
  suites.pop();
}

export function it(name: string, body: Body): void {
  const full = [...suites, name].join(' › ');
  const times = taken.get(full) ?? 0;
  taken.set(full, times + 1);
  const id = `${loading}: ${full}${times === 0 ? '' : ` (${times + 1})`}`;
  tests.push({ id, name: full, file: loading, run: body });
}

export function test(name: string, body: Body): void {
  it(name, body);
}

/** @returns what went wrong; null where the test passed or left itself out */
export async function runRecordedTest({ run }: RecordedTest): Promise<string | null> {
  try {
    await run({ skip: () => {} });
    return null;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
