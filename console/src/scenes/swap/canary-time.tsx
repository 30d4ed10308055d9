import type { SwapDetail } from '@sallyport/console-api';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAskSwap } from '../../api/swaps.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { useNow } from '../../elements/instant.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { instantOfUtcField, utcFieldOf } from '../../words/utc-field.ts';
import styles from './swap-actions.module.css';

/** Of an agreed time that no canary can wait for. */
export const canaryTimeOver = 'This time is over: agree on one to come.';

/** For a customer who does not say when it trusts the next certificate, but when it may be tried. */
export function CanaryTime({ swap }: { swap: SwapDetail }) {
  const ask = useAskSwap(swap.id);
  const announce = useAnnounce();
  const [text, setText] = useState(swap.canaryAt === null ? '' : utcFieldOf(swap.canaryAt));
  const at = instantOfUtcField(text);
  const now = useNow();
  const isOver = at !== null && Date.parse(at) <= now;
  return (
    <details className={styles.more} open={swap.canaryAt !== null}>
      <summary>Agree on a time for the canary instead</summary>
      <div className={styles.form}>
        <TextInput
          type="datetime-local"
          label="Agreed time of the canary (UTC)"
          description="Instead of the customer’s word: the next certificate is tried at this time, and not before."
          min={utcFieldOf(new Date(now).toISOString())}
          error={isOver && at !== swap.canaryAt ? canaryTimeOver : null}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={styles.buttons}>
          <ActionButton
            busyWord="Recording"
            busy={ask.isPending}
            disabled={at === null || isOver}
            onClick={() =>
              ask.mutate(
                { verb: 'canary', body: { at } },
                { onSuccess: () => announce('The agreed time of the canary is recorded.') },
              )
            }
          >
            {swap.canaryAt === null ? 'Agree on this time' : 'Move it to this time'}
          </ActionButton>
        </div>
        {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
      </div>
    </details>
  );
}
