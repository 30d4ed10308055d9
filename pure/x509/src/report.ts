/** The answer of the validator: one entry for each rule that decided, and the candidates that were tried. */
import type { Certificate } from './certificate.ts';
import type { UtcInstant } from './instant.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import type { VerifiedPath } from './verified-path.ts';

/** `unknown` is never a pass; whether it lets a path go through is policy. */
export type Outcome = 'pass' | 'fail' | 'unknown' | 'not-applicable';

export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

export interface ReportEntry {
  /** Stable: of the rule where it passed (`X509_VALIDITY_PERIOD`), of the fault where it did not (`X509_EXPIRED`). */
  readonly code: string;
  readonly outcome: Outcome;
  /** Where the rule stands, e.g. `RFC 5280 §4.1.2.5`. */
  readonly section: string;
  /** Place in the path, 0 for the end entity, the length of the path for the anchor; null where it is about the whole path. */
  readonly certificateIndex: number | null;
  /** One sentence for people. */
  readonly message: string;
  /** What was seen and what was required. */
  readonly evidence: Evidence;
}

/** A path that was tried and failed. */
export interface Candidate {
  /** End entity first, without the anchor. */
  readonly path: readonly Certificate[];
  readonly anchor: TrustAnchor | null;
  /** What failed in it. */
  readonly failures: readonly ReportEntry[];
  /** Smaller is nearer to success. */
  readonly severity: number;
}

export interface ValidationReport {
  /** The instant for which everything was judged. */
  readonly at: UtcInstant;
  readonly accepted: boolean;
  /** Not null exactly where `accepted`. */
  readonly verifiedPath: VerifiedPath | null;
  /** The headline candidate: the accepted path, else the one nearest to success. End entity first, without the anchor. */
  readonly path: readonly Certificate[];
  readonly anchor: TrustAnchor | null;
  /** Every rule, judged for itself on the headline path. */
  readonly entries: readonly ReportEntry[];
  /** The candidates that failed, nearest to success first; the headline is among them where nothing was accepted. At most 20. */
  readonly candidates: readonly Candidate[];
  /** Policies of the accepted path under which it is valid (RFC 5280 §6.1.6); `2.5.29.32.0` for any. */
  readonly policies: readonly string[];
}
