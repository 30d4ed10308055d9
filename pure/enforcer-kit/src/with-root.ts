/** The root of the client CA, which no chain brings, found among those that somebody has at hand. */
import { readCertificate, readPem, writePem, X509Error, type Certificate } from '@sallyport/x509';
import type { EnforcerFacts } from './enforcer-facts.ts';

/**
 * The facts with the first of `candidates` (PEM texts) that has the name, and the key identifier where both name one, of
 * whoever issued the last certificate of the CA file. Unchanged where the root is there already, or none fits.
 */
export function withRoot(facts: EnforcerFacts, candidates: readonly string[]): EnforcerFacts {
  const last = facts.authorities.at(-1);
  const below = last === undefined || facts.hasRoot ? null : firstCertificate(last);
  if (below === null) return facts;
  for (const pem of candidates) {
    const root = firstCertificate(pem);
    if (root === null || !root.selfIssued || !root.subject.equals(below.issuer) || !hasKeyOf(root, below)) continue;
    return { ...facts, authorities: [...facts.authorities, writePem('CERTIFICATE', root.der)], hasRoot: true };
  }
  return facts;
}

/** What cannot be read is no root: a list of others may hold anything. */
function firstCertificate(pem: string): Certificate | null {
  try {
    const [block] = readPem(pem);
    return block === undefined ? null : readCertificate(block.der);
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}

function hasKeyOf(root: Certificate, below: Certificate): boolean {
  const wanted = below.extensions.authorityKeyIdentifier?.keyIdentifier ?? null;
  const own = root.extensions.subjectKeyIdentifier;
  if (wanted === null || own === null) return true;
  return wanted.length === own.length && wanted.every((byte, index) => byte === own[index]);
}
