/** The states of a swap, and what is said where a step is not made. */

export const swapStates = [
  'proposed',
  'validated',
  'trust-announced',
  'canary',
  'scheduled',
  'active',
  'observed',
  'done',
  'cancelled',
  'rolled-back',
  'blocked',
] as const;
export type SwapState = (typeof swapStates)[number];

/** No step leads out of these. */
export const finalStates: readonly SwapState[] = ['done', 'cancelled', 'rolled-back'];
/** Before the pointer has moved: nothing has to be taken back. */
export const statesBeforeActivation = ['proposed', 'validated', 'trust-announced', 'canary', 'scheduled'] as const;
/** The next certificate serves, and the one before is kept. */
export const statesAfterActivation = ['active', 'observed'] as const;

export type SwapActor = 'operator' | 'customer' | 'network-team' | 'certificate-authority';

/** Why a step is not made: a stable code, a sentence, and who can change it; null where only time can. */
export interface SwapRefusal {
  readonly code: string;
  readonly message: string;
  readonly actor: SwapActor | null;
  /** Epoch milliseconds from which it may be otherwise by itself; absent where time changes nothing. */
  readonly until?: number;
}

export function refusal(code: string, message: string, actor: SwapActor | null, until?: number): SwapRefusal {
  return until === undefined ? { code, message, actor } : { code, message, actor, until };
}
