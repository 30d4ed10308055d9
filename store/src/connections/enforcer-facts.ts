import { factsOfTerms, type EnforcerFacts } from '@sallyport/enforcer-kit';
import { certificatesOfSlot } from '../certificates/slot-certificates.ts';
import { listEgressGroups } from '../connectors/connectors.ts';
import type { Store } from '../open-store.ts';
import type { Scope } from '../scope.ts';
import type { Connection } from './connections.ts';

/**
 * What the far side of a connection has to know to enforce mutual TLS: from the terms in force and the certificates of
 * its slot. Null where it presents none.
 */
export async function enforcerFactsOf(
  store: Store,
  scope: Scope,
  { terms, slotId, customerName, name }: Connection,
): Promise<EnforcerFacts | null> {
  if (slotId === null) return null;
  const certificates = await certificatesOfSlot(store, scope, slotId);
  if (certificates.currentPem === null) return null;
  // Behind a forward proxy the far side sees the proxy's address, which is not ours to know.
  const groups = terms.proxy === undefined ? await listEgressGroups(store) : [];
  return factsOfTerms({
    title: `${customerName}, ${name}`,
    terms,
    ...certificates,
    authoritiesPem: null,
    egressAddresses: groups.find(({ id }) => id === terms.egressGroup)?.addresses ?? [],
    privateAuthority: false,
  });
}
