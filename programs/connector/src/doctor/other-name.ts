/** A certificate of the same authority under another name: the one that shows whether an enforcer looks at names. */
import { currentCertificateOf, jobScope, otherCertificatesOf, type Connection, type Store } from '@sallyport/store';
import { openSecret, SealedSecretError } from '@sallyport/store/open-sealed';
import type { ClientCertificate } from '@sallyport/tls-dialer';
import { readCertificate, readPem, X509Error, type Certificate } from '@sallyport/x509';
import type { Connector } from '../connector.ts';

/** Null where the owner of this connection's certificate has no such other. Another customer's is never taken. */
export async function otherNameOf(
  { connectorId, sealKey }: Connector,
  store: Store,
  connection: Connection,
): Promise<ClientCertificate | null> {
  if (connection.slotId === null) return null;
  const scope = jobScope(connectorId, connection.customerId);
  const bound = await currentCertificateOf(store, scope, connection.id);
  const ours = bound === null ? [] : chainOf(bound.chainPem);
  if (bound === null || ours[0] === undefined) return null;
  const owner = jobScope(connectorId, bound.customerId);
  const others = await otherCertificatesOf(store, owner, { ownerId: bound.customerId, id: bound.id });
  for (const { chainPem, keySecretId } of others) {
    const chain = chainOf(chainPem);
    if (chain[0] === undefined || chain[0].subject.equals(ours[0].subject) || !haveOneAuthority(chain, ours)) continue;
    try {
      return { certificatePem: chainPem, keyPem: await openSecret(store, owner, sealKey, keySecretId) };
    } catch (error) {
      if (!(error instanceof SealedSecretError)) throw error;
    }
  }
  return null;
}

/** An enforcer that trusts the authority above one of them trusts it for the other too. */
function haveOneAuthority(some: readonly Certificate[], others: readonly Certificate[]): boolean {
  return some.some(({ issuer }) => others.some((other) => other.issuer.equals(issuer)));
}

function chainOf(chainPem: string): Certificate[] {
  try {
    return readPem(chainPem).map(({ der }) => readCertificate(der));
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}
