/** The way to what our own certificates name (CRLs, responders, issuers): no connection dials for them, so connections say how far it may lead. */
import { operatorId, type Connection } from '@sallyport/store';
import type { FetchWay } from '@sallyport/revocation-fetch';

/**
 * Directly, and to private addresses only where a connection of its owner may dial such; the operator's certificates go where any
 * connection may. What a check of the sandbox set aside still counts: a certificate of ours is none of the far side's faults.
 */
export function ownCertificateWay(
  customerId: string,
  connections: readonly { readonly customerId: string; readonly terms: Pick<Connection['terms'], 'allowPrivate'> }[],
): FetchWay {
  return { proxy: null, allowPrivate: mayLeadPrivately(customerId, connections), usesSetAside: true };
}

function mayLeadPrivately(customerId: string, connections: Parameters<typeof ownCertificateWay>[1]): boolean {
  return connections.some(
    (one) => one.terms.allowPrivate && (customerId === operatorId || one.customerId === customerId),
  );
}
