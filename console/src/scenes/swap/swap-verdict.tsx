import type { SwapDetail } from '@sallyport/console-api';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';

/** The answer first: going on by itself, what it waits for and who can act, or how it ended. */
export function SwapVerdict({ swap }: { swap: SwapDetail }) {
  const { state, reason, waitsFor } = swap;
  const why = reason === null ? null : <p>{reason.message}</p>;
  if (state === 'done')
    return <Notice tone="ok" title="Done: the next certificate serves, the old one is retired here." />;
  if (state === 'cancelled') {
    return (
      <Notice tone="idle" title="Cancelled. The current certificate goes on serving.">
        {why}
      </Notice>
    );
  }
  if (state === 'rolled-back') {
    return (
      <Notice tone="warn" title="Rolled back: the certificate from before serves again.">
        {why}
        {reason?.actor == null ? null : <p>{actorWords(reason.actor)} must act before a new try.</p>}
      </Notice>
    );
  }
  if (state === 'blocked') {
    return (
      <Notice tone="bad" title={reason === null ? 'Blocked.' : `Blocked: ${reason.message}`}>
        {reason?.actor == null ? null : <p>{actorWords(reason.actor)} must act.</p>}
      </Notice>
    );
  }
  if (waitsFor === null) return <Notice tone="info" title="It goes on by itself; a connector makes the next step." />;
  return (
    <Notice tone={waitsFor.actor === null ? 'info' : 'warn'} title={`It waits: ${waitsFor.message}`}>
      {waitsFor.actor === null ? <p>Only time is needed.</p> : <p>{actorWords(waitsFor.actor)} must act.</p>}
    </Notice>
  );
}
