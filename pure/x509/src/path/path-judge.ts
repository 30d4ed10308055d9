/** Judges found paths by all rules, keeps the failed ones ranked, and stops at the first that passes. */
import type { Candidate, ReportEntry } from '../report.ts';
import type { FoundPath } from './build-path.ts';
import { failureSeverity } from './failure-severity.ts';
import { Findings } from './path-rule.ts';
import type { PathRule } from './path-rule.ts';
import type { ProspectivePath } from './prospective-path.ts';

/** Failed candidates that are kept for the report. */
const keptCandidates = 20;

/** A path with its entries. */
export interface JudgedPath {
  readonly path: ProspectivePath;
  readonly entries: readonly ReportEntry[];
  readonly failures: number;
  readonly policies: readonly string[];
  /** Whether the entries hold those about revocation. */
  readonly revocationJudged: boolean;
}

export type PathQuestion = Omit<ProspectivePath, keyof FoundPath>;

export class PathJudge {
  accepted: JudgedPath | null = null;
  private readonly rules: readonly PathRule[];
  private readonly question: PathQuestion;
  /** Asked last, of a path that passed all rules: revocation. */
  private readonly lastWord: (path: JudgedPath) => JudgedPath;
  private readonly failed: { judged: JudgedPath; severity: number }[] = [];

  constructor(rules: readonly PathRule[], question: PathQuestion, lastWord: (path: JudgedPath) => JudgedPath) {
    this.rules = rules;
    this.question = question;
    this.lastWord = lastWord;
  }

  /** @returns whether the path was accepted */
  judge(found: FoundPath): boolean {
    this.question.budget.spendPath();
    const { certificates, links, anchor, obstacle } = found;
    const { at, purpose, name, policy, budget } = this.question;
    const path: ProspectivePath = { certificates, links, anchor, obstacle, at, purpose, name, policy, budget };
    const findings = new Findings();
    for (const rule of this.rules) findings.judge(rule, path);
    let judged: JudgedPath = {
      path,
      entries: findings.entries,
      failures: findings.failures,
      policies: findings.policies,
      revocationJudged: false,
    };
    // A path without an anchor fails by the rule that asks for one; asked again here, because everything hangs on it.
    const passed = judged.failures === 0 && path.anchor !== null && path.links.every((link) => link === 'valid');
    if (passed) judged = this.lastWord(judged);
    if (passed && judged.failures === 0) {
      this.accepted = judged;
      return true;
    }
    this.keep(judged);
    return false;
  }

  /** The failed path nearest to success; null where none was found. */
  get nearest(): JudgedPath | null {
    return this.failed[0]?.judged ?? null;
  }

  /** Did a failed path reach an anchor? */
  get reachedAnchor(): boolean {
    return this.failed.some(({ judged }) => judged.path.anchor !== null);
  }

  get candidates(): readonly Candidate[] {
    return this.failed.map(({ judged, severity }) => ({
      path: judged.path.certificates,
      anchor: judged.path.anchor,
      failures: judged.entries.filter((entry) => entry.outcome === 'fail'),
      severity,
    }));
  }

  private keep(judged: JudgedPath): void {
    let severity = 0;
    for (const entry of judged.entries) if (entry.outcome === 'fail') severity += failureSeverity(entry.code);
    const place = this.failed.findIndex((other) => other.severity > severity);
    this.failed.splice(place === -1 ? this.failed.length : place, 0, { judged, severity });
    if (this.failed.length > keptCandidates) this.failed.pop();
  }
}
