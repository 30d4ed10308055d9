/** A rule judges a whole prospective path and says every fault it finds. What it does not complain about, it passes. */
import type { Certificate } from '../certificate.ts';
import type { Evidence, Outcome, ReportEntry } from '../report.ts';
import { X509Error } from '../x509-error.ts';
import type { ProspectivePath } from './prospective-path.ts';

export interface PathRule {
  /** Code of the entry where the rule passed. */
  readonly code: string;
  readonly section: string;
  /** One sentence for people where the rule passed. */
  readonly passed: string;
  readonly check: (path: ProspectivePath, findings: Findings) => void;
}

const noEvidence: Evidence = Object.freeze({});

/** Collects the entries of one path. */
export class Findings {
  readonly entries: ReportEntry[] = [];
  /** How many entries are a failure. */
  failures = 0;
  /** Policies under which the path is valid; filled by the rule that works them out. */
  policies: readonly string[] = [];
  private section = '';

  /** Runs one rule; a rule that stumbles over malformed bytes fails by them. */
  judge(rule: PathRule, path: ProspectivePath): void {
    const before = this.entries.length;
    this.section = rule.section;
    try {
      rule.check(path, this);
    } catch (error) {
      if (!(error instanceof X509Error)) throw error;
      this.fail('X509_EXTENSION_MALFORMED', null, `What this rule needs cannot be read: ${error.reason}.`, {
        cause: error.code,
        position: error.position,
      });
    }
    if (this.entries.length === before) this.entries.push(passEntry(rule));
  }

  fail(code: string, certificateIndex: number | null, message: string, evidence: Evidence = noEvidence): void {
    this.failures++;
    this.add(code, 'fail', certificateIndex, message, evidence);
  }

  add(
    code: string,
    outcome: Outcome,
    certificateIndex: number | null,
    message: string,
    evidence: Evidence = noEvidence,
  ): void {
    this.entries.push({ code, outcome, section: this.section, certificateIndex, message, evidence });
  }
}

const passEntries = new Map<string, ReportEntry>();

/** Entries of passed rules say nothing about a certificate, so one each is enough. */
function passEntry(rule: PathRule): ReportEntry {
  let entry = passEntries.get(rule.code);
  if (entry === undefined) {
    entry = Object.freeze({
      code: rule.code,
      outcome: 'pass',
      section: rule.section,
      certificateIndex: null,
      message: rule.passed,
      evidence: noEvidence,
    });
    passEntries.set(rule.code, entry);
  }
  return entry;
}

/** A certificate as messages name it; never empty. */
export function showSubject(certificate: Certificate): string {
  return certificate.subject.toString() || `the certificate with serial number ${certificate.serial}`;
}
