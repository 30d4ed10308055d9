/** Where the files that every product's kit brings stand. */
import type { EnforcerFacts } from './enforcer-facts.ts';

export function kitPaths({ places: { folder } }: Pick<EnforcerFacts, 'places'>): {
  readonly authorities: string;
  readonly revocationList: string;
  readonly dhGroup: string;
  readonly refreshJob: string;
  readonly heldLists: string;
} {
  return {
    authorities: `${folder}/client-ca.pem`,
    revocationList: `${folder}/client-crl.pem`,
    dhGroup: `${folder}/dh-group.pem`,
    refreshJob: `${folder}/refresh-crl.sh`,
    heldLists: `${folder}/held-crls`,
  };
}

/** Whether the product is to look at a CRL: only where one can be had. */
export function looksAtRevocation(facts: Pick<EnforcerFacts, 'revocationSources'>): boolean {
  return facts.revocationSources.length > 0;
}
