/** Who may have signed a CRL (RFC 5280 §6.3.3 (f), (g)): keys of the CRL's issuer, each with a path of its own to the same anchor. */
import type { Certificate } from '../certificate.ts';
import { keyUsageBits } from '../extensions/key-usage.ts';
import { equalBytes } from '../hexadecimal.ts';
import { publicKeyRefusal } from '../path/public-keys.ts';
import type { RevocationContext } from '../revocation-context.ts';
import { signatureAlgorithmOf } from '../signature/signature-algorithm.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { ValidationPolicy } from '../validation-policy.ts';
import type { CertificateStatus } from './certificate-status.ts';
import { obstacle } from './certificate-status.ts';
import type { RevocationList } from './revocation-list.ts';

/** A CRL that speaks about the certificate that signed it. */
const circularSigner = 'X509_CRL_SIGNER_CIRCULAR';
/** Certificates of one signer name that are tried; each may cost a signature check. */
const maximumSigners = 16;

export interface JudgedCertificate {
  /** Path that the certificate stands in, end entity first, without the anchor. */
  readonly path: readonly Certificate[];
  readonly index: number;
}

/** Whether the key signed the CRL, by an algorithm and with a key that the policy accepts. Says nothing about who may sign it. */
export function isCrlSignedBy(
  crl: RevocationList,
  key: SubjectPublicKey,
  policy: ValidationPolicy,
  verify: SignatureVerifier = verifySignature,
): boolean {
  const algorithm = signatureAlgorithmOf(crl.signatureAlgorithm);
  return (
    typeof algorithm !== 'string' &&
    algorithm.keyKind === key.kind &&
    publicKeyRefusal(key, policy) === null &&
    crl.verifiedBy(verify, algorithm, key) === 'valid'
  );
}

/** Asked for the certificates of a signer's path that are not in the path being judged. */
export type SignerStatus = (path: readonly Certificate[], index: number) => CertificateStatus;

/** The key that signed the CRL; or the obstacle. */
export function findCrlSigner(
  crl: RevocationList,
  { path, index }: JudgedCertificate,
  context: RevocationContext,
  statusOf: SignerStatus,
): SubjectPublicKey | CertificateStatus {
  const section = 'RFC 5280 §6.3.3 (f), (g)';
  const issuer = crl.issuer.toString();
  const algorithm = signatureAlgorithmOf(crl.signatureAlgorithm);
  if (typeof algorithm === 'string')
    return obstacle(
      'X509_CRL_SIGNATURE_REFUSED',
      section,
      `The CRL of ${issuer} is signed by an algorithm that is not accepted.`,
      {
        cause: algorithm,
      },
    );
  let nearest = obstacle(
    'X509_CRL_SIGNER_NOT_FOUND',
    section,
    `No certificate at hand could have signed the CRL of ${issuer}.`,
    {
      issuer,
    },
  );
  for (const { key, certificate, inPath } of signersOf(crl, { path, index }, context)) {
    const usage = certificate?.extensions.keyUsage ?? null;
    if (usage !== null && (usage & keyUsageBits.cRLSign) === 0) {
      nearest = obstacle('X509_CRL_SIGNER_KEY_USAGE', section, `${issuer} is not allowed to sign CRLs.`, { issuer });
      continue;
    }
    if (algorithm.keyKind !== key.kind || publicKeyRefusal(key, context.policy) !== null) continue;
    context.budget.spendSignature(key);
    if (crl.verifiedBy(context.verifySignature, algorithm, key) !== 'valid') {
      if (nearest.code === 'X509_CRL_SIGNER_NOT_FOUND')
        nearest = obstacle('X509_CRL_SIGNATURE_INVALID', section, `The CRL of ${issuer} was not signed with its key.`, {
          issuer,
        });
      continue;
    }
    if (inPath || certificate === null) return key;
    const refusal = refuseSignerPath(certificate, { path, index }, context, statusOf);
    if (refusal === null) return key;
    nearest = obstacle(refusal, section, `The certificate that signed the CRL of ${issuer} is not trusted for it.`, {
      issuer,
      signer: certificate.sha256,
    });
  }
  return nearest;
}

interface Signer {
  readonly key: SubjectPublicKey;
  /** Null for an anchor that is a bare name and key. */
  readonly certificate: Certificate | null;
  /** Verified already, as part of the path. */
  readonly inPath: boolean;
}

/** The issuer of the certificate first, then what else bears the name of the CRL's issuer, key identifier matches before others. */
function signersOf(
  crl: RevocationList,
  { path, index }: JudgedCertificate,
  context: RevocationContext,
): readonly Signer[] {
  const { anchor } = context;
  const signers: Signer[] = [];
  for (const certificate of path.slice(index + 1))
    if (certificate.subject.equals(crl.issuer)) signers.push({ key: certificate.publicKey, certificate, inPath: true });
  if (anchor.subject.equals(crl.issuer))
    signers.push({ key: anchor.publicKey, certificate: anchor.certificate, inPath: true });
  const wanted = crl.extensions.authorityKeyIdentifier?.keyIdentifier ?? null;
  const others = context.others.filter(
    (other) => other.subject.equals(crl.issuer) && !signers.some(({ certificate }) => certificate === other),
  );
  const fits = (certificate: Certificate): number => {
    const own = certificate.extensions.subjectKeyIdentifier;
    return wanted === null || own === null ? 1 : equalBytes(own, wanted) ? 0 : 2;
  };
  const sorted = others.length > 1 ? [...others].sort((left, right) => fits(left) - fits(right)) : others;
  for (const certificate of sorted) signers.push({ key: certificate.publicKey, certificate, inPath: false });
  return signers.slice(0, maximumSigners);
}

/** Null where the signer has a path of its own that says nothing about itself. */
function refuseSignerPath(
  signer: Certificate,
  { path, index }: JudgedCertificate,
  context: RevocationContext,
  statusOf: SignerStatus,
): string | null {
  const judged = path[index];
  const issuer = path[index + 1];
  if (judged === undefined) throw new TypeError('no certificate at this place of the path');
  // RFC 5280 asks for the same anchor only. Then any authority below it could make a CRL signer with the name of another: a signer of the
  // issuer's own name must come from where the issuer comes from.
  if (signer.subject.equals(judged.issuer)) {
    const home = issuer === undefined ? context.anchor.subject : issuer.issuer;
    if (!signer.issuer.equals(home) && !signer.issuer.equals(judged.issuer)) return 'X509_CRL_SIGNER_UNTRUSTED';
  }
  const signerPath = context.findSignerPath(signer);
  if (signerPath === null) return 'X509_CRL_SIGNER_UNTRUSTED';
  // What the judged certificate vouches for cannot vouch for it.
  if (signerPath.some((certificate) => equalBytes(certificate.publicKeyDer, judged.publicKeyDer)))
    return equalBytes(signer.der, judged.der) ? circularSigner : 'X509_CRL_SIGNER_UNTRUSTED';
  for (const [place, certificate] of signerPath.entries()) {
    if (context.path.some((known, at) => at > 0 && equalBytes(known.der, certificate.der))) continue;
    const { status, code } = statusOf(signerPath, place);
    if (status === 'revoked') return 'X509_CRL_SIGNER_REVOKED';
    // The certificate of the signer itself names the CRL that it signs: nobody else was told to speak about it (PKITS 4.14.30).
    if (status === 'unknown' && code !== circularSigner && context.revocation.mode === 'hard')
      return 'X509_CRL_SIGNER_UNDETERMINED';
  }
  return null;
}
