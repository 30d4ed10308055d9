/** What judging revocation is given besides the CRLs and OCSP responses. Written down here, filled by `validate`. */
import type { Certificate } from './certificate.ts';
import type { UtcInstant } from './instant.ts';
import type { WorkBudget } from './path/work-budget.ts';
import type { RevocationInput } from './revocation-input.ts';
import type { SignatureVerifier } from './signature/verify-signature.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import type { ValidationPolicy } from './validation-policy.ts';

export interface RevocationContext {
  /** The headline path, end entity first, without the anchor. Every name and every signature in it was verified, up to the anchor. */
  readonly path: readonly Certificate[];
  readonly anchor: TrustAnchor;
  readonly at: UtcInstant;
  readonly policy: ValidationPolicy;
  readonly revocation: RevocationInput;
  /** Certificates that came along (unordered): a CRL issuer's may be among them. */
  readonly others: readonly Certificate[];
  /** Spend `budget.spendSignature(key)` before each check. */
  readonly budget: WorkBudget;
  readonly verifySignature: SignatureVerifier;
  /**
   * A path for a signer of CRLs, to the same anchor, judged as every path is but for end-entity purpose and name; null where there is none.
   * The path starts with the certificate given and ends below the anchor.
   */
  readonly findSignerPath: (signer: Certificate) => readonly Certificate[] | null;
}
