/** What an outcome has in common with what was expected. */
import type { CaseOutcome } from './run-matrix.ts';

export interface Agreement {
  /** Verdict, check and code are as expected. */
  readonly dial: boolean;
  /** The doctor's first answer is the expected one; null where no doctor was asked. */
  readonly cause: boolean | null;
  /** It is the true cause too; the exam counts by this. */
  readonly trueCause: boolean | null;
  /** The doctor names who must act; null where no doctor was asked. */
  readonly actor: boolean | null;
}

export function agreementOf({ row, judgement, diagnosis }: CaseOutcome): Agreement {
  const { expected } = row;
  const { verdict, check, code } = judgement;
  const dial = verdict === expected.verdict && check === expected.check && code === expected.code;
  if (diagnosis === null) return { dial, cause: null, trueCause: null, actor: null };
  return {
    dial,
    cause: diagnosis.top === expected.doctorTop,
    trueCause: diagnosis.top === (expected.trueCause ?? expected.doctorTop),
    actor: diagnosis.actor === expected.actor,
  };
}

export function isAsExpected(outcome: CaseOutcome): boolean {
  const { dial, cause, actor } = agreementOf(outcome);
  return dial && cause !== false && actor !== false;
}

export interface Counts {
  readonly cases: number;
  readonly asExpected: number;
  readonly dialDiffers: number;
  /** Of those that a doctor looked at. */
  readonly examined: number;
  readonly trueCause: number;
  readonly wrongActor: number;
  /** Cases under `hard` with a fault of the source that were accepted: there must be none. */
  readonly failedOpen: number;
  readonly notApplicable: number;
}

export function countsOf(cases: readonly CaseOutcome[], notApplicable: number): Counts {
  const agreements = cases.map(agreementOf);
  const examined = agreements.filter(({ cause }) => cause !== null);
  return {
    cases: cases.length,
    asExpected: cases.filter(isAsExpected).length,
    dialDiffers: agreements.filter(({ dial }) => !dial).length,
    examined: examined.length,
    trueCause: examined.filter(({ trueCause }) => trueCause).length,
    wrongActor: examined.filter(({ actor }) => !actor).length,
    failedOpen: cases.filter(hasFailedOpen).length,
    notApplicable,
  };
}

export function hasFailedOpen({ row, judgement }: CaseOutcome): boolean {
  const isFaulty = row.fault.startsWith('source-') || row.fault.startsWith('revoked-by');
  return row.revocation === 'hard' && isFaulty && judgement.verdict === 'accepted';
}

/** The doctor's exam, in one line; empty where no doctor was asked. */
export function examOf({ examined, trueCause, wrongActor }: Counts): string {
  if (examined === 0) return 'doctor: not asked';
  const share = ((100 * trueCause) / examined).toFixed(1);
  return `doctor: true cause first in ${trueCause} of ${examined} (${share} %), wrong actor in ${wrongActor}`;
}
