/** What the sources say about one certificate, before policy. */
import type { Evidence } from '../report.ts';

export interface CertificateStatus {
  readonly status: 'good' | 'revoked' | 'unknown';
  /** Stable code; of the nearest obstacle where the status is `unknown`. */
  readonly code: string;
  readonly section: string;
  /** One sentence for people. */
  readonly message: string;
  readonly evidence: Evidence;
}

/** Codes of obstacles from the nearest to an answer to the farthest; the rest comes after, and last what is out of scope. */
const nearness: readonly string[] = [
  'X509_OCSP_UNKNOWN',
  'X509_CRL_REASONS_INCOMPLETE',
  'X509_CRL_EXPIRED',
  'X509_OCSP_EXPIRED',
  'X509_CRL_NOT_YET_VALID',
  'X509_OCSP_NOT_YET_VALID',
  'X509_OCSP_TOO_OLD',
];

/** A source that is about other certificates. */
const outOfScope = /^X509_CRL_(?:DISTRIBUTION_POINT_MISMATCH|ONLY_|NOT_INDIRECT)/;

/** The obstacle nearest to an answer; null of none. */
export function nearestObstacle(obstacles: readonly CertificateStatus[]): CertificateStatus | null {
  let nearest: CertificateStatus | null = null;
  for (const obstacle of obstacles) if (nearest === null || rank(obstacle) < rank(nearest)) nearest = obstacle;
  return nearest;
}

function rank({ code }: CertificateStatus): number {
  const place = nearness.indexOf(code);
  if (place !== -1) return place;
  return outOfScope.test(code) ? nearness.length + 1 : nearness.length;
}

/** An obstacle: the source cannot be used for this certificate. */
export function obstacle(code: string, section: string, message: string, evidence: Evidence = {}): CertificateStatus {
  return { status: 'unknown', code, section, message, evidence };
}
