import type { SwapDetail } from '@sallyport/console-api';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';
import { swapActorWords } from '../../words/swap-evidence.ts';
import { isBeforeActivation, missingApprovals } from './swap-states.ts';

/** The answer first: going on by itself, what it waits for and who can act, or how it ended. */
export function SwapVerdict({ swap }: { swap: SwapDetail }) {
  const { state, reason, waitsFor } = swap;
  if (state === 'done')
    return <Notice tone="ok" title="Done: the next certificate serves, the old one is retired here." />;
  if (state === 'cancelled')
    return (
      <Notice
        tone="idle"
        title={
          swap.activatedAt === null
            ? 'Cancelled. The current certificate goes on serving.'
            : 'Ended without a way back: the pointer stays on the next certificate. Another one can be proposed.'
        }
      >
        <Why swap={swap} ask="cancel" />
      </Notice>
    );
  if (state === 'rolled-back')
    return (
      <Notice tone="warn" title="Rolled back: the certificate from before serves again.">
        <Why swap={swap} ask="roll-back" />
        {reason?.actor == null ? null : <p>{actorWords(reason.actor)} must act before a new try.</p>}
      </Notice>
    );
  if (state === 'blocked')
    return (
      <Notice tone="bad" title={reason === null ? 'Blocked.' : `Blocked: ${reason.message}`}>
        {reason?.actor == null ? null : <p>{actorWords(reason.actor)} must act.</p>}
        <p>
          {swap.activatedAt === null
            ? 'The current certificate goes on serving; no request is touched. “Go on” below tries again when it has been put right.'
            : swap.oldReady
              ? 'The next certificate serves. “Go on” below takes up the observation again; “Roll back” takes the swap back.'
              : 'There is no certificate to go back to. “Go on” below tries again; “Cancel the swap” ends it, so that another certificate can be proposed.'}
        </p>
      </Notice>
    );
  if (waitsFor === null) return <Notice tone="info" title="It goes on by itself; a connector makes the next step." />;
  const approves = missingApprovals(swap).length > 0 && swap.windowStartsAt !== null && isBeforeActivation(state);
  return (
    <Notice tone={waitsFor.actor === null ? 'info' : 'warn'} title={`It waits: ${waitsFor.message}`}>
      {waitsFor.actor === null ? <p>Only time is needed.</p> : <p>{actorWords(waitsFor.actor)} must act.</p>}
      {approves && waitsFor.actor === null ? <p>The approval can be given meanwhile.</p> : null}
    </Notice>
  );
}

/** Who asked for the end and why, or what the far side did. */
function Why({ swap, ask }: { swap: SwapDetail; ask: 'cancel' | 'roll-back' }) {
  const { reason, requests, names } = swap;
  if (reason === null) return null;
  const asked = requests.find((request) => request.ask === ask && request.answeredAt !== null && !request.refusal);
  return (
    <p>
      {asked === undefined || reason.code !== `asked-${ask}` ? null : `${swapActorWords(asked.by, names)}: `}
      {reason.message}
    </p>
  );
}
