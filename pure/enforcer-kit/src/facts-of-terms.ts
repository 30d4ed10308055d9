/** The facts of one connection: from its terms, its certificates, and where connectors dial from. */
import { tlsPolicyOf, type TlsPolicyId } from '@sallyport/tls-policy';
import type { Terms } from '@sallyport/terms';
import { usualPlaces, type EnforcerFacts, type EnforcerPlaces } from './enforcer-facts.ts';
import { factsOfCertificates, type GivenCertificates } from './facts-of-certificates.ts';

export interface TermsFacts extends GivenCertificates {
  readonly title: string;
  readonly terms: Pick<Terms, 'baseUrl' | 'restPaths'> & { readonly tlsPolicy: TlsPolicyId };
  readonly egressAddresses: readonly string[];
  readonly privateAuthority: boolean;
  readonly places?: Partial<EnforcerPlaces>;
}

/** @throws X509Error where a certificate is malformed; TypeError where the base URL is none, which terms never let by */
export function factsOfTerms({
  title,
  terms,
  egressAddresses,
  privateAuthority,
  places,
  ...given
}: TermsFacts): EnforcerFacts {
  const url = new URL(terms.baseUrl);
  return {
    title,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    contextPath: url.pathname.replace(/\/+$/, ''),
    policy: tlsPolicyOf(terms.tlsPolicy),
    ...factsOfCertificates(given),
    privateAuthority,
    restPaths: terms.restPaths,
    egressAddresses,
    places: { ...usualPlaces, listenPort: url.port === '' ? 443 : Number(url.port), ...places },
  };
}
