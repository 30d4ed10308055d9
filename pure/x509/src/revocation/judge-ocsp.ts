/** What one OCSP response says about a certificate (RFC 6960 §3.2, §4.2.2): responder, signature, window, then status. */
import type { Certificate } from '../certificate.ts';
import { keyPurposes } from '../extensions/extended-key-usage.ts';
import { extensionTypes } from '../extensions/extension.ts';
import { keyUsageBits } from '../extensions/key-usage.ts';
import { equalBytes } from '../hexadecimal.ts';
import { formatInstant } from '../instant.ts';
import type { UtcInstant } from '../instant.ts';
import type { WorkBudget } from '../path/work-budget.ts';
import { publicKeyRefusal } from '../path/public-keys.ts';
import { digest } from '../signature/digest.ts';
import { signatureAlgorithmOf } from '../signature/signature-algorithm.ts';
import type { SignatureVerifier } from '../signature/verify-signature.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import type { ValidationPolicy } from '../validation-policy.ts';
import { X509Error } from '../x509-error.ts';
import { obstacle } from './certificate-status.ts';
import type { CertificateStatus } from './certificate-status.ts';
import { identifies } from './ocsp-certificate-id.ts';
import type { IssuerKey } from './ocsp-certificate-id.ts';
import { nonceType } from './ocsp-response.ts';
import type { BasicOcspResponse, OcspResponse, SingleResponse } from './ocsp-response.ts';
import { showReason } from './reason.ts';
import { placeInWindow } from './validity-window.ts';

export interface OcspQuestion {
  readonly certificate: Certificate;
  readonly issuer: IssuerKey;
  readonly at: UtcInstant;
  readonly policy: ValidationPolicy;
  readonly budget: WorkBudget;
  readonly verifySignature: SignatureVerifier;
  /** Milliseconds after nextUpdate in which an answer is still used. */
  readonly gracePeriodMilliseconds: number;
  /** Milliseconds after thisUpdate; null: none where there is a nextUpdate, else `defaultMaximumAgeMilliseconds`. */
  readonly maximumAgeMilliseconds: number | null;
  /** The nonce that was sent; null for none. */
  readonly nonce: Uint8Array | null;
  /** Status of a delegated responder's certificate that does not carry id-pkix-ocsp-nocheck. */
  readonly responderStatus: (responder: Certificate) => CertificateStatus;
}

/** Age of an answer without nextUpdate: the responder could say something newer at any time (RFC 6960 §2.4). */
export const defaultMaximumAgeMilliseconds = 24 * 3600 * 1000;
/** Delegated responders that are tried. */
const maximumResponders = 4;
/** Extensions of responses that are processed. */
const processed: ReadonlySet<string> = new Set([nonceType, extensionTypes.signedCertificateTimestamps]);
/** Extensions of a responder's certificate that are processed when they are critical. */
const processedOfResponder: ReadonlySet<string> = new Set([
  extensionTypes.keyUsage,
  extensionTypes.extendedKeyUsage,
  extensionTypes.basicConstraints,
  extensionTypes.subjectAltName,
  extensionTypes.ocspNoCheck,
  extensionTypes.certificatePolicies,
]);

/** Null where the response is not about the certificate. */
export function judgeOcspResponse(response: OcspResponse, question: OcspQuestion): CertificateStatus | null {
  const { basic, status } = response;
  // Not signed: an obstacle, never an answer.
  if (basic === null)
    return obstacle('X509_OCSP_NOT_SUCCESSFUL', 'RFC 6960 §4.2.1', `The responder answered ${status}.`, { status });
  const about = basic.responses.filter(({ id }) => identifies(id, question.certificate, question.issuer));
  if (about.length === 0) return null;
  const critical = [basic, ...about].flatMap(({ extensions }) =>
    extensions.list.filter((extension) => extension.critical && !processed.has(extension.type)),
  )[0];
  if (critical !== undefined)
    return obstacle(
      'X509_OCSP_CRITICAL_EXTENSION_UNKNOWN',
      'RFC 6960 §4.4',
      'The OCSP response has a critical extension that is not processed here.',
      { extension: critical.type },
    );
  // RFC 8954 §2.1: when both are there they must be equal; responders may leave it out.
  if (question.nonce !== null && basic.nonce !== null && !equalBytes(question.nonce, basic.nonce))
    return obstacle('X509_OCSP_NONCE_MISMATCH', 'RFC 8954 §2.1', 'The OCSP response answers another request.');
  const refusal = refuseSignature(basic, question);
  if (refusal !== null) return refusal;
  return worst(about.map((single) => judgeSingle(single, question)));
}

