/** A report as text for people: the verdict first, then what decided it, then the other candidates. */
import { showSubject } from './path/path-rule.ts';
import type { Candidate, Outcome, ValidationReport } from './report.ts';

const marks: Readonly<Record<Outcome, string>> = {
  pass: 'ok  ',
  fail: 'FAIL',
  unknown: '?   ',
  'not-applicable': '-   ',
};

/** Several lines, without a trailing line end. */
export function explain(report: ValidationReport): string {
  const headline =
    report.entries.find((entry) => entry.outcome === 'fail') ??
    report.entries.find((entry) => entry.outcome === 'unknown');
  const lines = [report.accepted ? 'accepted' : `refused: ${headline?.message ?? 'no path was found'}`, ''];
  for (const [index, certificate] of report.path.entries()) lines.push(`  ${index} ${showSubject(certificate)}`);
  if (report.anchor !== null) lines.push(`  ${report.path.length} ${report.anchor.subject.toString()} (trust anchor)`);
  lines.push('');
  for (const entry of report.entries) {
    const where = entry.certificateIndex === null ? '' : ` [${entry.certificateIndex}]`;
    lines.push(`${marks[entry.outcome]} ${entry.code}${where}: ${entry.message} (${entry.section})`);
  }
  const rest = report.accepted ? report.candidates : report.candidates.slice(1);
  if (rest.length > 0) lines.push('', 'also tried:', ...rest.map(candidateLine));
  return lines.join('\n');
}

function candidateLine({ path, anchor, failures }: Candidate): string {
  const names = [...path.map(showSubject), ...(anchor === null ? [] : [anchor.subject.toString()])];
  return `  ${names.join(' <- ')}: ${failures.map((entry) => entry.code).join(', ')}`;
}
