import type { RevocationAnswer } from '@sallyport/console-api';

const from: Readonly<Record<RevocationAnswer['from'], string>> = {
  staple: 'stapled by the far side',
  held: 'held by the connector',
  pushed: 'pushed by the customer',
};

/** `CRL, held by the connector`. */
export function answerWords(answer: Pick<RevocationAnswer, 'kind' | 'from'>): string {
  return `${answer.kind === 'crl' ? 'CRL' : 'OCSP answer'}, ${from[answer.from]}`;
}
