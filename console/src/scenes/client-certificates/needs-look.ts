import type { ClientCertificate } from '@sallyport/console-api';
import { daysUntil, expiryTone, relativeWords } from '../../words/time.ts';
import type { Tone } from '../../words/tone.ts';

type Looked = Pick<
  ClientCertificate,
  'notBefore' | 'notAfter' | 'customerName' | 'blocking' | 'revocation' | 'isDefault' | 'usages'
>;

/** What is wrong with a certificate of ours and who must act, as the rest of a sentence that begins with its name; or null. */
export function needsLook(certificate: Looked, now: number): { readonly tone: Tone; readonly words: string } | null {
  const who =
    certificate.customerName === null
      ? 'We, the operator, must put the next one in its place.'
      : `${certificate.customerName} must bring the next one.`;
  const days = daysUntil(certificate.notAfter, now);
  if (certificate.revocation?.status === 'revoked') return { tone: 'bad', words: `is revoked. ${who}` };
  if (days >= 0 && certificate.blocking > 0)
    return { tone: 'bad', words: `has findings that keep it from being used. ${who}` };
  // What has ended and is used nowhere may rest in peace.
  if (days < 0 && certificate.usages.length === 0 && !certificate.isDefault) return null;
  if (days < 0) return { tone: 'bad', words: `has ended. ${who}` };
  const tone = expiryTone(certificate, now);
  if (tone === 'ok') return null;
  const end = days === 0 ? relativeWords(certificate.notAfter, now) : days === 1 ? 'tomorrow' : `in ${days} days`;
  return { tone, words: `ends ${end}. ${who}` };
}
