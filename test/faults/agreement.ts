/** What an outcome has in common with what was expected. */
import type { CaseOutcome } from './run-matrix.ts';

export interface Agreement {
  /** Verdict, check and code are as expected. */
  readonly dial: boolean;
  /** The doctor's first answer is the expected one. */
  readonly cause: boolean;
  /** It is the true cause too; the exam counts by this. */
  readonly trueCause: boolean;
  /** The doctor names who must act. */
  readonly actor: boolean;
}

export function agreementOf({ row, judgement, diagnosis }: CaseOutcome): Agreement {
  const { expected } = row;
  const { verdict, check, code } = judgement;
  const dial = verdict === expected.verdict && check === expected.check && code === expected.code;
  return {
    dial,
    cause: diagnosis.top === expected.doctorTop,
    trueCause: diagnosis.top === (expected.trueCause ?? expected.doctorTop),
    actor: diagnosis.actor === expected.actor,
  };
}

export function isAsExpected(outcome: CaseOutcome): boolean {
  const { dial, cause, actor } = agreementOf(outcome);
  return dial && cause && actor;
}

export interface Counts {
  readonly cases: number;
  readonly asExpected: number;
  readonly dialDiffers: number;
  readonly trueCause: number;
  readonly wrongActor: number;
  /** Cases under `hard` with a fault of the source that were accepted: there must be none. */
  readonly failedOpen: number;
  readonly notApplicable: number;
}

export function countsOf(cases: readonly CaseOutcome[], notApplicable: number): Counts {
  const agreements = cases.map(agreementOf);
  return {
    cases: cases.length,
    asExpected: cases.filter(isAsExpected).length,
    dialDiffers: agreements.filter(({ dial }) => !dial).length,
    trueCause: agreements.filter(({ trueCause }) => trueCause).length,
    wrongActor: agreements.filter(({ actor }) => !actor).length,
    failedOpen: cases.filter(hasFailedOpen).length,
    notApplicable,
  };
}

export function hasFailedOpen({ row, judgement }: CaseOutcome): boolean {
  const isFaulty = row.fault.startsWith('source-') || row.fault.startsWith('revoked-by');
  return row.revocation === 'hard' && isFaulty && judgement.verdict === 'accepted';
}

/** The doctor's exam, in one line. */
export function examOf({ cases, trueCause, wrongActor }: Counts): string {
  const share = cases === 0 ? '0' : ((100 * trueCause) / cases).toFixed(1);
  return `doctor: true cause first in ${trueCause} of ${cases} (${share} %), wrong actor in ${wrongActor}`;
}
