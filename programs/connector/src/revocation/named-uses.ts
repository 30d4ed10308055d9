/** From a chain to the sources that its certificates name: what the plan of the fetches is drawn from. */
import { namedSources } from '@sallyport/revocation-fetch';
import type { RevocationUse } from '@sallyport/store';
import type { Terms } from '@sallyport/terms';
import { readCertificate, X509Error, type Certificate } from '@sallyport/x509';

const mostUses = 60;
const longestUrl = 2_000;
const longestName = 2_000;

/** What reads of a chain; what does not names nothing. */
export function readableChain(chain: readonly Uint8Array[]): readonly Certificate[] {
  return chain.flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch (error) {
      if (error instanceof X509Error) return [];
      throw error;
    }
  });
}

/** Each source once. A root names none that is asked: it is trusted as it is. */
export function namedUses(chain: readonly Certificate[], terms: Terms | null): readonly RevocationUse[] {
  const crlAddresses = (terms?.revocationRules?.crlAddresses ?? []).map(({ authority, url }) => ({
    issuer: authority,
    url,
  }));
  const uses = new Map<string, RevocationUse>();
  for (const certificate of chain) {
    if (certificate.issuer.equals(certificate.subject)) continue;
    const authority = certificate.issuer.toString().slice(0, longestName);
    const { crls, responders } = namedSources(certificate, crlAddresses);
    // The first address of a point is enough; another is asked where it fails, and is then planned by what is held.
    for (const url of crls.flatMap(([first]) => first ?? [])) add({ kind: 'crl', url, subject: '', authority });
    for (const url of responders.slice(0, 1)) add({ kind: 'ocsp', url, subject: certificate.sha256, authority });
  }
  return [...uses.values()].slice(0, mostUses);

  function add(use: RevocationUse): void {
    if (/^https?:\/\//i.test(use.url) && use.url.length <= longestUrl)
      uses.set(`${use.kind} ${use.subject} ${use.url}`, use);
  }
}
