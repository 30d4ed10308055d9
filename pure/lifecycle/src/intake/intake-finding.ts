/** What is found when a certificate is judged: which, how grave, in a sentence, and who can change it. */
import type { Actor, FiveChecks, ShownCertificate } from '@sallyport/tls-policy';
import type { AskedNames } from './asked-names.ts';
import type { CertificateKind } from './certificate-kind.ts';
import type { Certificate, RevocationInput, TrustAnchor, UtcInstant } from '@sallyport/x509';

export type IntakeTopic =
  | 'file'
  | 'key-match'
  | 'five-checks'
  | 'purpose'
  | 'strength'
  | 'lifetime'
  | 'kind-and-domain'
  | 'chain'
  | 'acceptance-forecast'
  | 'inventory';

export interface IntakeFinding {
  readonly topic: IntakeTopic;
  readonly code: string;
  /** What blocks keeps the certificate from being used. */
  readonly severity: 'blocks' | 'warns' | 'informs';
  readonly message: string;
  readonly actor: Actor | null;
  /** RFC 3339: from when it matters, where that is not now. */
  readonly from: string | null;
  /** Of forecasts: where the fact was published, and as of when we know it. */
  readonly source: string | null;
  readonly sourceDate: string | null;
}

/** A certificate that is to be judged, with all that is known of it. */
export interface IntakeInput {
  readonly endEntity: Certificate;
  /** The rest of the chain and whatever else may help, in any order. */
  readonly others: readonly Certificate[];
  /** Public roots, or those of the agreed private CA; none where a private CA was said and no root given. */
  readonly anchors: readonly TrustAnchor[];
  readonly kind: CertificateKind;
  readonly policy: 'public-third-party' | 'agreed-private-ca';
  readonly domain: string | null;
  /** Whether the key at hand is that of the certificate. */
  readonly key: 'matches' | 'other' | 'absent';
  /** What its request asked for; null or absent where it answers none. */
  readonly asked?: AskedNames | null;
  readonly revocation: RevocationInput;
  /** SHA-256 of those of `others` that were fetched because what came in had them not. */
  readonly fetchedSha256: readonly string[];
  /** Why a missing issuer could not be fetched, in words that follow a colon; null or absent where none was missing. */
  readonly fetchFailure?: string | null;
  readonly at: UtcInstant;
  /** Absent: a client certificate; true: the web tier's own. */
  readonly forServer?: boolean;
}

export interface IntakeJudgement {
  readonly findings: readonly IntakeFinding[];
  readonly checks: FiveChecks;
  /** End entity first, anchor last where one was found. */
  readonly path: readonly ShownCertificate[];
  /** The certificates to present: end entity and intermediates, without the anchor. */
  readonly chain: readonly Certificate[];
}

/** One finding; what is left out is not known, or is now. */
export function finding(
  parts: Pick<IntakeFinding, 'topic' | 'code' | 'severity' | 'message' | 'actor'> & Partial<IntakeFinding>,
): IntakeFinding {
  return { from: null, source: null, sourceDate: null, ...parts };
}

/** Who can replace the certificate: whoever owns it. */
export function ownerOf(kind: CertificateKind): Actor {
  return kind === 'customer-custom' ? 'customer' : 'operator';
}

export const day = 86_400_000;
