/** The rule of the inventory for one certificate alone, by the swaps that bring it or take it away. */
import type { ClientCertificate, Swap } from '@sallyport/console-api';
import type { Tone } from '../../words/tone.ts';
import { lifeTone, needsLook, type Look } from './needs-look.ts';
import { renewalOf, swapTroubles } from './renewal.ts';

const finals: readonly Swap['state'][] = ['done', 'cancelled', 'rolled-back'];

/** @param swaps of this certificate, newest first; those of rollouts among them */
export function lookOf(
  certificate: ClientCertificate,
  swaps: readonly Swap[],
  now: number,
): { readonly look: Look | null; readonly tone: Tone } {
  const away = swaps.filter(({ current }) => current?.id === certificate.id);
  const last = away.filter(
    ({ connectionId }, index) => away.findIndex((one) => one.connectionId === connectionId) === index,
  );
  const going = {
    swaps: last.filter(({ state }) => !finals.includes(state)),
    rollouts: [],
    wentBack: last.filter(({ state }) => state === 'rolled-back'),
  };
  const renewal = renewalOf(certificate, [], going, now);
  const look = needsLook(certificate, { renewal, troubles: swapTroubles(certificate, going) }, now);
  return { look, tone: lifeTone(certificate, renewal, look, now) };
}
