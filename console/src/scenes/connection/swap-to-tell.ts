/** What the page of a connection tells of the swaps of its certificate. */
import type { Swap } from '@sallyport/console-api';
import { actorWords } from '../../words/actor.ts';
import { sentence } from '../../words/sentence.ts';
import { swapStateWords } from '../../words/swap.ts';
import type { Tone } from '../../words/tone.ts';

export interface ToldSwap {
  readonly swap: Swap;
  readonly tone: Tone;
  /** It is under way. */
  readonly isOpen: boolean;
  /** What comes next, or why it does not, and who must act. */
  readonly next: string;
}

/** The swap under way, or the last one where it went back; null where neither is. @param swaps of the connection, newest first */
export function swapToTell(swaps: readonly Swap[]): ToldSwap | null {
  const [swap] = swaps;
  if (swap === undefined || swap.state === 'done' || swap.state === 'cancelled') return null;
  const isOpen = swap.state !== 'rolled-back';
  const stands = swap.state === 'blocked' || !isOpen;
  const why = stands ? swap.reason : swap.waitsFor;
  const next =
    why === null
      ? isOpen
        ? 'It goes on by itself.'
        : 'We, the operator, must propose it anew.'
      : `${sentence(why.message)}${why.actor === null ? '' : ` ${actorWords(why.actor)} must act.`}`;
  return { swap, tone: swapStateWords(swap.state).tone, isOpen, next };
}

/** Whether it takes the place of this certificate; one that has taken over lives as any other. */
export function renews({ swap, isOpen }: ToldSwap, certificateId: string): boolean {
  return isOpen && swap.next.id !== certificateId;
}
