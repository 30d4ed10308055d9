/** What was judged is judged again each day, and what the web tier shows is judged like it: time passes, facts change. */
import {
  certificatesToJudge,
  findCertificateRequest,
  findingsThatCount,
  housekeepingScope,
  operatorId,
  readSetting,
  recordJudgement,
  recordWebJudgement,
  webCertificatesToJudge,
  type InventoryCertificate,
  type Scope,
  type Store,
} from '@sallyport/store';
import { readPem, X509Error, type Certificate } from '@sallyport/x509';
import type { AskedNames } from '@sallyport/lifecycle';
import type { Connector } from '../connector.ts';
import { readableChain } from '../revocation/named-uses.ts';
import { revocationHeld } from './held-revocation.ts';
import { judgeWithSources, type JudgingConnector } from './judge-with-sources.ts';

const day = 86_400_000;

/** Those that were put in past the intake: what would be done with them waits for it. */
export function judgeInventoryFirst(connector: JudgingConnector & Pick<Connector, 'log'>): Promise<void> {
  return judgeInventory(connector, new Date(0));
}

export function judgeInventoryAgain(connector: JudgingConnector & Pick<Connector, 'log'>): Promise<void> {
  return judgeInventory(connector, new Date(Date.now() - day));
}

async function judgeInventory(connector: JudgingConnector & Pick<Connector, 'log'>, before: Date): Promise<void> {
  const { store, connectorId, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  for (const certificate of await certificatesToJudge(store, scope, before)) {
    const [endEntity, ...others] = chainOf(certificate.chainPem);
    if (endEntity === undefined) {
      await recordJudgement(store, scope, certificate, { findings: [], checks: null });
      continue;
    }
    // What came in while a source was away is asked for until the source answers.
    const asksAnew = findingsThatCount(certificate.judgement).includes(revocationHeld);
    const judged = await judgeWithSources(connector, {
      ...certificate,
      endEntity,
      others,
      asksAnew,
      asked: await askedFor(store, scope, certificate),
      key: 'matches',
    });
    const { findings, checks, path: chain, fetchedSha256, strangers } = judged;
    await recordJudgement(store, scope, certificate, { findings, checks, chain, fetchedSha256, strangers });
    const blocking = findings.filter(({ severity }) => severity === 'blocks').map(({ code }) => code);
    if (blocking.length > 0)
      log.warn({ event: 'client-certificate.blocked', clientCertificateId: certificate.id, codes: blocking });
  }
}

/** Of a private CA where the set-up named one, else as one of a public authority. */
export async function judgeWebCertificates(connector: JudgingConnector): Promise<void> {
  const { store, connectorId } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  const due = await webCertificatesToJudge(store, new Date(Date.now() - day));
  if (due.length === 0) return;
  const authority = await readSetting<{ anchorsPem: string; allowPrivate?: boolean }>(store, 'web-authority');
  for (const certificate of due) {
    const { chainPem } = certificate;
    const [endEntity, ...others] = chainOf(chainPem);
    if (endEntity === undefined) continue;
    const {
      findings,
      checks,
      path: chain,
    } = await judgeWithSources(connector, {
      endEntity,
      others,
      customerId: operatorId,
      kind: 'operator-named',
      policy: authority === null ? 'public-third-party' : 'agreed-private-ca',
      domain: null,
      anchorsPem: authority?.anchorsPem ?? null,
      // The web tier holds it against its key before it shows it.
      key: 'matches',
      forServer: true,
      allowPrivate: authority?.allowPrivate === true,
    });
    await recordWebJudgement(store, scope, certificate, { findings, checks, chain });
  }
}

/** The names that its request asked for; null where it answers none. */
export async function askedFor(
  store: Store,
  scope: Scope,
  { requestId }: Pick<InventoryCertificate, 'requestId'>,
): Promise<AskedNames | null> {
  const request = requestId === null ? null : await findCertificateRequest(store, scope, requestId);
  return request?.wanted ?? null;
}

/** Of a text that was judged when it came in; empty where it cannot be read. */
export function chainOf(pem: string): readonly Certificate[] {
  try {
    return readableChain(readPem(pem).map(({ der }) => der));
  } catch (error) {
    if (error instanceof X509Error) return [];
    throw error;
  }
}
