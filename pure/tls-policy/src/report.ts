/**
 * The five-check report: one type, used by the dial, certificate intake, the doctor, the trust page and the command
 * line. It holds facts and plain words, no bytes.
 */

/** The five checks of requirement R6, in the order in which people read them. */
export const checkNames = ['validity', 'trust', 'signature', 'name', 'revocation'] as const;
export type CheckName = (typeof checkNames)[number];

/** `unknown` is never shown as a pass; whether it lets a dial go on is policy. */
export type CheckStatus = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/** Who can act on a finding; null where nobody has to. */
export type Actor = 'operator' | 'customer' | 'network-team' | 'certificate-authority';

export interface CheckResult {
  readonly status: CheckStatus;
  /** Stable code of what decided, e.g. `X509_EXPIRED`; `ok` where the check passed; `not-reached` where it was not run. */
  readonly code: string;
  /** One sentence for people. */
  readonly message: string;
  readonly actor: Actor | null;
  /** What was seen and what was required, by name; the RFC section under `section`. */
  readonly evidence: Readonly<Record<string, string | number | boolean | null>>;
}

export type FiveChecks = Readonly<Record<CheckName, CheckResult>>;

/** A certificate as people recognise it; `role` says where it stands in the judged path. */
export interface ShownCertificate {
  readonly role: 'end-entity' | 'intermediate' | 'anchor';
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** e.g. `P-256`, `RSA 2048`. */
  readonly key: string;
  readonly sha256: string;
  readonly subjectAltNames: readonly string[];
}

export interface FiveCheckReport {
  readonly verdict: 'accepted' | 'refused' | 'none';
  /** The instant for which every check was judged, RFC 3339. */
  readonly at: string;
  readonly checks: FiveChecks;
  /** The headline candidate path, end entity first, anchor last where one was found. */
  readonly path: readonly ShownCertificate[];
}
