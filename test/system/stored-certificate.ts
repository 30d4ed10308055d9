/** A client certificate of the operator as it stands in the store once it was taken in: its key sealed, judged without a finding. */
import { X509Certificate } from 'node:crypto';
import type { Identity } from '@sallyport/sandbox';
import { currentSealKey, insertClientCertificate, operatorId, sealSecret, type Store } from '@sallyport/store';
import { setUp } from './stored-connection.ts';

/** Stores one of a private authority; gives its id. `connector` is a store under the connectors' role. */
export async function storeCertificate(
  connector: Store,
  identity: Identity,
  { anchorsPem, isDefault = false }: { readonly anchorsPem: string; readonly isDefault?: boolean },
): Promise<string> {
  const key = await currentSealKey(connector);
  if (key === null) throw new Error('there is no key to seal to');
  const { fingerprint256, validFromDate, validToDate } = new X509Certificate(identity.certificatePem);
  const inserted = await insertClientCertificate(
    connector,
    setUp,
    {
      customerId: operatorId,
      kind: 'operator-named',
      name: 'client.example',
      chainPem: identity.chainPem,
      sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
      notBefore: validFromDate,
      notAfter: validToDate,
      isDefault,
      policy: 'agreed-private-ca',
      anchorsPem,
      judgement: { findings: [], checks: null },
    },
    await sealSecret(key, { customerId: operatorId, purpose: 'client-key', plaintext: identity.keyPem }),
  );
  if (inserted === null) throw new Error('the certificate was not stored');
  return inserted.id;
}
