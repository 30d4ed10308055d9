/** A rule judges a whole prospective path and says every fault it finds. What it does not complain about, it passes. */
import type { Certificate } from '../certificate.ts';
import { printable } from '../printable.ts';
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
      this.fail(codeOfMalformed(error), null, `What this rule needs cannot be read: ${error.reason}.`, {
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
    // Texts of certificates must not write to the terminal that shows the report; what passes holds none but the name that was asked for.
    const passed = outcome === 'pass';
    this.entries.push({
      code,
      outcome,
      section: this.section,
      certificateIndex,
      message: passed ? message : printable(message),
      evidence: passed ? evidence : printableEvidence(evidence),
    });
  }
}

function printableEvidence(evidence: Evidence): Evidence {
  const entries = Object.entries(evidence);
  if (entries.every(([, value]) => typeof value !== 'string' || printable(value) === value)) return evidence;
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? printable(value) : value]),
  );
}

/** A malformed name or key is no malformed extension; its own code says which it is. */
function codeOfMalformed({ code, part }: X509Error): string {
  switch (part) {
    case 'name':
      if (code === 'X509_DER_STRING_INVALID') return 'X509_NAME_STRING_INVALID';
      return code === 'X509_NAME_EMBEDDED_NUL' ? code : 'X509_NAME_MALFORMED';
    case 'key':
      return code === 'X509_KEY_PARAMETERS_INVALID' ? code : 'X509_KEY_MALFORMED';
    default:
      return 'X509_EXTENSION_MALFORMED';
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

/** Where a part of a certificate stands in it: parts are views of its bytes. */
export function positionIn(certificate: Certificate, part: Uint8Array): number {
  return part.byteOffset - certificate.der.byteOffset;
}

/** A certificate as messages name it; never empty. */
export function showSubject(certificate: Certificate): string {
  return certificate.subject.toString() || `the certificate with serial number ${certificate.serial}`;
}
