/** What the CRLs at hand say about one certificate (RFC 5280 §6.3.3). An unusable CRL never means "not listed". */
import type { Certificate } from '../certificate.ts';
import type { DistributionPoint } from '../extensions/distribution-points.ts';
import { extensionTypes } from '../extensions/extension.ts';
import { formatInstant } from '../instant.ts';
import type { UtcInstant } from '../instant.ts';
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
import type { RevocationList } from './revocation-list.ts';
import { DeltaCrls } from './delta-crls.ts';
import { placeInWindow } from './validity-window.ts';

const section = 'RFC 5280 §6.3.3';
/** Milliseconds for which a CRL without nextUpdate is used: as long as an OCSP response without one. */
const longestWithoutNextUpdate = 86_400_000;

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
  const signerOf = rememberSigners((crl) => findCrlSigner(crl, judged, context, statusOf));
  const deltas = new DeltaCrls(crls, { refuse: (crl) => refuseCrl(crl, context), signerOf });
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
      const entry = entryFor(certificate, crl, deltas.fitting(crl, signer));
      if (entry !== null) return withIgnored(revoked(entry, crl), deltas);
      reasons |= scope;
      if (newest === null || crl.thisUpdate > newest.thisUpdate) newest = crl;
    }
  }
  if (reasons === allReasons && newest !== null) return withIgnored(notListed(newest), deltas);
  if (reasons !== 0)
    obstacles.push(
      obstacle('X509_CRL_REASONS_INCOMPLETE', section, 'The CRLs at hand do not speak for all reasons of revocation.', {
        reasons,
        required: allReasons,
      }),
    );
  if (obstacles.length === 0 && deltas.ofIssuer(certificate.issuer) !== null)
    return obstacle(
      'X509_CRL_DELTA_WITHOUT_BASE',
      'RFC 5280 §5.2.4',
      `A delta CRL of ${certificate.issuer.toString()} is at hand, and no complete CRL that it belongs to.`,
    );
  const nearest = nearestObstacle(obstacles);
  return nearest === null ? null : withIgnored(nearest, deltas);
}

/** The answer, and that it was given without a delta CRL that was at hand. */
function withIgnored(status: CertificateStatus, deltas: DeltaCrls): CertificateStatus {
  const { unused } = deltas;
  if (unused === null) return status;
  return {
    ...status,
    message: `${status.message} A delta CRL that is at hand could not be used (${unused.code}).`,
    evidence: { ...status.evidence, deltaCrlsIgnored: unused.count, deltaCrlIgnoredBecause: unused.code },
  };
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
  // RFC 5280 §5.1.2.5 demands nextUpdate; a list without it could have been followed by another at any time.
  const nextUpdate = crl.nextUpdate ?? ((crl.thisUpdate + longestWithoutNextUpdate) as UtcInstant);
  const window = placeInWindow({ thisUpdate: crl.thisUpdate, nextUpdate }, at, revocation.gracePeriodMilliseconds ?? 0);
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

/** The newest delta that lists the certificate decides, else the complete CRL. */
function entryFor(certificate: Certificate, base: RevocationList, deltas: readonly RevocationList[]): CrlEntry | null {
  for (const delta of deltas) {
    const entry = delta.findOf(certificate.serialNumber, certificate.issuer);
    if (entry !== null) return entry.reason === removeFromCrl ? null : entry;
  }
  return base.findOf(certificate.serialNumber, certificate.issuer);
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
