/** Names, CA file and CRL addresses, read from the certificates themselves so that nobody types them. */
import { readCertificate, readPem, writePem, type Certificate } from '@sallyport/x509';
import { nameOfCertificate, type ClientName } from './client-name.ts';
import type { EnforcerFacts, RevocationSource } from './enforcer-facts.ts';

export interface GivenCertificates {
  /** Our client certificate with its chain, end entity first; null where only its name is known. */
  readonly currentPem: string | null;
  /** The one that a swap will bring. */
  readonly nextPem: string | null;
  /** More certificates of the client CA, in any order: usually the root, which no chain brings. */
  readonly authoritiesPem: string | null;
}

export type FactsOfCertificates = Pick<EnforcerFacts, 'names' | 'authorities' | 'hasRoot' | 'revocationSources'>;

/** CRL addresses of one certificate beyond these are not looked at; most have one. */
const mostPoints = 4;

/** @throws X509Error where a text is no PEM, or holds a malformed certificate */
export function factsOfCertificates(given: GivenCertificates): FactsOfCertificates {
  const chains = [given.currentPem, given.nextPem].map((pem) => (pem === null ? [] : certificatesOf(pem)));
  const names = chains.flatMap((chain, index): ClientName[] => {
    const [leaf] = chain;
    const name = leaf === undefined ? null : nameOfCertificate(leaf, index === 0 ? 'current' : 'next');
    return name === null ? [] : [name];
  });
  const leaves = chains.flatMap((chain) => chain.slice(0, 1));
  const more = given.authoritiesPem === null ? [] : certificatesOf(given.authoritiesPem);
  const authorities = inOrder(leaves, distinct([...chains.flatMap((chain) => chain.slice(1)), ...more]));
  const last = authorities.at(-1);
  return {
    names,
    authorities: authorities.map(({ der }) => writePem('CERTIFICATE', der)),
    hasRoot: last !== undefined && last.selfIssued,
    revocationSources: revocationSourcesOf([...leaves, ...authorities], authorities),
  };
}

function certificatesOf(pem: string): Certificate[] {
  return readPem(pem)
    .filter(({ label }) => label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE')
    .map(({ der }) => readCertificate(der));
}

function distinct(certificates: readonly Certificate[]): Certificate[] {
  const seen = new Map<string, Certificate>();
  for (const certificate of certificates) seen.set(writePem('CERTIFICATE', certificate.der), certificate);
  return [...seen.values()];
}

/** Issuing CAs first, in the order of the paths, then whatever else was given; what signs itself stands last. */
function inOrder(leaves: readonly Certificate[], authorities: readonly Certificate[]): Certificate[] {
  const ordered: Certificate[] = [];
  let level = [...leaves];
  while (level.length > 0) {
    const next = authorities.filter(
      (authority) =>
        !authority.selfIssued &&
        !ordered.includes(authority) &&
        level.some(({ issuer }) => issuer.equals(authority.subject)),
    );
    ordered.push(...next);
    level = next;
  }
  const rest = authorities.filter((authority) => !ordered.includes(authority));
  return [...ordered, ...rest.filter((one) => !one.selfIssued), ...rest.filter((one) => one.selfIssued)];
}

/**
 * Every CRL that an enforcer needs which asks for one of each CA (OpenSSL's CRL_CHECK_ALL): of the client certificate's
 * issuer, and of each issuer above. A root that is not at hand is counted as the certificate behind the last.
 */
function revocationSourcesOf(
  certificates: readonly Certificate[],
  authorities: readonly Certificate[],
): RevocationSource[] {
  const sources = new Map<string, RevocationSource>();
  for (const certificate of certificates) {
    if (certificate.selfIssued) continue;
    const at = authorities.findIndex(({ subject }) => subject.equals(certificate.issuer));
    const issuer = at === -1 ? authorities.length + 1 : at + 1;
    const points = (certificate.extensions.crlDistributionPoints ?? []).slice(0, mostPoints);
    // One address of each issuer: a second one leads to the same list.
    const url = points
      .flatMap(({ name, crlIssuer }) => (crlIssuer === null ? (name?.fullName ?? []) : []))
      .find((name) => name.kind === 'uri' && /^https?:\/\//i.test(name.value));
    if (
      url?.kind === 'uri' &&
      ![...sources.values()].some((source) => source.issuer === issuer && source.url === url.value)
    )
      sources.set(`${issuer} ${url.value}`, { url: url.value, issuer });
  }
  return [...sources.values()];
}
