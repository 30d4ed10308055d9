/** Which word said with a request keeps its certificate out, so that it can be corrected instead of asked for anew. */
import type { CertificateUpload } from '@sallyport/console-api';

export type FactToCorrect = 'kind' | 'domain' | 'policy';

const facts: Readonly<Record<string, FactToCorrect>> = {
  'kind-with-wildcard': 'kind',
  'kind-without-wildcard': 'kind',
  'outside-domain': 'domain',
  'no-agreed-root': 'policy',
  'chain-incomplete': 'policy',
};

/** Empty where other files are needed, not other words. */
export function factsToCorrect({
  findings,
  checks,
}: Pick<CertificateUpload, 'findings' | 'checks'>): readonly FactToCorrect[] {
  const blocking = findings.filter(({ severity }) => severity === 'blocks');
  const found = blocking.flatMap(({ code }) => facts[code] ?? []);
  if (checks?.trust.status === 'fail') found.push('policy');
  return [...new Set(found)];
}

/** `policy` says by what it was judged. */
export function factWords(fact: FactToCorrect, policy: CertificateUpload['policy']): string {
  switch (fact) {
    case 'kind':
      return 'Correct the kind, if it was chosen wrongly';
    case 'domain':
      return 'Correct the domain, if it was said wrongly';
    default:
      return policy === 'public-third-party'
        ? 'Correct from whom it comes: it was judged as one of a public authority'
        : 'Correct the roots of the agreed authority';
  }
}

/** Where the correction is made. */
export function correctionAddress(requestId: string, fact: FactToCorrect): string {
  return `/client-certificates/requests/${requestId}?correct=${fact}`;
}

/** What an address points at; null where that is no fact. */
export function factOf(text: string | null): FactToCorrect | null {
  return text === 'kind' || text === 'domain' || text === 'policy' ? text : null;
}