/** Several answers for one certificate: revoked before an obstacle before good. */
function worst(statuses: readonly CertificateStatus[]): CertificateStatus | null {
  const by = (status: CertificateStatus['status']): CertificateStatus | undefined =>
    statuses.find((one) => one.status === status);
  return by('revoked') ?? by('unknown') ?? by('good') ?? null;
}

function judgeSingle(single: SingleResponse, question: OcspQuestion): CertificateStatus {
  const { at, gracePeriodMilliseconds } = question;
  const section = 'RFC 6960 §3.2';
  const evidence = {
    source: 'ocsp',
    thisUpdate: formatInstant(single.thisUpdate),
    nextUpdate: single.nextUpdate === null ? null : formatInstant(single.nextUpdate),
    at: formatInstant(at),
  };
  const window = placeInWindow(single, at, gracePeriodMilliseconds);
  if (window === 'not-yet')
    return obstacle('X509_OCSP_NOT_YET_VALID', section, 'The OCSP answer is from the future.', evidence);
  if (single.nextUpdate !== null && single.nextUpdate < single.thisUpdate)
    return obstacle('X509_OCSP_WINDOW_INVALID', section, 'The OCSP answer ends before it begins.', evidence);
  if (window === 'over')
    return obstacle('X509_OCSP_EXPIRED', section, 'The OCSP answer should have been replaced by now.', evidence);
  const age = question.maximumAgeMilliseconds ?? (single.nextUpdate === null ? defaultMaximumAgeMilliseconds : null);
  if (age !== null && at - single.thisUpdate > age)
    return obstacle('X509_OCSP_TOO_OLD', section, 'The OCSP answer is older than is accepted.', {
      ...evidence,
      maximumAgeSeconds: age / 1000,
    });
  switch (single.status) {
    case 'good':
      return {
        status: 'good',
        code: 'X509_REVOCATION_GOOD',
        section,
        message: 'The OCSP responder says that the certificate is good.',
        evidence,
      };
    case 'unknown':
      return obstacle(
        'X509_OCSP_UNKNOWN',
        'RFC 6960 §2.2',
        'The OCSP responder does not know the certificate.',
        evidence,
      );
    default: {
      const date = single.revocationDate === null ? null : formatInstant(single.revocationDate);
      const reason = showReason(single.reason);
      return {
        status: 'revoked',
        code: 'X509_REVOCATION_REVOKED',
        section,
        message: `The certificate was revoked on ${date} (${reason}).`,
        evidence: { ...evidence, revocationDate: date, reason },
      };
    }
  }
}

