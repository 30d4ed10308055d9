import type { Swap, SwapClass, SwapState } from '@sallyport/console-api';
import type { Tone } from './tone.ts';

/** The states of a swap that goes well, in their order. */
export const swapLine = [
  'proposed',
  'validated',
  'trust-announced',
  'canary',
  'scheduled',
  'active',
  'observed',
  'done',
] as const satisfies readonly SwapState[];

const words: Readonly<Record<SwapState, { readonly word: string; readonly tone: Tone }>> = {
  proposed: { word: 'Proposed', tone: 'info' },
  validated: { word: 'Validated', tone: 'info' },
  'trust-announced': { word: 'Trust announced', tone: 'info' },
  canary: { word: 'Canary', tone: 'info' },
  scheduled: { word: 'Scheduled', tone: 'info' },
  active: { word: 'Active', tone: 'info' },
  observed: { word: 'Observed', tone: 'ok' },
  done: { word: 'Done', tone: 'ok' },
  cancelled: { word: 'Cancelled', tone: 'idle' },
  'rolled-back': { word: 'Rolled back', tone: 'warn' },
  blocked: { word: 'Blocked', tone: 'bad' },
};

export function swapStateWords(state: SwapState): { readonly word: string; readonly tone: Tone } {
  return words[state];
}

const classes: Readonly<Record<SwapClass, string>> = {
  'no-change': 'No change for the far side',
  'new-intermediate': 'New intermediate',
  'new-ca': 'New certificate authority or name',
  'leaf-pinned': 'The certificate itself is pinned',
};

export function swapClassWords(swapClass: SwapClass): string {
  return classes[swapClass];
}

/** How far along the line a swap has come, by its place in {@link swapLine}; of one that ended otherwise, how far it came. */
export function swapReached(
  swap: Pick<Swap, 'state' | 'blockedIn'> & {
    readonly events: readonly { readonly from: SwapState | null; readonly to: SwapState }[];
  },
): number {
  const place = (state: SwapState | null): number => (swapLine as readonly (SwapState | null)[]).indexOf(state);
  const here = place(swap.state === 'blocked' ? swap.blockedIn : swap.state);
  if (here >= 0) return here;
  return Math.max(0, ...swap.events.flatMap(({ from, to }) => [place(from), place(to)]));
}
