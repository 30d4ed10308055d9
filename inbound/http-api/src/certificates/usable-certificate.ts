import type { Actor } from '@sallyport/console-api';
import { listClientCertificateStatuses, type InventoryCertificate, type Scope, type Store } from '@sallyport/store';
import { ApiProblem } from '../api-problem.ts';
import { storedJudgement } from './stored-judgement.ts';

/**
 * Gives the certificate back where a connector has judged it, nothing blocks it, and it is neither retired, revoked nor at its
 * end. What it was judged with may be a day old; revocation is known sooner. @throws ApiProblem
 */
export async function requireUsable(
  store: Store,
  scope: Scope,
  certificate: InventoryCertificate,
): Promise<InventoryCertificate> {
  const { id, name, judgedAt, judgement, retiredAt, notAfter } = certificate;
  if (retiredAt !== null)
    throw new ApiProblem('client-certificate-retired', { detail: `'${name}' is retired: it is not used again.` });
  if (judgedAt === null)
    throw new ApiProblem('client-certificate-not-judged', {
      detail: `'${name}' has not been judged yet: a connector does it within a minute. Try again then.`,
      retryAfterSeconds: 5,
    });
  const blocked = (code: string, message: string, actor: Actor | null) =>
    new ApiProblem('client-certificate-blocked', {
      detail: `'${name}' is not used: ${message}`,
      actor,
      seen: { code, clientCertificateId: id },
    });
  const finding = storedJudgement(judgement).findings.find(({ severity }) => severity === 'blocks');
  if (finding !== undefined) throw blocked(finding.code, finding.message, finding.actor);
  const status = (await listClientCertificateStatuses(store, scope)).find((one) => one.clientCertificateId === id);
  if (status?.status === 'revoked') throw blocked(status.code, 'It is revoked. Bring another one.', 'operator');
  if (notAfter.getTime() <= Date.now()) throw blocked('expired', 'It has ended. Bring another one.', 'operator');
  return certificate;
}
