/** What the CRLs at hand say about one certificate (RFC 5280 §6.3.3). An unusable CRL never means "not listed". */
import type { Certificate } from '../certificate.ts';
import type { DistributionPoint } from '../extensions/distribution-points.ts';
import { extensionTypes } from '../extensions/extension.ts';
import { equalBytes } from '../hexadecimal.ts';
import { formatInstant } from '../instant.ts';
import type { RevocationContext } from '../revocation-context.ts';
import type { SubjectPublicKey } from '../subject-public-key.ts';
import { X509Error } from '../x509-error.ts';
import { nearestObstacle, obstacle } from './certificate-status.ts';
import type { CertificateStatus } from './certificate-status.ts';
import type { CrlEntry } from './crl-entry.ts';
import { assumedDistributionPoint, crlScope } from './crl-scope.ts';
import { findCrlSigner } from './crl-signer.ts';
import type { JudgedCertificate, SignerStatus } from './crl-signer.ts';
import { allReasons, removeFromCrl, showReason } from './reason.ts';
import type { RevocationList } from './crl-stored.ts';
import { placeInWindow } from './validity-window.ts';

const section = 'RFC 5280 §6.3.3';

/** Obstacles are collected; null where no CRL is about the certificate at all. */
export function judgeCrls(
  crls: readonly RevocationList[],
  judged: JudgedCertificate,
  context: RevocationContext,
  statusOf: SignerStatus,
): CertificateStatus | null {
  const certificate = judged.path[judged.index];
  if (certificate === undefined) return null;
  const obstacles: CertificateStatus[] = [];
  const bases = crls.filter((crl) => crl.baseNumber === null);
  const deltas = crls.filter((crl) => crl.baseNumber !== null);
  const signerOf = rememberSigners((crl) => findCrlSigner(crl, judged, context, statusOf));
  let reasons = 0;
  let newest: RevocationList | null = null;
  for (const point of distributionPointsOf(certificate, obstacles)) {
    for (const crl of bases) {
      const scope = crlScope(crl, certificate, point);
      if (scope === null) continue;
      if (typeof scope === 'string') {
        obstacles.push(obstacle(scope, section, `The CRL of ${crl.issuer.toString()} does not cover the certificate.`));
        continue;
      }
      const unusable = refuseCrl(crl, context);
      const signer = unusable ?? signerOf(crl);
      if ('status' in signer) {
        obstacles.push(signer);
        continue;
      }
      const entry = entryFor(certificate, crl, deltasOf(crl, signer, deltas, signerOf, context));
      if (entry !== null) return revoked(entry, crl);
      reasons |= scope;
      if (newest === null || crl.thisUpdate > newest.thisUpdate) newest = crl;
    }
  }
  if (reasons === allReasons && newest !== null) return notListed(newest);
  if (reasons !== 0)
    obstacles.push(
      obstacle('X509_CRL_REASONS_INCOMPLETE', section, 'The CRLs at hand do not speak for all reasons of revocation.', {
        reasons,
        required: allReasons,
      }),
    );
  return nearestObstacle(obstacles);
}

/** The certificate's own distribution points, then the one that is assumed. */
function distributionPointsOf(certificate: Certificate, obstacles: CertificateStatus[]): readonly DistributionPoint[] {
  const assumed = assumedDistributionPoint(certificate);
  try {
    return [...(certificate.extensions.crlDistributionPoints ?? []), assumed];
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    obstacles.push(
      obstacle('X509_CRL_DISTRIBUTION_POINTS_MALFORMED', 'RFC 5280 §4.2.1.13', `${error.reason}.`, {
        cause: error.code,
      }),
    );
    return [];
  }
}

/** Signers are looked for once for each CRL. */
function rememberSigners(
  find: (crl: RevocationList) => SubjectPublicKey | CertificateStatus,
): (crl: RevocationList) => SubjectPublicKey | CertificateStatus {
  const known = new Map<RevocationList, SubjectPublicKey | CertificateStatus>();
  return (crl) => {
    const signer = known.get(crl) ?? find(crl);
    known.set(crl, signer);
    return signer;
  };
}

