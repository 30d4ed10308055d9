/** Our own client certificates, looked at on the same schedule: a revoked one is known before a far side refuses it. */
import { askSources } from '@sallyport/revocation-fetch';
import {
  housekeepingScope,
  listClientCertificates,
  listConnections,
  recordClientCertificateStatus,
  replaceUses,
  type ClientCertificate,
  type Scope,
} from '@sallyport/store';
import { publicAnchors, type RevocationData } from '@sallyport/tls-dialer';
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

const policy = validationPolicy('rfc5280', { rules: privateAuthorityRules });

/** Fetches what the chain of one certificate names. */
export async function fetchForOwnCertificate(
  connector: Connector,
  scope: Scope,
  id: string,
  refresh: 'due' | 'all',
  signal: AbortSignal,
): Promise<void> {
  const certificate = (await listClientCertificates(connector.store, scope)).find((one) => one.id === id);
  if (certificate === undefined) return;
  const chain = chainOf(certificate);
  const data = dataFor(connector, certificate, await shownPrivately(connector, scope));
  const issuers = issuersOf(chain);
  // Without its issuer no answer can be judged: the failure would keep waiting those who have the issuer at hand.
  const certificates = chain.filter(({ issuer }) => issuers.some(({ subject }) => subject.equals(issuer)));
  await askSources(data, { certificates, issuers }, signal, { refresh });
}

/** Notes which sources our certificates name, and judges each by what is held. */
export async function judgeOwnCertificates(connector: Connector): Promise<void> {
  const { store, connectorId, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  const privately = await shownPrivately(connector, scope);
  for (const certificate of await listClientCertificates(store, scope)) {
    const chain = chainOf(certificate);
    const [leaf] = chain;
    if (leaf === undefined) continue;
    const owner = { customerId: certificate.customerId, clientCertificateId: certificate.id };
    await replaceUses(store, scope, owner, namedUses(chain, null));
    const now = Date.now();
    const data = dataFor(connector, certificate, privately);
    const held = data.held(chain, utcInstant(now));
    const issuer = issuersOf(chain).find(({ subject }) => subject.equals(leaf.issuer));
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

function chainOf({ chainPem }: ClientCertificate): readonly Certificate[] {
  try {
    return readableChain(readPem(chainPem).map(({ der }) => der));
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}

/** What came with it, and the public authorities. */
function issuersOf(chain: readonly Certificate[]): readonly Certificate[] {
  return [...chain.slice(1), ...publicAnchors().flatMap(({ certificate }) => certificate ?? [])];
}

/** Ids of those that connections show which may dial private addresses. */
async function shownPrivately({ store }: Connector, scope: Scope): Promise<ReadonlySet<string>> {
  const connections = await listConnections(store, scope);
  return new Set(
    connections.flatMap(({ clientCertificate, terms }) => (terms.allowPrivate ? (clientCertificate?.id ?? []) : [])),
  );
}

/** Directly; to private addresses only where a connection that shows this certificate may dial such. */
function dataFor({ revocation }: Connector, { id }: ClientCertificate, privately: ReadonlySet<string>): RevocationData {
  return revocation.folder.forConnection({ proxy: null, allowPrivate: privately.has(id) });
}
