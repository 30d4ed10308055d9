/** A certificate of the same authority under another name: the one that shows whether an enforcer looks at names. */
import { currentCertificateOf, jobScope, otherCertificatesOf, type Connection, type Store } from '@sallyport/store';
import { openSecret, SealedSecretError } from '@sallyport/store/open-sealed';
import type { ClientCertificate } from '@sallyport/tls-dialer';
import { readCertificate, readPem, X509Error } from '@sallyport/x509';
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
  const ours = bound === null ? null : endEntity(bound.chainPem);
  if (bound === null || ours === null) return null;
  const owner = jobScope(connectorId, bound.customerId);
  for (const other of await otherCertificatesOf(store, owner, { ownerId: bound.customerId, id: bound.id })) {
    const certificate = endEntity(other.chainPem);
    if (certificate === null || !certificate.issuer.equals(ours.issuer) || certificate.subject.equals(ours.subject))
      continue;
    try {
      return { certificatePem: other.chainPem, keyPem: await openSecret(store, owner, sealKey, other.keySecretId) };
    } catch (error) {
      if (!(error instanceof SealedSecretError)) throw error;
    }
  }
  return null;
}

function endEntity(chainPem: string): ReturnType<typeof readCertificate> | null {
  try {
    return readCertificate(readPem(chainPem)[0]?.der ?? new Uint8Array());
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}
