/** Corrections of what was said of a certificate: judged by the facts as they would be, and made unless they would block it. */
import {
  certificatesToCorrect,
  correctCertificate,
  housekeepingScope,
  refuseCorrection,
  type CertificateToCorrect,
} from '@sallyport/store';
import type { IntakeFinding } from '@sallyport/lifecycle';
import type { Connector } from '../connector.ts';
import { askedFor, chainOf } from './judge-again.ts';
import { judgeWithSources, type JudgingConnector } from './judge-with-sources.ts';

/** Works off what waits. */
export async function correctCertificates(connector: JudgingConnector & Pick<Connector, 'log'>): Promise<void> {
  const { store, connectorId, log } = connector;
  const scope = housekeepingScope(`connector:${connectorId}`);
  for (const certificate of await certificatesToCorrect(store, scope)) {
    const [endEntity, ...others] = chainOf(certificate.chainPem);
    const { kind, domain, policy, anchorsPem } = { ...certificate, ...certificate.correction.wanted };
    const facts = { kind, domain, policy, anchorsPem };
    if (endEntity === undefined) {
      await refuseCorrection(store, scope, certificate, []);
      continue;
    }
    const judged = await judgeWithSources(connector, {
      ...facts,
      endEntity,
      others,
      customerId: certificate.customerId,
      key: 'matches',
      asksAnew: true,
      asked: await askedFor(store, scope, certificate),
    });
    const blocking = newlyBlocking(certificate, judged.findings);
    if (blocking.length > 0) {
      await refuseCorrection(store, scope, certificate, blocking);
    } else {
      const { findings, checks, path: chain, fetchedSha256, strangers } = judged;
      await correctCertificate(store, scope, certificate, facts, { findings, checks, chain, fetchedSha256, strangers });
    }
    log.info({
      event: 'client-certificate.correction-judged',
      clientCertificateId: certificate.id,
      refusedFor: blocking.map(({ code }) => code),
    });
  }
}

/** What blocks by the new facts and did not by those of now: a wrong word must not stop connections that work. */
function newlyBlocking(
  { judgement }: CertificateToCorrect,
  findings: readonly IntakeFinding[],
): readonly IntakeFinding[] {
  const { findings: before = [] } = (judgement ?? {}) as { findings?: readonly Partial<IntakeFinding>[] };
  const known = new Set(before.flatMap(({ code, severity }) => (severity === 'blocks' ? [code] : [])));
  return findings.filter(({ code, severity }) => severity === 'blocks' && !known.has(code));
}