/** Why a CRL may not be used for anything; null where it may. */
function refuseCrl(crl: RevocationList, context: RevocationContext): CertificateStatus | null {
  const { at, policy, revocation } = context;
  const issuer = crl.issuer.toString();
  if (crl.unknownCritical !== null)
    return obstacle(
      'X509_CRL_CRITICAL_EXTENSION_UNKNOWN',
      'RFC 5280 §5.2, §5.3',
      `The CRL of ${issuer} has a critical extension that is not processed here.`,
      {
        extension: crl.unknownCritical,
      },
    );
  const number = crl.extensions.find(extensionTypes.crlNumber);
  if (number === null ? policy.rules.crlNumber : number.critical)
    return obstacle(
      'X509_CRL_NUMBER_INVALID',
      'RFC 5280 §5.2.3',
      `The CRL of ${issuer} must have a CRL number that is not critical.`,
      {
        present: number !== null,
      },
    );
  const point = crl.extensions.find(extensionTypes.issuingDistributionPoint);
  if (point !== null && !point.critical)
    return obstacle(
      'X509_CRL_DISTRIBUTION_POINT_NOT_CRITICAL',
      'RFC 5280 §5.2.5',
      `The CRL of ${issuer} has an issuing distribution point that is not critical.`,
    );
  if (crl.nextUpdate === null && policy.profile === 'webpki')
    return obstacle(
      'X509_CRL_NO_NEXT_UPDATE',
      'RFC 5280 §5.1.2.5',
      `The CRL of ${issuer} does not say until when it holds.`,
    );
  const window = placeInWindow(crl, at, revocation.gracePeriodMilliseconds ?? 0);
  const evidence = {
    thisUpdate: formatInstant(crl.thisUpdate),
    nextUpdate: crl.nextUpdate === null ? null : formatInstant(crl.nextUpdate),
    at: formatInstant(at),
    ...originOf(crl),
  };
  if (window === 'not-yet')
    return obstacle(
      'X509_CRL_NOT_YET_VALID',
      'RFC 5280 §5.1.2.4',
      `The CRL of ${issuer} is from the future.`,
      evidence,
    );
  if (window === 'over')
    return obstacle(
      'X509_CRL_EXPIRED',
      'RFC 5280 §5.1.2.5',
      `The CRL of ${issuer} should have been replaced by now.`,
      evidence,
    );
  return null;
}

/** Delta CRLs that may be combined with a complete one (RFC 5280 §5.2.4), newest first. */
function deltasOf(
  base: RevocationList,
  signer: SubjectPublicKey,
  deltas: readonly RevocationList[],
  signerOf: (crl: RevocationList) => SubjectPublicKey | CertificateStatus,
  context: RevocationContext,
): readonly RevocationList[] {
  const fitting = deltas.filter((delta) => {
    if (!delta.issuer.equals(base.issuer) || !sameExtension(delta, base, extensionTypes.issuingDistributionPoint))
      return false;
    if (!sameExtension(delta, base, extensionTypes.authorityKeyIdentifier)) return false;
    if (base.crlNumber === null || delta.crlNumber === null || delta.baseNumber === null) return false;
    if (compareNumbers(base.crlNumber, delta.baseNumber) < 0 || compareNumbers(base.crlNumber, delta.crlNumber) >= 0)
      return false;
    if (delta.extensions.find(extensionTypes.deltaCrlIndicator)?.critical !== true) return false;
    if (refuseCrl(delta, context) !== null) return false;
    const deltaSigner = signerOf(delta);
    return !('status' in deltaSigner) && equalBytes(deltaSigner.der, signer.der);
  });
  return fitting.sort((left, right) => compareNumbers(right.crlNumber ?? empty, left.crlNumber ?? empty));
}

const empty = new Uint8Array();

/** The newest delta that lists the certificate decides, else the complete CRL. */
function entryFor(certificate: Certificate, base: RevocationList, deltas: readonly RevocationList[]): CrlEntry | null {
  for (const delta of deltas) {
    const entry = delta.findOf(certificate.serialNumber, certificate.issuer);
    if (entry !== null) return entry.reason === removeFromCrl ? null : entry;
  }
  return base.findOf(certificate.serialNumber, certificate.issuer);
}

function sameExtension(left: RevocationList, right: RevocationList, type: string): boolean {
  const one = left.extensions.valueOf(type);
  const two = right.extensions.valueOf(type);
  return one === null || two === null ? one === two : equalBytes(one, two);
}

/** Of two numbers that are not negative, in the fewest bytes. */
function compareNumbers(left: Uint8Array, right: Uint8Array): number {
  if (left.length !== right.length) return left.length - right.length;
  for (let index = 0; index < left.length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function revoked(entry: CrlEntry, crl: RevocationList): CertificateStatus {
  return {
    status: 'revoked',
    code: 'X509_REVOCATION_REVOKED',
    section,
    message: `The certificate was revoked on ${formatInstant(entry.revocationDate)} (${showReason(entry.reason)}).`,
    evidence: {
      source: 'crl',
      issuer: crl.issuer.toString(),
      serial: entry.serial,
      revocationDate: formatInstant(entry.revocationDate),
      reason: showReason(entry.reason),
      invalidityDate: entry.invalidityDate === null ? null : formatInstant(entry.invalidityDate),
      thisUpdate: formatInstant(crl.thisUpdate),
      nextUpdate: crl.nextUpdate === null ? null : formatInstant(crl.nextUpdate),
      ...originOf(crl),
    },
  };
}

/** Nothing where nobody said where the CRL came from. */
function originOf({ origin }: RevocationList): { readonly origin?: string } {
  return origin === null ? {} : { origin };
}

function notListed(crl: RevocationList): CertificateStatus {
  return {
    status: 'good',
    code: 'X509_REVOCATION_GOOD',
    section,
    message: 'The CRL in its window does not list the certificate.',
    evidence: {
      source: 'crl',
      issuer: crl.issuer.toString(),
      thisUpdate: formatInstant(crl.thisUpdate),
      nextUpdate: crl.nextUpdate === null ? null : formatInstant(crl.nextUpdate),
      ...originOf(crl),
    },
  };
}
