/** A path that is to be judged: certificates from the end entity up, what was found out while it was built, and what is asked of it. */
import type { Certificate } from '../certificate.ts';
import { equalBytes } from '../hexadecimal.ts';
import type { UtcInstant } from '../instant.ts';
import type { AlgorithmRefusal } from '../signature/signature-algorithm.ts';
import type { TrustAnchor } from '../trust-anchor.ts';
import type { Purpose, ReferenceName } from '../validation-input.ts';
import type { ValidationPolicy } from '../validation-policy.ts';
import type { WorkBudget } from './work-budget.ts';

/** What is known about the signature of one certificate under the key of the next. */
export type Link =
  | 'valid'
  | 'invalid'
  /** No issuer in hand. */
  | 'not-checked'
  /** The issuer's key is refused by the key policy, or by the library (a point off its curve). */
  | 'key-refused'
  /** The algorithm is for another kind of key than the issuer has. */
  | 'key-unfit'
  | AlgorithmRefusal;

/** Why a path ends without an anchor. */
export type Obstacle = 'no-issuer' | 'loop' | 'too-long';

export interface ProspectivePath {
  /** End entity first, without the anchor. */
  readonly certificates: readonly Certificate[];
  /** One for each certificate. */
  readonly links: readonly Link[];
  readonly anchor: TrustAnchor | null;
  /** Null exactly where there is an anchor. */
  readonly obstacle: Obstacle | null;
  readonly at: UtcInstant;
  readonly purpose: Purpose;
  readonly name: ReferenceName | null;
  readonly policy: ValidationPolicy;
  readonly budget: WorkBudget;
}

/** Is the end entity the anchor itself, so that the anchor issued nothing else in the path? */
export function isPinnedEndEntity({ certificates, anchor }: ProspectivePath): boolean {
  const [endEntity] = certificates;
  const anchorDer = anchor?.certificate?.der;
  return (
    certificates.length === 1 &&
    endEntity !== undefined &&
    anchorDer !== undefined &&
    equalBytes(endEntity.der, anchorDer)
  );
}

/** The anchor's certificate where policy says that it is judged as one; its index is the length of the path. */
export function judgedAnchorCertificate(path: ProspectivePath): Certificate | null {
  return path.policy.rules.judgeAnchorCertificate ? (path.anchor?.certificate ?? null) : null;
}

/** The certificates that rules about certificates look at, end entity first. */
export function judgedCertificates(path: ProspectivePath): readonly Certificate[] {
  const anchor = judgedAnchorCertificate(path);
  return anchor === null || anchor === path.certificates.at(-1) ? path.certificates : [...path.certificates, anchor];
}
