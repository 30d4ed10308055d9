/** Our own client certificates, looked at on the same schedule: a revoked one is known before a far side refuses it. */
import { askSources } from '@sallyport/revocation-fetch';
import {
  housekeepingScope,
  listInventory,
  listConnections,
  recordClientCertificateStatus,
  replaceUses,
  type InventoryCertificate,
  type Scope,
} from '@sallyport/store';
import { publicAnchors, readAnchors } from '@sallyport/tls-dialer';
import {
  judgeCertificateRevocation,
  privateAuthorityRules,
  readPem,
  utcInstant,
  validationPolicy,
  X509Error,
  type Certificate,
  type ReportEntry,
} from '@sallyport/x509';
import type { Connector } from '../connector.ts';
import { namedUses, readableChain } from './named-uses.ts';
import { ownCertificateWay } from './own-certificate-way.ts';

const policy = validationPolicy('rfc5280', { rules: privateAuthorityRules });

/** What of a connector looks after our own certificates. */
export type OwnCertificatesConnector = Pick<Connector, 'store' | 'connectorId' | 'revocation'>;

/** Fetches what the chain of one certificate names. */
export async function fetchForOwnCertificate(
  connector: OwnCertificatesConnector,
  scope: Scope,
  id: string,
  refresh: 'due' | 'all',
  signal: AbortSignal,
): Promise<void> {
  const certificate = (await listInventory(connector.store, scope)).find((one) => one.id === id);
  if (certificate === undefined) return;
  const chain = chainOf(certificate);
  const connections = await listConnections(connector.store, scope);
  const data = connector.revocation.folder.forConnection(ownCertificateWay(certificate.customerId, connections));
  const issuers = issuersOf(chain, certificate);
  // Without its issuer no answer can be judged: the failure would keep waiting those who have the issuer at hand.
  const certificates = chain.filter(({ issuer }) => issuers.some(({ subject }) => subject.equals(issuer)));
  await askSources(data, { certificates, issuers }, signal, { refresh });
}

/** Notes which sources our certificates name, and judges each by what is held. */
export async function judgeOwnCertificates(
  connector: OwnCertificatesConnector & Pick<Connector, 'log'>,
  now = Date.now(),
): Promise<void> {
  const { store, connectorId, log, revocation } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  const connections = await listConnections(store, scope);
  for (const certificate of await listInventory(store, scope)) {
    const chain = chainOf(certificate);
    const [leaf] = chain;
    if (leaf === undefined) continue;
    const owner = { customerId: certificate.customerId, clientCertificateId: certificate.id };
    await replaceUses(store, scope, owner, namedUses(chain, null));
    const way = ownCertificateWay(certificate.customerId, connections);
    const held = revocation.folder.forConnection(way).held(chain, utcInstant(now));
    const issuer = issuersOf(chain, certificate).find(({ subject }) => subject.equals(leaf.issuer));
    const entry =
      issuer === undefined
        ? noIssuer
        : judgeCertificateRevocation({
            certificate: leaf,
            issuer,
            at: utcInstant(now),
            policy,
            revocation: { mode: 'hard', ...held },
            others: chain.slice(1),
          });
    const status = statusOf(entry);
    if (status === 'revoked')
      log.error({ event: 'client-certificate.revoked', clientCertificateId: certificate.id, name: certificate.name });
    await recordClientCertificateStatus(store, scope, certificate.customerId, {
      clientCertificateId: certificate.id,
      status,
      code: entry.code,
      message: entry.message,
      judgedAt: new Date(now),
    });
  }
}

const noIssuer: Pick<ReportEntry, 'outcome' | 'code' | 'message'> = {
  outcome: 'unknown',
  code: 'X509_REVOCATION_NO_VERIFIED_ISSUER',
  message: 'The certificate of the issuer is not at hand.',
};

function statusOf({ outcome }: Pick<ReportEntry, 'outcome'>): 'good' | 'revoked' | 'unknown' | 'not-applicable' {
  if (outcome === 'pass') return 'good';
  return outcome === 'fail' ? 'revoked' : outcome;
}

function chainOf({ chainPem }: InventoryCertificate): readonly Certificate[] {
  try {
    return readableChain(readPem(chainPem).map(({ der }) => der));
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}

/** What came with it, the roots of its agreed private authority, and the public authorities. */
function issuersOf(chain: readonly Certificate[], { anchorsPem }: InventoryCertificate): readonly Certificate[] {
  const agreed = anchorsPem === null ? null : readAnchors(anchorsPem);
  const anchors = [...(agreed?.ok === true ? agreed.anchors : []), ...publicAnchors()];
  return [...chain.slice(1), ...anchors.flatMap(({ certificate }) => certificate ?? [])];
}
