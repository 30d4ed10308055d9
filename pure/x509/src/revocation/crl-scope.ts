/** Does a CRL speak for a certificate, and for which reasons? (RFC 5280 §6.3.3 (b)(1), (b)(2), (d)) */
import type { Certificate } from '../certificate.ts';
import type { DistributionPoint, DistributionPointName } from '../extensions/distribution-points.ts';
import { equalBytes } from '../hexadecimal.ts';
import { DistinguishedName } from '../name/distinguished-name.ts';
import type { GeneralName } from '../name/general-name.ts';
import { X509Error } from '../x509-error.ts';
import type { RevocationList } from './revocation-list.ts';
import { allReasons } from './reason.ts';

/** Why a CRL of the right issuer does not speak for a certificate. */
export type ScopeRefusal =
  | 'X509_CRL_NOT_INDIRECT'
  | 'X509_CRL_DISTRIBUTION_POINT_MISMATCH'
  | 'X509_CRL_ONLY_USER_CERTIFICATES'
  | 'X509_CRL_ONLY_CA_CERTIFICATES'
  | 'X509_CRL_ONLY_ATTRIBUTE_CERTIFICATES';

/** The distribution point that RFC 5280 §6.3.3 assumes where a certificate names none, or its own do not decide. */
export function assumedDistributionPoint(certificate: Certificate): DistributionPoint {
  return {
    name: { fullName: [{ kind: 'directory', value: certificate.issuer }], relativeName: null },
    reasons: null,
    crlIssuer: null,
  };
}

/** Bits of the reasons for which the CRL speaks; why it does not; null where it is about others altogether. */
export function crlScope(
  crl: RevocationList,
  certificate: Certificate,
  point: DistributionPoint,
): number | ScopeRefusal | null {
  const issuing = crl.distributionPoint;
  if (point.crlIssuer === null) {
    if (!crl.issuer.equals(certificate.issuer)) return null;
  } else {
    if (!point.crlIssuer.some((name) => name.kind === 'directory' && name.value.equals(crl.issuer))) return null;
    // The certificate's own issuer may be named too; its CRL need not be indirect.
    if (issuing?.indirect !== true && !crl.issuer.equals(certificate.issuer)) return 'X509_CRL_NOT_INDIRECT';
  }
  if (issuing === null) return (point.reasons ?? allReasons) & allReasons;
  if (issuing.name !== null && !namesMeet(issuing.name, point, crl, certificate))
    return 'X509_CRL_DISTRIBUTION_POINT_MISMATCH';
  const authority = isAuthority(certificate);
  if (issuing.onlyContainsUserCerts && authority) return 'X509_CRL_ONLY_USER_CERTIFICATES';
  if (issuing.onlyContainsCaCerts && !authority) return 'X509_CRL_ONLY_CA_CERTIFICATES';
  if (issuing.onlyContainsAttributeCerts) return 'X509_CRL_ONLY_ATTRIBUTE_CERTIFICATES';
  return (point.reasons ?? allReasons) & (issuing.onlySomeReasons ?? allReasons) & allReasons;
}

/**
 * Whether these CRLs together speak about a certificate for all reasons. Says nothing about signatures and windows: it is for those who decide
 * what else is worth fetching.
 */
export function crlsCover(crls: readonly RevocationList[], certificate: Certificate): boolean {
  let points: readonly DistributionPoint[] = [assumedDistributionPoint(certificate)];
  try {
    points = [...(certificate.extensions.crlDistributionPoints ?? []), ...points];
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
  }
  let reasons = 0;
  for (const point of points)
    for (const crl of crls) {
      const scope = crl.baseNumber === null ? crlScope(crl, certificate, point) : null;
      if (typeof scope === 'number') reasons |= scope;
    }
  return reasons === allReasons;
}

function isAuthority(certificate: Certificate): boolean {
  return certificate.extensions.basicConstraints?.ca === true;
}

function namesMeet(
  issuing: DistributionPointName,
  point: DistributionPoint,
  crl: RevocationList,
  certificate: Certificate,
): boolean {
  const published = fullNames(issuing, crl.issuer);
  const wanted =
    point.name === null
      ? (point.crlIssuer ?? [])
      : fullNames(point.name, directoryOf(point.crlIssuer) ?? certificate.issuer);
  return wanted.some((name) => published.some((other) => sameName(name, other)));
}

/** A relative name is appended to the name of the CRL issuer (RFC 5280 §4.2.1.13). */
function fullNames(name: DistributionPointName, issuer: DistinguishedName): readonly GeneralName[] {
  if (name.relativeName === null) return name.fullName ?? [];
  return [{ kind: 'directory', value: appended(issuer, name.relativeName) }];
}

function appended(issuer: DistinguishedName, relativeName: Uint8Array): DistinguishedName {
  const header = (issuer.der[1] ?? 0) < 0x80 ? 2 : 2 + ((issuer.der[1] ?? 0) & 0x7f);
  const parts = issuer.der.subarray(header);
  const length = parts.length + relativeName.length;
  const lengthBytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) lengthBytes.unshift(rest & 0xff);
  const head = length < 0x80 ? [0x30, length] : [0x30, 0x80 | lengthBytes.length, ...lengthBytes];
  const der = new Uint8Array(head.length + length);
  der.set(head);
  der.set(parts, head.length);
  der.set(relativeName, head.length + parts.length);
  return new DistinguishedName(der);
}

function directoryOf(names: readonly GeneralName[] | null): DistinguishedName | null {
  for (const name of names ?? []) if (name.kind === 'directory') return name.value;
  return null;
}

/** The same name in the same form; URIs are compared as they stand. */
export function sameName(left: GeneralName, right: GeneralName): boolean {
  if (left.kind === 'directory') return right.kind === 'directory' && left.value.equals(right.value);
  if (left.kind !== right.kind) return false;
  if (typeof left.value === 'string' || typeof right.value === 'string') return left.value === right.value;
  return equalBytes(left.value, right.value);
}
