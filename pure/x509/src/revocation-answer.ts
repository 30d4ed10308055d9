/** Where revocation is asked for, what the judging of CRLs and OCSP answers says; otherwise, why it was not asked. */
import type { ReportEntry } from './report.ts';
import { judgeRevocation } from './revocation/judge-revocation.ts';
import type { RevocationContext } from './revocation-context.ts';

const section = 'RFC 5280 §6.3';

/** RFC 5280 §6.3 needs the key of the issuer. */
export const noVerifiedIssuer: ReportEntry = Object.freeze({
  code: 'X509_REVOCATION_NO_VERIFIED_ISSUER',
  outcome: 'unknown',
  section,
  certificateIndex: null,
  message: 'Without a verified issuer nobody can say whether the certificates are revoked.',
  evidence: Object.freeze({}),
});

export const revocationNotJudged: ReportEntry = Object.freeze({
  code: 'X509_REVOCATION_OFF',
  outcome: 'not-applicable',
  section,
  certificateIndex: null,
  message: 'Revocation was not judged: it is switched off.',
  evidence: Object.freeze({}),
});

/** One entry for each certificate of the path. @throws BudgetExhausted */
export function answerRevocation(context: RevocationContext): readonly ReportEntry[] {
  return judgeRevocation(context);
}
