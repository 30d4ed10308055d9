/** The one rule for who has to act on a certificate of ours now: banner, filter, row and bar all say what it says. */
import type { ClientCertificate } from '@sallyport/console-api';
import { daysUntil, expiryTone, relativeWords } from '../../words/time.ts';
import type { Tone } from '../../words/tone.ts';
import { isNeeded, type Renewal } from './renewal.ts';

type Looked = Pick<
  ClientCertificate,
  'notBefore' | 'notAfter' | 'customerName' | 'blocking' | 'revocation' | 'usages' | 'isDefault'
>;

export interface Look {
  readonly tone: 'warn' | 'bad';
  /** The rest of a sentence that begins with its name. */
  readonly words: string;
}

/** What is wrong with a certificate that is in use, and who must act; null where nobody has to now. */
export function needsLook(
  certificate: Looked,
  { renewal, troubles }: { readonly renewal: Renewal; readonly troubles: readonly string[] },
  now: number,
): Look | null {
  const swaps = troubles.map((trouble) => ` It ${trouble}`).join('');
  // What nothing presents any more may rest in peace, unless a swap of it stands still.
  if (!isNeeded(certificate) && troubles.length === 0) return null;
  const wrong = wrongNow(certificate, now);
  if (wrong !== null) return { tone: 'bad', words: `${wrong}. ${nextStep(certificate, renewal, 'at once')}${swaps}` };
  const life = expiryTone(certificate, now);
  if (troubles.length > 0)
    return {
      tone: life === 'bad' ? 'bad' : 'warn',
      words: life === 'ok' ? troubles.join(' It ') : `${endWords(certificate, now)}.${swaps}`,
    };
  if (life === 'ok') return null;
  const words = `${endWords(certificate, now)}. ${nextStep(certificate, renewal, 'in time')}`;
  if (renewal.state === 'none') return { tone: life === 'bad' ? 'bad' : 'warn', words };
  // Who has taken care alarms less; with weeks left, not at all.
  return renewal.state === 'under-way' && life === 'warn' ? null : { tone: 'warn', words };
}

/** The colour of its row and bar. */
export function lifeTone(certificate: Looked, renewal: Renewal, look: Look | null, now: number): Tone {
  if (look !== null) return look.tone;
  // It can never be presented again, whether or not anything did.
  if (certificate.revocation?.status === 'revoked') return 'bad';
  const life = expiryTone(certificate, now);
  if (life === 'ok') return 'ok';
  return renewal.state === 'not-needed' ? 'idle' : 'info';
}

function wrongNow({ revocation, notAfter, blocking }: Looked, now: number): string | null {
  if (revocation?.status === 'revoked') return 'is revoked';
  // Before its findings: that it has ended is one of them.
  if (Date.parse(notAfter) <= now) return 'has ended';
  return blocking > 0 ? 'has findings that keep it from being used' : null;
}

function nextStep({ customerName }: Looked, renewal: Renewal, when: 'at once' | 'in time'): string {
  switch (renewal.state) {
    case 'under-way':
      return `Its renewal is under way: we, the operator, must see it through ${when}.`;
    case 'there':
      return `We, the operator, must propose the swap or rollout to the next one: ${renewal.name} is in the inventory.`;
    case 'none':
    case 'not-needed':
      return customerName === null
        ? 'We, the operator, must put the next one in its place.'
        : `${customerName} must bring the next one.`;
  }
}

function endWords({ notAfter }: Looked, now: number): string {
  const days = daysUntil(notAfter, now);
  return `ends ${days === 0 ? relativeWords(notAfter, now) : days === 1 ? 'tomorrow' : `in ${days} days`}`;
}
