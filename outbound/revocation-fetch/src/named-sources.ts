/** The addresses that a certificate names for its revocation: CRL distribution points (RFC 5280 §4.2.1.13) and OCSP responders (§4.2.2.1). */
import { accessMethods, X509Error } from '@sallyport/x509';
import type { Certificate, GeneralName } from '@sallyport/x509';
import type { AuthorityCrlAddress } from './revocation-folder-types.ts';

export interface NamedSources {
  /** One list for each distribution point: each of its addresses leads to the same CRL, so one that answers is enough. */
  readonly crls: readonly (readonly string[])[];
  /** One that answers is enough. */
  readonly responders: readonly string[];
}

/** Addresses that are looked at; a certificate that names more is none that a public authority issues. */
const mostPoints = 8;
const mostAddresses = 4;

/** @param crlAddresses asked instead of what the certificates of these authorities name */
export function namedSources(
  certificate: Certificate,
  crlAddresses: readonly AuthorityCrlAddress[] = [],
): NamedSources {
  const issuer = crlAddresses.length === 0 ? '' : certificate.issuer.toString();
  const given = crlAddresses.filter((one) => one.issuer === issuer).map(({ url }) => [url]);
  return {
    crls: (given.length > 0 ? given : distributionPoints(certificate)).slice(0, mostPoints),
    responders: respondersOf(certificate).slice(0, mostAddresses),
  };
}

function distributionPoints(certificate: Certificate): readonly (readonly string[])[] {
  const points = readable(() => certificate.extensions.crlDistributionPoints) ?? [];
  return points.map(({ name }) => addressesOf(name?.fullName ?? [])).filter((addresses) => addresses.length > 0);
}

function respondersOf(certificate: Certificate): readonly string[] {
  const access = readable(() => certificate.extensions.authorityInformationAccess) ?? [];
  return addressesOf(access.filter(({ method }) => method === accessMethods.ocsp).map(({ location }) => location));
}

/** Those of http and https first: a point that also names a directory is asked where it can be. */
function addressesOf(names: readonly GeneralName[]): readonly string[] {
  const addresses = names.flatMap((name) => (name.kind === 'uri' ? [name.value] : []));
  const web = addresses.filter((address) => /^https?:/i.test(address));
  return [...web, ...addresses.filter((address) => !web.includes(address))].slice(0, mostAddresses);
}

/** What cannot be read names nothing; the validator says what is wrong with it. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof X509Error) return null;
    throw error;
  }
}
