/**
 * Path building (RFC 4158): depth first from the end entity, back after every failure, until a path passes all rules. Names bind, key
 * identifiers and dates only order the tries. A first search follows verified signatures only; where it reaches no anchor, a second one, for
 * the explanation alone, also follows signatures that do not verify.
 */
import type { Certificate } from '../certificate.ts';
import { equalBytes } from '../hexadecimal.ts';
import { X509Error } from '../x509-error.ts';
import type { TrustAnchor } from '../trust-anchor.ts';
import { anchorsWithSubject } from './anchor-index.ts';
import type { CertificateBag } from './certificate-bag.ts';
import type { Link, Obstacle } from './prospective-path.ts';
import type { SignatureLinks } from './signature-links.ts';
import type { WorkBudget } from './work-budget.ts';

/** A path as found: handed out in order of likelihood. */
export interface FoundPath {
  readonly certificates: readonly Certificate[];
  readonly links: readonly Link[];
  readonly anchor: TrustAnchor | null;
  readonly obstacle: Obstacle | null;
}

export interface PathSearch {
  readonly anchors: readonly TrustAnchor[];
  readonly bag: CertificateBag;
  readonly links: SignatureLinks;
  readonly budget: WorkBudget;
  readonly at: number;
  /** Most intermediates in a path. */
  readonly intermediates: number;
  /** Is told every path that cannot be made longer; true ends the search. */
  readonly judge: (path: FoundPath) => boolean;
}

/** Searches from one end entity. @returns whether `judge` accepted a path @throws BudgetExhausted */
export function buildPath(endEntity: Certificate, search: PathSearch, followInvalid: boolean): boolean {
  return new PathBuilder(search, followInvalid).extend([endEntity], []);
}

class PathBuilder {
  private readonly search: PathSearch;
  private readonly followInvalid: boolean;

  constructor(search: PathSearch, followInvalid: boolean) {
    this.search = search;
    this.followInvalid = followInvalid;
  }

  /** Tries every continuation of a path whose last certificate has no link yet. */
  extend(certificates: Certificate[], links: Link[]): boolean {
    const { search } = this;
    const last = certificates[certificates.length - 1];
    if (last === undefined) return false;
    search.budget.spendStep();
    const isIssuer = certificates.length > 1;
    let continued = false;
    let obstacle: Obstacle = 'no-issuer';

    for (const anchor of anchorsWithSubject(search.anchors, last.issuer)) {
      const link = search.links.check(last, anchor.publicKey, isIssuer);
      if (link !== 'valid' && (!this.followInvalid || namesOtherKey(last, anchor.certificate))) continue;
      continued = true;
      if (search.judge({ certificates: [...certificates], links: [...links, link], anchor, obstacle: null }))
        return true;
    }

    for (const issuer of this.issuersOf(last)) {
      search.budget.spendStep();
      if (repeats(certificates, issuer)) {
        // A certificate that is its own issuer ends a path, whatever other keys of its name are in the bag; it is no circle.
        if (!last.selfIssued) obstacle = 'loop';
        continue;
      }
      if (this.tooLong(certificates, issuer)) {
        obstacle = 'too-long';
        continue;
      }
      const key = readableKey(issuer);
      if (key === null) continue;
      const link = search.links.check(last, key, isIssuer);
      if (link !== 'valid' && (!this.followInvalid || namesOtherKey(last, issuer))) continue;
      continued = true;
      certificates.push(issuer);
      links.push(link);
      if (this.extend(certificates, links)) return true;
      certificates.pop();
      links.pop();
    }

    if (continued) return false;
    return search.judge({ certificates: [...certificates], links: [...links, 'not-checked'], anchor: null, obstacle });
  }

  /** Self-issued intermediates are new keys of the same authority and do not count, but even of them there is an end. */
  private tooLong(certificates: readonly Certificate[], issuer: Certificate): boolean {
    const limit = this.search.intermediates;
    if (certificates.length > 2 * limit + 2) return true;
    let counted = issuer.selfIssued ? 0 : 1;
    for (const certificate of certificates.slice(1)) if (!certificate.selfIssued) counted++;
    return counted > limit;
  }

  /** Certificates of the issuer's name, likelier ones first: key identifier fits, within its dates, a CA. */
  private issuersOf(certificate: Certificate): readonly Certificate[] {
    const issuers = this.search.bag.withSubject(certificate.issuer);
    if (issuers.length < 2) return issuers;
    return issuers
      .map((issuer) => ({ issuer, rank: this.likelihood(certificate, issuer) }))
      .sort((left, right) => right.rank - left.rank)
      .map(({ issuer }) => issuer);
  }

  private likelihood(certificate: Certificate, issuer: Certificate): number {
    const dated = this.search.at >= issuer.notBefore && this.search.at <= issuer.notAfter ? 1 : 0;
    try {
      const authority = issuer.extensions.basicConstraints?.ca === true ? 2 : 0;
      return dated + authority + (namesOtherKey(certificate, issuer) ? 0 : 4);
    } catch (error) {
      if (error instanceof X509Error) return -1;
      throw error;
    }
  }
}

/** Prevent loops; see RFC 4158 §5.2: the same name with the same key twice is one. */
function repeats(path: readonly Certificate[], issuer: Certificate): boolean {
  return path.some(
    (certificate) =>
      certificate.subject.equals(issuer.subject) && equalBytes(certificate.publicKeyDer, issuer.publicKeyDer),
  );
}

/** Do both carry a key identifier, and do they differ? Then the names are the same by chance or by re-keying. */
function namesOtherKey(certificate: Certificate, issuer: Certificate | null): boolean {
  if (issuer === null) return false;
  try {
    const wanted = certificate.extensions.authorityKeyIdentifier?.keyIdentifier ?? null;
    const own = issuer.extensions.subjectKeyIdentifier;
    return wanted !== null && own !== null && !equalBytes(wanted, own);
  } catch (error) {
    if (error instanceof X509Error) return false;
    throw error;
  }
}

function readableKey(certificate: Certificate): Certificate['publicKey'] | null {
  try {
    return certificate.publicKey;
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}
