/** Results of a suite against what it expects, with the divergences that are explained. An explanation that no longer holds fails too. */
import { readFileSync } from 'node:fs';

export interface CaseResult {
  readonly id: string;
  /** Names the case in one edition of its suite; explanations are for an identity. */
  readonly identity: string;
  readonly expected: 'accept' | 'reject';
  /** `broken`: the case cannot be run as it stands. */
  readonly actual: 'accept' | 'reject' | 'unsupported' | 'broken';
  /** Code that decided, or why the case is not supported or broken. */
  readonly code: string;
}

/** Identity of a case → reason. */
export type Explanations = Readonly<Record<string, string>>;

export interface SuiteVerdict {
  readonly passed: boolean;
  readonly asExpected: number;
  readonly falseAccepts: readonly string[];
  readonly falseRejects: readonly string[];
  readonly unsupported: readonly string[];
  readonly broken: readonly string[];
  readonly lines: readonly string[];
}

export function readExpectedDivergences(): { limbo: Explanations; pkits: Explanations } {
  return JSON.parse(readFileSync(new URL('expected-divergences.json', import.meta.url), 'utf8')) as {
    limbo: Explanations;
    pkits: Explanations;
  };
}

export function judgeDivergences(results: readonly CaseResult[], explained: Explanations): SuiteVerdict {
  const judged = results.filter((result) => result.actual === 'accept' || result.actual === 'reject');
  const diverging = judged.filter((result) => result.actual !== result.expected);
  const falseAccepts = diverging.filter((result) => result.actual === 'accept').map((result) => result.id);
  const falseRejects = diverging.filter((result) => result.actual === 'reject').map((result) => result.id);
  const unsupported = results.filter((result) => result.actual === 'unsupported');
  const broken = results.filter((result) => result.actual === 'broken');
  const unexplained = diverging.filter((result) => explained[result.identity] === undefined);
  const ran = new Set(results.map((result) => result.identity));
  const stale = Object.keys(explained).filter(
    (id) => ran.has(id) && !diverging.some((result) => result.identity === id),
  );
  const asExpected = judged.length - diverging.length;
  const lines = [
    `cases ${results.length}, as expected ${asExpected}, false accepts ${falseAccepts.length}, false rejects ${falseRejects.length}, not supported ${unsupported.length}, broken ${broken.length}`,
    ...(results.length === 0 ? ['no cases: nothing was run, so nothing is proven'] : []),
    ...broken.map((result) => `BROKEN case\t${result.id}\t${result.code}`),
    ...unsupported.map((result) => `not supported\t${result.id}\t${result.code}`),
    ...diverging.map(
      (result) =>
        `${explained[result.identity] === undefined ? 'UNEXPLAINED' : 'explained'} ${result.actual === 'accept' ? 'false accept' : 'false reject'}\t${result.id}\t${result.code}\t${explained[result.identity] ?? ''}`,
    ),
    ...stale.map((id) => `STALE explanation\t${id}\t${explained[id] ?? ''}`),
  ];
  return {
    // A run without cases proves nothing; a broken case may be the one that would have failed.
    passed:
      results.length > 0 &&
      broken.length === 0 &&
      falseAccepts.length === 0 &&
      unexplained.length === 0 &&
      stale.length === 0,
    asExpected,
    falseAccepts,
    falseRejects,
    unsupported: unsupported.map((result) => result.id),
    broken: broken.map((result) => result.id),
    lines,
  };
}
