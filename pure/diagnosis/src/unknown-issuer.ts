/** Chains whose issuer nobody knows: who is missing, and whether somebody is. */
import type { CertificateFacts } from './certificate-facts.ts';
import type { Facts } from './facts.ts';

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
