/** A certificate judged with what can be fetched for it: its missing issuers, and what its authority says of revocation. */
import { judgeCertificate, type AskedNames, type CertificateKind, type IntakeJudgement } from '@sallyport/lifecycle';
import { askSources } from '@sallyport/revocation-fetch';
import { housekeepingScope, listConnections } from '@sallyport/store';
import { publicAnchors, readAnchors, type FetchOptions } from '@sallyport/tls-dialer';
import { utcInstant, writePem, type Certificate, type TrustAnchor } from '@sallyport/x509';
import type { Connector } from '../connector.ts';
import { ownCertificateWay } from '../revocation/own-certificate-way.ts';
import { heldRevocationFindings } from './held-revocation.ts';
import { fetchMissingIssuers } from './missing-issuers.ts';

const sourcesMilliseconds = 10_000;

export interface JudgedParts {
  readonly endEntity: Certificate;
  readonly others: readonly Certificate[];
  readonly customerId: string;
  readonly kind: CertificateKind;
  readonly policy: 'public-third-party' | 'agreed-private-ca';
  readonly domain: string | null;
  readonly anchorsPem: string | null;
  readonly key: 'matches' | 'other' | 'absent';
  /** What its request asked for; absent where it answers none. */
  readonly asked?: AskedNames | null;
  readonly forServer?: boolean;
  /** Every source is asked anew, whatever is held: somebody brings it now, and what was revoked a minute ago must not come in. */
  readonly asksAnew?: boolean;
  /** Whether its sources may have private addresses; absent: where a connection of its owner may dial such. */
  readonly allowPrivate?: boolean;
}

export interface JudgedWithSources extends IntakeJudgement {
  readonly fetchedSha256: readonly string[];
  /** Subjects of what came with it and is not of its chain. */
  readonly strangers: readonly string[];
}

export type JudgingConnector = Pick<Connector, 'store' | 'connectorId' | 'revocation'>;

export async function judgeWithSources(connector: JudgingConnector, parts: JudgedParts): Promise<JudgedWithSources> {
  const anchors = anchorsFor(parts);
  const known = await listConnections(connector.store, housekeepingScope(`connector:${connector.connectorId}`));
  const own = ownCertificateWay(parts.customerId, known);
  const allowPrivate = parts.allowPrivate ?? own.allowPrivate;
  const { fetched, failure } = await fetchMissingIssuers(parts.endEntity, parts.others, anchors, allowPrivate);
  const others = [...parts.others, ...fetched];
  const { folder } = connector.revocation;
  const asksAnew = parts.asksAnew === true;
  const data = folder.forConnection({ ...own, allowPrivate, ...(asksAnew ? { ignoreBackOff: true } : {}) });
  const certificates = [parts.endEntity, ...others];
  const issuers = [...others, ...anchors.flatMap(({ certificate }) => certificate ?? [])];
  // A responder may know of a revocation before the list does.
  const options: FetchOptions = asksAnew ? { refresh: 'all', responders: 'always' } : { refresh: 'due' };
  const signal = AbortSignal.timeout(sourcesMilliseconds);
  const asked = await askSources(data, { certificates, issuers }, signal, options).catch(() => ({ sources: [] }));
  const at = utcInstant(Date.now());
  const fetchedSha256 = fetched.map(({ sha256 }) => sha256);
  const judgement = judgeCertificate({
    endEntity: parts.endEntity,
    others,
    anchors,
    kind: parts.kind,
    policy: parts.policy,
    domain: parts.domain,
    key: parts.key,
    asked: parts.asked ?? null,
    revocation: { mode: 'soft', ...data.held(certificates, at) },
    fetchedSha256,
    fetchFailure: failure,
    at,
    forServer: parts.forServer ?? false,
  });
  const strangers = parts.others
    .filter((one) => !judgement.path.some(({ sha256 }) => sha256 === one.sha256))
    .filter((one) => !judgement.chain.includes(one))
    .map(({ subject }) => subject.toString().slice(0, 300));
  const held =
    asksAnew && judgement.checks.revocation.status === 'pass'
      ? heldRevocationFindings(asked, folder.holdings(), at)
      : [];
  return { ...judgement, findings: [...judgement.findings, ...held], fetchedSha256, strangers };
}

/** What is presented, in PEM, end entity first. */
export function pemOf(chain: readonly Certificate[]): string {
  return chain.map(({ der }) => writePem('CERTIFICATE', der)).join('');
}

function anchorsFor({ policy, anchorsPem }: JudgedParts): readonly TrustAnchor[] {
  if (policy === 'public-third-party') return publicAnchors();
  const read = anchorsPem === null ? null : readAnchors(anchorsPem);
  return read?.ok === true ? read.anchors : [];
}
