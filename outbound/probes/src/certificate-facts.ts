/** Certificates as the rules see them. */
import type { CertificateFacts, ObservedOwnCertificate } from '@sallyport/diagnosis';
import type { ClientCertificate } from '@sallyport/tls-dialer';
import {
  accessMethods,
  extensionTypes,
  formatInstant,
  keyPurposes,
  readCertificate,
  readPem,
  showAddress,
  X509Error,
} from '@sallyport/x509';
import type { Certificate, DistinguishedName, GeneralName } from '@sallyport/x509';

/** Object identifiers of organisation and common name. */
const namingTypes = ['2.5.4.10', '2.5.4.3'];
/** Policies of the CA/Browser Forum: only public authorities assert them. */
const publicPolicies = '2.23.140.1.';
/** Names of one certificate that are kept; one may hold thousands. */
const keptNames = 50;

/** Null where the bytes are no certificate. */
export function certificateFacts(der: Uint8Array): CertificateFacts | null {
  try {
    return factsOf(readCertificate(der));
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}

/** Our certificate with the issuers of all that goes with it; null where it cannot be read. */
export function ownCertificateFacts(
  { certificatePem }: ClientCertificate,
  revocation: ObservedOwnCertificate['revocation'],
): ObservedOwnCertificate | null {
  try {
    const chain = readPem(certificatePem).map(({ der }) => readCertificate(der));
    const first = chain[0];
    if (first === undefined) return null;
    return {
      ...factsOf(first),
      chainIssuers: chain.map((certificate) => certificate.issuer.toString()),
      chainLength: chain.length,
      revocation,
    };
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}

/** Organisations and common names of a distinguished name. */
export function namesOf(name: DistinguishedName): string[] {
  return namingTypes.flatMap((type) => name.textsOf(type));
}

function factsOf(certificate: Certificate): CertificateFacts {
  const { extensions } = certificate;
  const purposes = orNull(() => extensions.extendedKeyUsage);
  const allows = (purpose: string): boolean | null =>
    purposes === null ? null : purposes.includes(purpose) || purposes.includes(keyPurposes.any);
  const access = orNull(() => extensions.authorityInformationAccess) ?? [];
  const places = (method: string): string[] =>
    access.flatMap((one) => (one.method === method && one.location.kind === 'uri' ? one.location.value : []));
  const key = orNull(() => certificate.publicKey);
  return {
    subject: certificate.subject.toString(),
    issuer: certificate.issuer.toString(),
    subjectNames: namesOf(certificate.subject),
    issuerNames: namesOf(certificate.issuer),
    serial: certificate.serial,
    notBefore: formatInstant(certificate.notBefore),
    notAfter: formatInstant(certificate.notAfter),
    selfIssued: certificate.selfIssued,
    keyKind: key?.kind ?? 'other',
    keyBits: key?.bits ?? 0,
    serverAuth: allows(keyPurposes.serverAuth),
    clientAuth: allows(keyPurposes.clientAuth),
    alternativeNames:
      orNull(() => extensions.subjectAltName)
        ?.flatMap(hostName)
        .slice(0, keptNames) ?? null,
    caIssuers: places(accessMethods.caIssuers),
    crls:
      orNull(() => extensions.crlDistributionPoints)?.flatMap(
        ({ name }) => name?.fullName?.flatMap((one) => (one.kind === 'uri' ? one.value : [])) ?? [],
      ) ?? [],
    ocsp: places(accessMethods.ocsp),
    looksPublic:
      (orNull(() => extensions.certificatePolicies) ?? []).some((policy) => policy.startsWith(publicPolicies)) ||
      extensions.find(extensionTypes.signedCertificateTimestamps) !== null,
    sha256: certificate.sha256,
  };
}

function hostName(name: GeneralName): string[] {
  if (name.kind === 'dns') return [name.value];
  return name.kind === 'ip' ? [showAddress(name.value)] : [];
}

/** What a malformed extension would have said is not known. */
function orNull<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}
