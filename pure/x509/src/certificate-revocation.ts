/** The revocation of one certificate whose issuer is at hand and trusted by the caller: what a tool asks that looks at one CRL or OCSP response. */
import { checkInstant, checkPolicy, checkRevocationInput } from './argument-check.ts';
import { Certificate } from './certificate.ts';
import type { UtcInstant } from './instant.ts';
import { publicKeyRefusal } from './path/public-keys.ts';
import { BudgetExhausted, WorkBudget } from './path/work-budget.ts';
import type { ReportEntry } from './report.ts';
import { judgeRevocation } from './revocation/judge-revocation.ts';
import { noVerifiedIssuer } from './revocation-answer.ts';
import type { RevocationInput } from './revocation-input.ts';
import { revocationOff } from './revocation-input.ts';
import { signatureAlgorithmOf } from './signature/signature-algorithm.ts';
import { verifySignature } from './signature/verify-signature.ts';
import type { SignatureVerifier } from './signature/verify-signature.ts';
import { anchorFromCertificate } from './trust-anchor.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import { validate } from './validate.ts';
import type { ValidationPolicy } from './validation-policy.ts';

export interface CertificateRevocationInput {
  readonly certificate: Certificate;
  /** Taken as a trust anchor: a certificate, or a bare name and key. */
  readonly issuer: Certificate | TrustAnchor;
  readonly at: UtcInstant;
  readonly policy: ValidationPolicy;
  readonly revocation: RevocationInput;
  /** Certificates that may have signed CRLs. */
  readonly others?: readonly Certificate[];
  readonly verifySignature?: SignatureVerifier;
}

/** `pass` for not revoked, `fail` for revoked, `unknown` with the nearest obstacle. @throws X509Error where the issuer's key is malformed, `X509_ARGUMENT_INVALID` */
export function judgeCertificateRevocation(input: CertificateRevocationInput): ReportEntry {
  const { certificate, issuer, at, policy, revocation } = input;
  checkInstant(at);
  checkPolicy(policy);
  checkRevocationInput(revocation);
  const verify = input.verifySignature ?? verifySignature;
  const others = input.others ?? [];
  const anchor = issuer instanceof Certificate ? anchorFromCertificate(issuer) : issuer;
  if (!issuedBy(certificate, anchor, policy, verify)) return { ...noVerifiedIssuer, certificateIndex: 0 };
  const findSignerPath = (signer: Certificate): readonly Certificate[] | null => {
    const rules = { ...policy.rules, endEntityMayBeAuthority: true, extendedKeyUsageRequired: false };
    const report = validate({
      leaf: signer,
      others,
      anchors: [anchor],
      at,
      purpose: 'any',
      name: null,
      policy: { ...policy, rules },
      revocation: revocationOff,
    });
    return report.accepted ? report.path : null;
  };
  try {
    const [entry] = judgeRevocation({
      path: [certificate],
      anchor,
      at,
      policy,
      revocation,
      others,
      budget: new WorkBudget(policy.budget),
      verifySignature: verify,
      findSignerPath,
    });
    return entry ?? noVerifiedIssuer;
  } catch (error) {
    if (!(error instanceof BudgetExhausted)) throw error;
    return {
      ...noVerifiedIssuer,
      code: 'X509_BUDGET_EXHAUSTED',
      certificateIndex: 0,
      message: 'What was given asks for more work than one validation may do.',
      evidence: { limit: error.limit },
    };
  }
}

function issuedBy(
  certificate: Certificate,
  issuer: TrustAnchor,
  policy: ValidationPolicy,
  verify: SignatureVerifier,
): boolean {
  const algorithm = signatureAlgorithmOf(certificate.signatureAlgorithm);
  return (
    typeof algorithm !== 'string' &&
    certificate.issuer.equals(issuer.subject) &&
    algorithm.keyKind === issuer.publicKey.kind &&
    publicKeyRefusal(issuer.publicKey, policy) === null &&
    verify(algorithm, issuer.publicKey, certificate.tbs, certificate.signature) === 'valid'
  );
}
