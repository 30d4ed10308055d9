/** The validator's report as the five checks. The verdict is the validator's; nothing is decided here. */
import { formatInstant, showGeneralName, showKey, X509Error } from '@sallyport/x509';
import type { Certificate, ReportEntry, TrustAnchor, ValidationReport } from '@sallyport/x509';
import { foldRowOf } from './fold-table.ts';
import { checkNames } from './report.ts';
import type { CheckName, CheckResult, FiveCheckReport, FiveChecks, ShownCertificate } from './report.ts';

/** Names shown of one certificate. */
const shownNames = 100;

/** Folds one report. Pure: the same report gives the same checks. */
export function foldReport(report: ValidationReport): FiveCheckReport {
  const checks = Object.fromEntries(checkNames.map((check) => [check, foldCheck(check, report)])) as FiveChecks;
  return {
    verdict: report.accepted ? 'accepted' : 'refused',
    at: formatInstant(report.at),
    checks,
    path: [...report.path.map(showCertificate), ...showAnchor(report.anchor)],
  };
}

/** Five checks that were not run, because nothing was there to check. */
export function checksNotReached(message: string): FiveChecks {
  const result: CheckResult = { status: 'unknown', code: 'not-reached', message, actor: null, evidence: {} };
  return Object.fromEntries(checkNames.map((check) => [check, result])) as FiveChecks;
}

function foldCheck(check: CheckName, report: ValidationReport): CheckResult {
  const unreadable = report.path.length === 0 ? report.entries[0] : undefined;
  // Nothing can be said about a certificate that does not read; only that it is not trusted.
  if (unreadable !== undefined) return resultOf(unreadable, check === 'trust' ? 'fail' : 'unknown', report);
  const entries = report.entries.filter((entry) => foldRowOf(entry.code).check === check);
  const decisive =
    entries.find((entry) => entry.outcome === 'fail') ??
    entries.find((entry) => entry.outcome === 'unknown') ??
    entries.find((entry) => entry.outcome === 'pass') ??
    entries[0];
  if (decisive === undefined)
    return {
      status: 'unknown',
      code: 'not-reached',
      message: 'This check was not reached.',
      actor: null,
      evidence: {},
    };
  if (decisive.outcome !== 'pass') return withOthers(resultOf(decisive, decisive.outcome, report), entries, decisive);
  return {
    status: 'pass',
    code: 'ok',
    message: decisive.message,
    actor: null,
    evidence: passEvidence(check, decisive, report),
  };
}

function resultOf(entry: ReportEntry, status: CheckResult['status'], report: ValidationReport): CheckResult {
  const evidence: Record<string, string | number | boolean | null> = { ...entry.evidence, section: entry.section };
  if (entry.certificateIndex !== null) {
    evidence['certificateIndex'] = entry.certificateIndex;
    const certificate = report.path[entry.certificateIndex];
    evidence['certificate'] = certificate?.subject.toString() ?? report.anchor?.subject.toString() ?? null;
  }
  return { status, code: entry.code, message: entry.message, actor: foldRowOf(entry.code).actor, evidence };
}

/** More faults of the same check are named by code, so that repairing the first is no surprise. */
function withOthers(result: CheckResult, entries: readonly ReportEntry[], decisive: ReportEntry): CheckResult {
  const others = entries
    .filter((entry) => entry !== decisive && entry.outcome === decisive.outcome)
    .map((entry) => entry.code);
  return others.length === 0
    ? result
    : { ...result, evidence: { ...result.evidence, also: [...new Set(others)].join(', ') } };
}

function passEvidence(check: CheckName, decisive: ReportEntry, report: ValidationReport): CheckResult['evidence'] {
  const { section } = decisive;
  switch (check) {
    case 'validity': {
      const first = report.path.reduce((earliest, certificate) =>
        certificate.notAfter < earliest.notAfter ? certificate : earliest,
      );
      return { section, firstNotAfter: formatInstant(first.notAfter), certificate: first.subject.toString() };
    }
    case 'trust':
      return { section, anchor: report.anchor?.subject.toString() ?? null, certificates: report.path.length };
    case 'signature':
      return { section, signatures: report.path.length };
    default:
      return { ...decisive.evidence, section };
  }
}

/** A certificate as people recognise it. */
export function showCertificate(certificate: Certificate, place: number): ShownCertificate {
  return {
    role: place === 0 ? 'end-entity' : 'intermediate',
    subject: certificate.subject.toString(),
    issuer: certificate.issuer.toString(),
    serial: certificate.serial,
    notBefore: formatInstant(certificate.notBefore),
    notAfter: formatInstant(certificate.notAfter),
    key: readableOr(() => showKey(certificate.publicKey), 'unreadable'),
    sha256: certificate.sha256,
    subjectAltNames: readableOr(
      () => (certificate.extensions.subjectAltName ?? []).slice(0, shownNames).map(showGeneralName),
      [],
    ),
  };
}

function showAnchor(anchor: TrustAnchor | null): readonly ShownCertificate[] {
  return anchor?.certificate == null ? [] : [{ ...showCertificate(anchor.certificate, 1), role: 'anchor' }];
}

function readableOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof X509Error) return otherwise;
    throw error;
  }
}
