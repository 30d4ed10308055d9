/**
 * Emergency softening: where an authority's servers are down, two people may say for a while that certificates of it pass although nobody says
 * that they are not revoked. What is known as revoked is refused all the same, and every report that it touched says so.
 */
import type { FiveCheckReport } from '@sallyport/tls-policy';
import type { UtcInstant, ValidationReport } from '@sallyport/x509';
import type { SoftenedAuthority } from './revocation-data.ts';

/**
 * Judges again under `soft` where `hard` refused and softenings are in force; null where that changes nothing. The second judgement counts only if
 * every certificate of unknown status was issued by a softened authority.
 */
export function judgeSoftened(
  hard: ValidationReport,
  softened: readonly SoftenedAuthority[] | undefined,
  at: UtcInstant,
  judgeSoft: () => ValidationReport,
): { readonly validation: ValidationReport; readonly by: readonly SoftenedAuthority[] } | null {
  const inForce = (softened ?? []).filter(({ until }) => until > at);
  if (hard.accepted || inForce.length === 0 || !hard.entries.some(({ outcome }) => outcome === 'unknown')) return null;
  const validation = judgeSoft();
  if (!validation.accepted) return null;
  const issuers = validation.entries.flatMap(({ outcome, certificateIndex }) =>
    outcome === 'unknown' ? [validation.path[certificateIndex ?? -1]?.issuer.toString() ?? ''] : [],
  );
  if (issuers.length === 0) return null;
  const by = inForce.filter(({ authority }) => issuers.includes(authority));
  return issuers.every((issuer) => by.some(({ authority }) => authority === issuer)) ? { validation, by } : null;
}

/**
 * A refused judgement without what softenings in force would let pass: its report then names what really stands in the way. Null where no
 * softening covers anything, or nothing else stands in the way.
 */
export function withoutSoftened(
  refused: ValidationReport,
  softened: readonly SoftenedAuthority[] | undefined,
  at: UtcInstant,
): { readonly validation: ValidationReport; readonly by: readonly SoftenedAuthority[] } | null {
  const inForce = (softened ?? []).filter(({ until }) => until > at);
  const by = new Set<SoftenedAuthority>();
  const entries = refused.entries.filter(({ outcome, certificateIndex }) => {
    const issuer = refused.path[certificateIndex ?? -1]?.issuer.toString();
    const softening = outcome === 'unknown' ? inForce.find(({ authority }) => authority === issuer) : undefined;
    if (softening !== undefined) by.add(softening);
    return softening === undefined;
  });
  const remains = entries.some(
    ({ outcome, code }) => outcome === 'unknown' || (outcome === 'fail' && code.startsWith('X509_REVOCATION')),
  );
  return by.size === 0 || !remains ? null : { validation: { ...refused, entries }, by: [...by] };
}

/** The report, in which the check of revocation says by whose softening the chain passed, or which one was not enough. */
export function withSoftening(report: FiveCheckReport, by: readonly SoftenedAuthority[]): FiveCheckReport {
  if (by.length === 0) return report;
  const { revocation } = report.checks;
  const softened = by.map(({ authority, until }) => `${authority} until ${new Date(until).toISOString()}`).join('; ');
  return {
    ...report,
    checks: {
      ...report.checks,
      revocation: {
        ...revocation,
        message:
          report.verdict === 'accepted'
            ? `${revocation.message} It passes by an emergency softening: ${softened}.`
            : `${revocation.message} The emergency softening of ${softened} does not cover it.`,
        evidence: { ...revocation.evidence, softened },
      },
    },
  };
}
