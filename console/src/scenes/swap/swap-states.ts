import type { SwapState } from '@sallyport/console-api';

/** The pointer has not moved yet: the window may still change, and nothing has to be taken back. */
export function isBeforeActivation(state: SwapState): boolean {
  return ['proposed', 'validated', 'trust-announced', 'canary', 'scheduled'].includes(state);
}
