import type { CheckName, CheckStatus } from '@sallyport/console-api';
import type { Tone } from './tone.ts';

/** The five checks in the order in which people read them. */
export const checkNames: readonly CheckName[] = ['validity', 'trust', 'signature', 'name', 'revocation'];

export interface CheckWords {
  readonly title: string;
  /** The question that the check answers. */
  readonly question: string;
}

export const checkWords: Readonly<Record<CheckName, CheckWords>> = {
  validity: { title: 'Validity', question: 'Is every certificate in date?' },
  trust: { title: 'Trust', question: 'Does the chain lead to an authority on the agreed list?' },
  signature: { title: 'Signature', question: 'Did each issuer really sign?' },
  name: { title: 'Name', question: 'Is it the certificate of this host?' },
  revocation: { title: 'Revocation', question: 'Has the issuer taken a certificate back?' },
};

export interface StatusWords {
  readonly word: string;
  readonly tone: Tone;
}

const statuses: Readonly<Record<CheckStatus, StatusWords>> = {
  pass: { word: 'Passed', tone: 'ok' },
  fail: { word: 'Failed', tone: 'bad' },
  unknown: { word: 'Unknown', tone: 'warn' },
  'not-applicable': { word: 'Does not apply', tone: 'idle' },
};

/** Unknown is never shown as a pass: it has a word, a tone and a mark of its own. */
export function checkStatusWords(status: CheckStatus): StatusWords {
  return statuses[status];
}
