import type { SwapDetail } from '@sallyport/console-api';
import type { SwapAsked } from '../../api/swaps.ts';
import { isBeforeActivation } from './swap-states.ts';

/** What people can ask of a swap, with what it does. */
export interface SwapStep {
  readonly verb: Exclude<SwapAsked['verb'], 'schedule' | 'approve' | 'canary-at'>;
  readonly words: string;
  readonly busyWord: string;
  /** What the button does, said before it is pressed. */
  readonly does: string;
  /** Null: asked for at once. `hard` is for what cannot be taken back. */
  readonly confirmation: { readonly yes: string; readonly hard: boolean; readonly reason: 'reason' | 'note' } | null;
}

type Standing = Pick<
  SwapDetail,
  'state' | 'blockedIn' | 'trustedAt' | 'canaryRunning' | 'oldReady' | 'windowStartsAt' | 'waitsFor'
>;

/** What people can ask for in this state; whether it is made is judged by the connectors, which say why not. */
export function swapSteps(swap: Standing, now: number): readonly SwapStep[] {
  const { state, blockedIn, trustedAt, canaryRunning, oldReady, windowStartsAt, waitsFor } = swap;
  const before = isBeforeActivation(state);
  const served = state === 'active' || state === 'observed';
  const isBlockedAfter = state === 'blocked' && (blockedIn === 'active' || blockedIn === 'observed');
  const isWindowOpen = windowStartsAt !== null && Date.parse(windowStartsAt) <= now;
  const steps: readonly (SwapStep | false)[] = [
    state === 'blocked' && { ...resume, does: resumeDoes(blockedIn, waitsFor?.code ?? '') },
    state === 'validated' && trustedAt === null && trusted,
    state === 'trust-announced' && !canaryRunning && canary,
    // While it waits for something else, such as its cohort or a pause, it would be refused.
    state === 'scheduled' && isWindowOpen && waitsFor === null && activate,
    state === 'observed' && finish,
    (served || isBlockedAfter) && oldReady && rollBack,
    (before || (state === 'blocked' && !isBlockedAfter)) && cancel,
    (state === 'active' || isBlockedAfter) && !oldReady && giveUp,
  ];
  return steps.filter((step) => step !== false);
}

const resume = {
  verb: 'resume',
  words: 'Go on',
  busyWord: 'Resuming',
  confirmation: { yes: 'Yes, go on', hard: false, reason: 'reason' },
} as const;
const trusted: SwapStep = {
  verb: 'trusted',
  words: 'The customer says it is trusted',
  busyWord: 'Recording',
  does: 'Records the customer’s word; a connector makes the canary at once.',
  confirmation: { yes: 'Yes, record it', hard: false, reason: 'note' },
};
const canary: SwapStep = {
  verb: 'canary',
  words: 'Canary now',
  busyWord: 'Asking',
  does: 'A connector tries the next certificate again, without waiting for the time that it would leave between tries.',
  confirmation: null,
};
const activate: SwapStep = {
  verb: 'activate',
  words: 'Activate',
  busyWord: 'Activating',
  does: 'Moves all connectors to the next certificate. It happens by itself in the window; this asks again.',
  confirmation: { yes: 'Yes, activate', hard: false, reason: 'reason' },
};
const finish: SwapStep = {
  verb: 'finish',
  words: 'Finish now',
  busyWord: 'Finishing',
  does: 'Closes the window early: the old certificate is retired here, and there is no way back to it.',
  confirmation: { yes: 'Yes, retire the old one', hard: true, reason: 'reason' },
};
const rollBack: SwapStep = {
  verb: 'roll-back',
  words: 'Roll back',
  busyWord: 'Rolling back',
  does: 'Moves all connectors back to the certificate from before. This swap ends; another try is a new swap.',
  confirmation: { yes: 'Yes, roll back', hard: true, reason: 'reason' },
};
const cancel: SwapStep = {
  verb: 'cancel',
  words: 'Cancel the swap',
  busyWord: 'Cancelling',
  does: 'Ends it before anything moved. The current certificate goes on serving.',
  confirmation: { yes: 'Yes, cancel it', hard: true, reason: 'reason' },
};
const giveUp: SwapStep = {
  ...cancel,
  does: 'Ends it without a way back: the pointer stays where it is, and another certificate can be proposed.',
  confirmation: { yes: 'Yes, end it', hard: true, reason: 'reason' },
};

function resumeDoes(blockedIn: SwapDetail['blockedIn'], code: string): string {
  if (code === 'client-certificate-refused')
    return 'The refused certificate is tried once, now, and serves again if it is accepted. Press it when the far side has been changed.';
  switch (blockedIn) {
    case 'trust-announced':
      return 'A connector makes the canary again, now. Press it when the far side has been changed.';
    case 'active':
    case 'observed':
      return 'The observation goes on, and what was seen so far is taken as known. Press it when the far side has been looked at.';
    default:
      return 'What stands in the way is judged again. Press it when it has been put right.';
  }
}
