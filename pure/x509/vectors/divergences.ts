/** Results of a suite against what it expects, with the divergences that are explained. An explanation that no longer holds fails too. */
import { readFileSync } from 'node:fs';

export interface CaseResult {
  readonly id: string;
  /** Names the case in one edition of its suite; explanations are for an identity. */
  readonly identity: string;
  readonly expected: 'accept' | 'reject';
  readonly actual: 'accept' | 'reject' | 'unsupported';
  /** Code that decided, or why the case is not supported. */
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
  readonly lines: readonly string[];
}

export function readExpectedDivergences(): { limbo: Explanations; pkits: Explanations } {
  return JSON.parse(readFileSync(new URL('expected-divergences.json', import.meta.url), 'utf8')) as {
    limbo: Explanations;
    pkits: Explanations;
  };
}

export function judgeDivergences(results: readonly CaseResult[], explained: Explanations): SuiteVerdict {
  const diverging = results.filter((result) => result.actual !== 'unsupported' && result.actual !== result.expected);
  const falseAccepts = diverging.filter((result) => result.actual === 'accept').map((result) => result.id);
  const falseRejects = diverging.filter((result) => result.actual === 'reject').map((result) => result.id);
  const unsupported = results.filter((result) => result.actual === 'unsupported');
  const unexplained = diverging.filter((result) => explained[result.identity] === undefined);
  const ran = new Set(results.map((result) => result.identity));
  const stale = Object.keys(explained).filter(
    (id) => ran.has(id) && !diverging.some((result) => result.identity === id),
  );
  const asExpected = results.length - diverging.length - unsupported.length;
  const lines = [
    `cases ${results.length}, as expected ${asExpected}, false accepts ${falseAccepts.length}, false rejects ${falseRejects.length}, not supported ${unsupported.length}`,
    ...unsupported.map((result) => `not supported\t${result.id}\t${result.code}`),
    ...diverging.map(
      (result) =>
        `${explained[result.identity] === undefined ? 'UNEXPLAINED' : 'explained'} ${result.actual === 'accept' ? 'false accept' : 'false reject'}\t${result.id}\t${result.code}\t${explained[result.identity] ?? ''}`,
    ),
    ...stale.map((id) => `STALE explanation\t${id}\t${explained[id] ?? ''}`),
  ];
  return {
    passed: falseAccepts.length === 0 && unexplained.length === 0 && stale.length === 0,
    asExpected,
    falseAccepts,
    falseRejects,
    unsupported: unsupported.map((result) => result.id),
    lines,
  };
}
