/** The proof that a path was accepted. Only the validator can make one; what needs a proof takes this type and no boolean. */
import type { Certificate } from './certificate.ts';
import type { UtcInstant } from './instant.ts';
import type { TrustAnchor } from './trust-anchor.ts';

/** Known to this file only: whoever cannot name it cannot make a `VerifiedPath`. */
const makersMark: unique symbol = Symbol('validate');

export class VerifiedPath {
  /** A private field cannot be copied onto another object, so that a look-alike is told from a proof at run time too. */
  readonly #at: UtcInstant;
  /** End entity first, without the anchor. */
  readonly certificates: readonly Certificate[];
  readonly anchor: TrustAnchor;
  /** The first end of a validity period in the path (the anchor has none). */
  readonly firstNotAfter: UtcInstant;

  constructor(mark: typeof makersMark, certificates: readonly Certificate[], anchor: TrustAnchor, at: UtcInstant) {
    if (mark !== makersMark) throw new TypeError('a VerifiedPath is made by validate() only');
    this.#at = at;
    this.certificates = certificates;
    this.anchor = anchor;
    let first = Number.POSITIVE_INFINITY;
    for (const certificate of certificates) first = Math.min(first, certificate.notAfter);
    this.firstNotAfter = first as UtcInstant;
  }

  /** The instant for which the path was judged. */
  get at(): UtcInstant {
    return this.#at;
  }

  /** Was this object made by the validator? */
  static isProof(value: unknown): value is VerifiedPath {
    return typeof value === 'object' && value !== null && #at in value;
  }
}

/** For `validate` only; not part of the public surface. */
export function provePath(certificates: readonly Certificate[], anchor: TrustAnchor, at: UtcInstant): VerifiedPath {
  return new VerifiedPath(makersMark, certificates, anchor, at);
}
