/**
 * A connection with everything a dial under its terms needs, opened. There is no other way to a dial target: terms that
 * do not match their hash, another egress group, or a missing client certificate end here.
 */
import { readCredential, type JiraCredential } from '@sallyport/jira-client';
import {
  currentCertificateOf,
  findConnection,
  jobScope,
  operatorId,
  type BoundCertificate,
  type Connection,
  type Store,
} from '@sallyport/store';
import { openSecret, SealedSecretError, type SealKeyPair } from '@sallyport/store/open-sealed';
import { termsFaults, termsHash, type Terms } from '@sallyport/terms';
import type { HostRevocation } from '../revocation/host-revocation.ts';
import { BindingError } from './binding-error.ts';
import { mayPass, readProxySecret, type ProxySecret } from './sealed-way.ts';

export interface BoundConnection {
  readonly connection: Connection;
  /** Null only where the terms go without. */
  readonly clientCertificate: {
    readonly name: string;
    readonly certificatePem: string;
    readonly keyPem: string;
  } | null;
  readonly credential: JiraCredential;
  /** Null where the terms name no forward proxy, or one that is shown nothing. */
  readonly proxyCredential: ProxySecret | null;
  /** What this host holds of revocation data; null where nothing is fetched. */
  readonly revocation: HostRevocation | null;
  /** Changes whenever a client made from the older one must no longer be used. */
  readonly generation: string;
  /** The same without our certificate: while it stays, requests can move to another certificate. */
  readonly base: string;
  /** Where our certificate comes from; null where none is used. */
  readonly binding: { readonly slotId: string; readonly certificateId: string; readonly generation: number } | null;
}

export interface Binder {
  readonly store: Store;
  readonly connectorId: string;
  readonly egressGroup: string;
  readonly sealKey: SealKeyPair;
  /** What dials are told of revocation data. */
  readonly revocation?: HostRevocation;
  /** What serves a connection now: its secrets are open already, and are not opened again for the same generation. */
  readonly clients?: { boundOf(connectionId: string): BoundConnection | null };
}

/**
 * What is done with it. `work` shows only what may be shown; `asked` also a certificate that the far side refused, once,
 * since a person asks whether it still does; with `judging` nothing is dialled.
 */
export type BindingUse = 'work' | 'asked' | 'judging';

/**
 * Reads and opens; null when there is no such connection for this customer. `next` takes the certificate that is to come,
 * for a canary. Throws `BindingError`.
 */
export async function bindConnection(
  binder: Binder,
  payload: { readonly connectionId: string; readonly customerId: string },
  pointer: 'current' | 'next' = 'current',
  purpose: BindingUse = 'work',
): Promise<BoundConnection | null> {
  const { store, connectorId, sealKey } = binder;
  const scope = jobScope(connectorId, payload.customerId);
  const [connection, bound] = await Promise.all([
    findConnection(store, scope, payload.connectionId),
    currentCertificateOf(store, scope, payload.connectionId, pointer),
  ]);
  if (connection === null || connection.state === 'retired') return null;
  checkTerms(connection, binder.egressGroup);
  const { terms } = connection;
  if (terms.clientCertificate.required && bound === null)
    throw new BindingError('client-certificate-missing', 'The terms ask for a client certificate and none is bound.');
  if (bound !== null && bound.customerId !== connection.customerId && bound.customerId !== operatorId)
    throw new BindingError('client-certificate-foreign', "The bound client certificate is another customer's.");
  const use = terms.clientCertificate.required ? bound : null;
  if (use !== null && purpose !== 'judging') mayBeShown(use, purpose);
  const base = [connection.termsSha256, connection.credentialSecretId, connection.proxyCredentialSecretId ?? '-'].join(
    '|',
  );
  const binding =
    use === null || connection.slotId === null
      ? null
      : { slotId: connection.slotId, certificateId: use.id, generation: use.generation };
  const generation = [base, use?.id ?? '-', use?.generation ?? 0].join('|');
  const serving = binder.clients?.boundOf(connection.id) ?? null;
  if (serving !== null && serving.generation === generation) return { ...serving, connection };
  const proxySecretId = terms.proxy?.authenticationKind === 'basic' ? connection.proxyCredentialSecretId : null;
  const [credentialText, keyPem, proxyText] = await Promise.all([
    openSecret(store, scope, sealKey, connection.credentialSecretId),
    use === null ? null : openSecret(store, jobScope(connectorId, use.customerId), sealKey, use.keySecretId),
    proxySecretId === null ? null : openSecret(store, scope, sealKey, proxySecretId),
  ]).catch((error: unknown) => {
    // As after a restore without the seal key of that time: a person must act, trying again does not help.
    if (error instanceof SealedSecretError)
      throw new BindingError(
        error.code,
        `${error.message} Bring back connector/seal-key.json of the time when it was sealed, or give credential and certificate anew.`,
      );
    throw error;
  });
  const credential = readCredential(credentialText, terms.authenticationKind);
  if (credential === null)
    throw new BindingError('JIRA_CREDENTIAL', 'The stored credential is not of the kind that the terms name.');
  return {
    connection,
    clientCertificate:
      use === null || keyPem === null ? null : { name: use.name, certificatePem: use.chainPem, keyPem },
    credential,
    proxyCredential: proxyCredentialOf(terms, credentialText, proxyText),
    revocation: binder.revocation ?? null,
    generation,
    base,
    binding,
  };
}

