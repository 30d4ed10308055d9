/** Chains whose issuer nobody knows: who is missing, and whether somebody is. */
import type { CertificateFacts } from './certificate-facts.ts';
import type { Facts } from './facts.ts';
import { areOfOneFamily, saysIntermediate } from './name-families.ts';
import type { Certainty } from './rule.ts';

export interface MissingIssuer {
  /** RFC 4514. */
  readonly name: string;
  readonly names: readonly string[];
  /** The chain goes on behind the gap: whoever sent it forgot one in the middle. */
  readonly isBetween: boolean;
}

/** The dial refused the server because no path leads to a trusted authority. */
export function issuerIsUnknown(facts: Facts): boolean {
  const code = facts.trouble('trust')?.code;
  return (
    facts.serverRefused &&
    (code === 'X509_ISSUER_NOT_FOUND' || code === 'X509_SELF_ISSUED_NOT_TRUSTED' || code === 'X509_PATH_LOOP')
  );
}

/** The first issuer that the chain names and does not hold; null where it is complete to a root. */
export function missingIssuer(chain: readonly CertificateFacts[]): MissingIssuer | null {
  let current = chain[0];
  const walked = new Set<CertificateFacts>();
  while (current !== undefined && !current.selfIssued && !walked.has(current)) {
    walked.add(current);
    const { issuer }: CertificateFacts = current;
    const next: CertificateFacts | undefined = chain.find((other) => other.subject === issuer && !walked.has(other));
    if (next === undefined) return { name: issuer, names: current.issuerNames, isBetween: walked.size < chain.length };
    current = next;
  }
  return null;
}

/**
 * How likely it is that the missing issuer is an intermediate of a trusted authority, where the issuer itself could not be shown to complete
 * the chain; null where nothing speaks for it. An organisation in common says little: one has several roots, and only one may be agreed.
 */
export function intermediateCertainty(facts: Facts, missing: MissingIssuer): Certainty | null {
  const { target, leaf, chain, observations } = facts;
  if (missing.isBetween) return 'likely';
  const fetched = observations.issuerFetch;
  if (fetched?.isRoot === true) return null;
  if (target.anchors === 'public' && leaf?.looksPublic === true && chain.length === 1) return 'likely';
  if (!areOfOneFamily(missing.names, target.anchorNames)) return null;
  const isRefuted = fetched !== null && fetched.error === null && !fetched.completes;
  return saysIntermediate(missing.names) && !isRefuted ? 'likely' : 'possible';
}
