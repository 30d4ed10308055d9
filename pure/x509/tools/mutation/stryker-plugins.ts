/** What StrykerJS is given: a runner that keeps all tests in one process, and what need not be mutated, with the reason. */
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import type {
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestResult,
  TestRunner,
} from '@stryker-mutator/api/test-runner';
import { reasonToIgnore } from './ignored-mutants.ts';
import { runRecordedTest } from './recorded-tests.ts';
import type { RecordedTest } from './recorded-tests.ts';
import { loadTests } from './test-files.ts';

/** Read by the mutated sources: which mutant is active, which test runs. */
function context(): InstrumenterContext {
  const holder = globalThis as { [INSTRUMENTER_CONSTANTS.NAMESPACE]?: InstrumenterContext };
  return (holder[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
}

/** Files that keep something from one test to the next: their mutants see it only where everything is loaded anew. */
const remembering = /\/(?:path-rule|anchor-index)\.ts$/;

class InProcessRunner implements TestRunner {
  private tests: readonly RecordedTest[] | null = null;
  private generation = 0;
  private readonly milliseconds = new Map<string, number>();

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  async dryRun(): Promise<DryRunResult> {
    const result = await this.run(await this.load(), false);
    const mutantCoverage = context().mutantCoverage ?? { static: {}, perTest: {} };
    return result.status === DryRunStatus.Complete ? { ...result, mutantCoverage } : result;
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit, disableBail } = options;
    const shared = context();
    // A mutant of what is worked out while loading: everything is loaded anew under it.
    if (mutantActivation === 'static') shared.activeMutant = activeMutant.id;
    const anew = reloadEnvironment || remembering.test(activeMutant.fileName);
    const all = anew ? await loadTests(process.cwd(), ++this.generation) : await this.load();
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    shared.activeMutant = activeMutant.id;
    shared.hitLimit = hitLimit;
    shared.hitCount = hitLimit === undefined ? undefined : 0;
    const result = await this.run(
      all.filter(({ id }) => wanted === null || wanted.has(id)),
      !disableBail,
    );
    shared.activeMutant = undefined;
    return toMutantRunResult(determineHitLimitReached(shared.hitCount, hitLimit) ?? result, !disableBail);
  }

  private async load(): Promise<readonly RecordedTest[]> {
    return (this.tests ??= await loadTests(process.cwd()));
  }

  /** Quick tests first, since one failure is enough. */
  private async run(tests: readonly RecordedTest[], bail: boolean): Promise<DryRunResult> {
    const shared = context();
    const results: TestResult[] = [];
    const cost = ({ id }: RecordedTest): number => this.milliseconds.get(id) ?? 0;
    for (const test of tests.toSorted((left, right) => cost(left) - cost(right))) {
      const { id, name, file: fileName } = test;
      shared.currentTestId = id;
      const began = performance.now();
      const failureMessage = await runRecordedTest(test);
      const timeSpentMs = performance.now() - began;
      if (!this.milliseconds.has(id)) this.milliseconds.set(id, timeSpentMs);
      const common = { id, name, fileName, timeSpentMs };
      if (failureMessage === null) results.push({ ...common, status: TestStatus.Success });
      else results.push({ ...common, status: TestStatus.Failed, failureMessage });
      if (failureMessage !== null && bail) break;
    }
    shared.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests: results };
  }
}

/** The name by which Stryker looks for plug-ins. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner),
  declareValuePlugin(PluginKind.Ignore, 'shown-only', { shouldIgnore: reasonToIgnore }),
];