/** No far side is shown a certificate that is over, whoever asks, nor one that it refused. @throws BindingError */
function mayBeShown({ name, notAfter, isRevoked, isRefused }: BoundCertificate, purpose: BindingUse): void {
  if (notAfter.getTime() <= Date.now())
    throw new BindingError(
      'client-certificate-expired',
      `Our client certificate '${name}' ended at ${notAfter.toISOString()}: it is not shown any more. Propose an emergency swap to another one.`,
    );
  if (isRevoked)
    throw new BindingError(
      'client-certificate-revoked',
      `Our client certificate '${name}' is revoked: it is not shown any more. Propose an emergency swap to another one.`,
    );
  if (isRefused && purpose !== 'asked')
    throw new BindingError(
      'client-certificate-refused',
      `The far side refused our client certificate '${name}', and there is none to go back to: it is shown again only when somebody asks for a check, or goes on with the swap.`,
      'customer',
    );
}

/** What the way asks for. @throws BindingError where a credential was sealed for another way */
function proxyCredentialOf({ proxy }: Terms, credentialText: string, proxyText: string | null): ProxySecret | null {
  if (proxy === undefined) return null;
  if (!mayPass(credentialText, proxy.url))
    throw new BindingError(
      'credential-for-another-way',
      `The credential for Jira was not sealed for the forward proxy ${proxy.url}. Give it anew together with the proxy.`,
    );
  if (proxy.authenticationKind === 'none') return null;
  const secret = proxyText === null ? null : readProxySecret(proxyText, proxy.url);
  if (secret === null)
    throw new BindingError(
      'proxy-credential-missing',
      `There is no credential that was sealed for the forward proxy ${proxy.url}. Give it anew.`,
    );
  return secret;
}

function checkTerms(connection: Connection, egressGroup: string): void {
  const { terms } = connection;
  // Whoever could write terms without their hash could send us elsewhere.
  if (termsHash(terms) !== connection.termsSha256)
    throw new BindingError('terms-altered', 'The terms do not match the hash under which they were written.');
  if (!connection.termsEffective)
    throw new BindingError(
      'terms-not-approved',
      'The terms have not taken effect: they wait for approval.',
      'customer',
    );
  const fault = termsFaults(terms)[0];
  if (fault !== undefined) throw new BindingError('terms-unusable', `${fault.path}: ${fault.message}`);
  if (terms.egressGroup !== egressGroup)
    throw new BindingError(
      'egress-group',
      `The terms name the egress group ${terms.egressGroup}, this is ${egressGroup}.`,
    );
}
