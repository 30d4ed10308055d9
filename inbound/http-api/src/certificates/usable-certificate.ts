import type { InventoryCertificate } from '@sallyport/store';
import { ApiProblem } from '../api-problem.ts';
import { storedJudgement } from './stored-judgement.ts';

/** Gives the certificate back where a connector has judged it and nothing blocks it. @throws ApiProblem */
export function requireUsable(certificate: InventoryCertificate): InventoryCertificate {
  const { name, judgedAt, judgement, retiredAt } = certificate;
  if (retiredAt !== null)
    throw new ApiProblem('client-certificate-retired', { detail: `'${name}' is retired: it is not used again.` });
  if (judgedAt === null)
    throw new ApiProblem('client-certificate-not-judged', {
      detail: `'${name}' has not been judged yet: a connector does it within a minute. Try again then.`,
      retryAfterSeconds: 5,
    });
  const finding = storedJudgement(judgement).findings.find(({ severity }) => severity === 'blocks');
  if (finding !== undefined)
    throw new ApiProblem('client-certificate-blocked', {
      detail: `'${name}' is not bound: ${finding.message}`,
      actor: finding.actor,
      seen: { code: finding.code, clientCertificateId: certificate.id },
    });
  return certificate;
}
