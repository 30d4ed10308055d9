import type { SwapPreview } from '@sallyport/console-api';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';
import { swapClassWords } from '../../words/swap.ts';

/** What the swap means for the far side, and what people will have to do for it; said before it is proposed. */
export function ProposeSwapPreview({ preview, emergency }: { preview: SwapPreview; emergency: boolean }) {
  const { refusal, noticeDays, classSentence, standingApproval } = preview;
  if (refusal !== null)
    return (
      <Notice tone="warn" title={`It would be refused: ${refusal.message}`} role="status">
        {refusal.actor === null ? null : <p>{actorWords(refusal.actor)} must act.</p>}
      </Notice>
    );
  return (
    <Notice
      tone={preview.class === 'no-change' ? 'ok' : 'info'}
      title={`${swapClassWords(preview.class)}.`}
      role="status"
    >
      <p>{classSentence}</p>
      <p>
        {emergency || noticeDays === 0
          ? 'No notice has to be kept.'
          : `The terms ask for ${noticeDays} days of notice.`}{' '}
        {emergency ? emergencyWords(preview) : whatPeopleDo(preview)}
      </p>
      {standingApproval ? (
        <p>By the terms such a swap is a standing change: the customer has approved it once for all.</p>
      ) : null}
    </Notice>
  );
}

function whatPeopleDo({ approvalsNeeded, standingApproval }: SwapPreview): string {
  const customer = approvalsNeeded.includes('customer') && !standingApproval;
  if (standingApproval) return 'After our own approval all goes by itself: canary, window, observation, end.';
  return customer
    ? 'The customer says that it trusts the next certificate, and both sides approve; all else goes by itself.'
    : 'The customer says that it trusts the next certificate, and we approve; all else goes by itself.';
}

function emergencyWords({ approvalsNeeded }: SwapPreview): string {
  return approvalsNeeded.includes('customer')
    ? 'Nobody’s word is waited for; both sides approve, and all else goes by itself.'
    : 'Nobody’s word is waited for: after our own approval all goes by itself.';
}
