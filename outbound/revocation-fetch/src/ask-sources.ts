/** The asking by its own name: programs that wire do not mention how anything is dialled. */
import type { FetchOptions, FetchSummary, RevocationData } from '@sallyport/tls-dialer';
import type { Certificate, IssuerKey } from '@sallyport/x509';

/** Asks the sources that these certificates name, in the way of one connection. Never rejects for what a source does. */
export function askSources(
  data: RevocationData,
  question: { readonly certificates: readonly Certificate[]; readonly issuers: readonly IssuerKey[] },
  signal: AbortSignal,
  options: FetchOptions,
): Promise<FetchSummary> {
  return data.fetch(question.certificates, question.issuers, signal, options);
}