/** RFC 6960 §4.2.2.2: signed by the issuer's key, or by a responder to whom that very key delegated. Null where the signature counts. */
function refuseSignature(basic: BasicOcspResponse, question: OcspQuestion): CertificateStatus | null {
  const { issuer, policy } = question;
  const section = 'RFC 6960 §4.2.2.2';
  const algorithm = signatureAlgorithmOf(basic.signatureAlgorithm);
  if (typeof algorithm === 'string')
    return obstacle(
      'X509_OCSP_SIGNATURE_REFUSED',
      section,
      'The OCSP response is signed by an algorithm that is not accepted.',
      { cause: algorithm },
    );
  const signedBy = (key: SubjectPublicKey): boolean => {
    if (algorithm.keyKind !== key.kind || publicKeyRefusal(key, policy) !== null) return false;
    question.budget.spendSignature(key);
    return question.verifySignature(algorithm, key, basic.tbs, basic.signature) === 'valid';
  };
  const invalid = obstacle(
    'X509_OCSP_SIGNATURE_INVALID',
    section,
    'The signature on the OCSP response is not that of its responder.',
  );
  if (isResponder(basic, issuer)) {
    if (signedBy(issuer.publicKey)) return null;
    if (basic.certificates.length === 0) return invalid;
  }
  let nearest: CertificateStatus | null = null;
  let tried = 0;
  for (const responder of basic.certificates) {
    if (!isResponder(basic, responder) || tried++ === maximumResponders) continue;
    if (!signedBy(responder.publicKey)) {
      nearest ??= invalid;
      continue;
    }
    if (equalBytes(responder.publicKey.der, issuer.publicKey.der)) return null;
    const refusal = refuseResponder(responder, question);
    if (refusal === null) return null;
    nearest = obstacle(refusal, section, 'The OCSP responder is not authorized by the issuer of the certificate.', {
      responder: responder.subject.toString(),
      sha256: responder.sha256,
    });
  }
  return (
    nearest ??
    (isResponder(basic, issuer)
      ? invalid
      : obstacle(
          'X509_OCSP_RESPONDER_NOT_FOUND',
          section,
          'No certificate at hand belongs to the responder that is named.',
        ))
  );
}

function isResponder({ responderId }: BasicOcspResponse, { subject, publicKey }: IssuerKey): boolean {
  return responderId.kind === 'name'
    ? responderId.name.equals(subject)
    : equalBytes(responderId.keyHash, digest('sha1', publicKey.keyBytes));
}

/** Why a delegated responder is not one; null where it is. */
function refuseResponder(responder: Certificate, question: OcspQuestion): string | null {
  const { issuer, at, policy } = question;
  if (!responder.issuer.equals(issuer.subject)) return 'X509_OCSP_RESPONDER_OTHER_ISSUER';
  const { extensions } = responder;
  try {
    if (extensions.extendedKeyUsage?.includes(keyPurposes.ocspSigning) !== true) return 'X509_OCSP_RESPONDER_PURPOSE';
    const usage = extensions.keyUsage;
    if (usage !== null && (usage & (keyUsageBits.digitalSignature | keyUsageBits.contentCommitment)) === 0)
      return 'X509_OCSP_RESPONDER_KEY_USAGE';
  } catch (error) {
    if (error instanceof X509Error) return 'X509_OCSP_RESPONDER_MALFORMED';
    throw error;
  }
  if (extensions.list.some(({ type, critical }) => critical && !processedOfResponder.has(type)))
    return 'X509_OCSP_RESPONDER_CRITICAL_EXTENSION';
  if (at < responder.notBefore || at > responder.notAfter) return 'X509_OCSP_RESPONDER_NOT_VALID';
  const algorithm = signatureAlgorithmOf(responder.signatureAlgorithm);
  const { publicKey } = issuer;
  if (
    typeof algorithm === 'string' ||
    algorithm.keyKind !== publicKey.kind ||
    publicKeyRefusal(publicKey, policy) !== null
  )
    return 'X509_OCSP_RESPONDER_OTHER_ISSUER';
  question.budget.spendSignature(publicKey);
  if (question.verifySignature(algorithm, publicKey, responder.tbs, responder.signature) !== 'valid')
    return 'X509_OCSP_RESPONDER_OTHER_ISSUER';
  // RFC 6960 §4.2.2.2.1: trusted for its lifetime.
  if (extensions.find(extensionTypes.ocspNoCheck) !== null) return null;
  const { status } = question.responderStatus(responder);
  if (status === 'good') return null;
  return status === 'revoked' ? 'X509_OCSP_RESPONDER_REVOKED' : 'X509_OCSP_RESPONDER_UNDETERMINED';
}
