/** The lines that `npm run faults` prints: JSON for programs, a table for people. */
import { agreementOf, examOf, isAsExpected, type Counts } from './agreement.ts';
import type { NotApplicable } from './fault-case.ts';
import type { CaseOutcome } from './run-matrix.ts';

export function jsonOfCase(outcome: CaseOutcome): string {
  const { row, judgement, told, diagnosis, took } = outcome;
  return JSON.stringify({
    case: row.name,
    ...judgement,
    doctorTop: diagnosis.top,
    actor: diagnosis.actor,
    expected: row.expected,
    asExpected: isAsExpected(outcome),
    told,
    milliseconds: took,
  });
}

export function jsonOfNotApplicable({ name, reason }: NotApplicable): string {
  const nothing = { verdict: 'not-applicable', check: null, code: null, doctorTop: null, actor: null };
  return JSON.stringify({ case: name, ...nothing, expected: nothing, asExpected: true, reason });
}

/** One line for people; what differs is spelt out. */
export function lineOfCase(outcome: CaseOutcome): string {
  const { row, judgement, diagnosis } = outcome;
  const { dial, cause, actor } = agreementOf(outcome);
  const seen = [judgement.verdict, judgement.check, judgement.code].filter((word) => word !== null).join(' ');
  const doctor = `; doctor: ${diagnosis.top ?? 'nothing'} (${diagnosis.actor ?? 'nobody'})`;
  const { expected } = row;
  const differs = [
    ...(dial ? [] : [[expected.verdict, expected.check, expected.code].filter((word) => word !== null).join(' ')]),
    ...(!cause ? [`cause ${expected.doctorTop ?? 'none'}`] : []),
    ...(!actor ? [`actor ${expected.actor ?? 'nobody'}`] : []),
  ];
  const mark = differs.length === 0 ? 'as expected' : 'DIFFERS    ';
  return `${mark}  ${row.name}: ${seen}${doctor}${differs.length === 0 ? '' : `  expected: ${differs.join(', ')}`}`;
}

export function lineOfCounts(counts: Counts): string {
  const { cases, asExpected, notApplicable, failedOpen } = counts;
  return `${asExpected} of ${cases} cases as expected, ${notApplicable} not applicable, ${failedOpen} failed open under hard; ${examOf(counts)}`;
}
