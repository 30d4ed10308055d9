import type { SwapDetail } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAskSwap } from '../../api/swaps.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { instantOfUtcField, utcFieldOf } from '../../words/utc-field.ts';
import styles from './swap-actions.module.css';

/** For a customer who does not say when it trusts the next certificate, but when it may be tried. */
export function CanaryTime({ swap }: { swap: SwapDetail }) {
  const ask = useAskSwap(swap.id);
  const announce = useAnnounce();
  const [text, setText] = useState(swap.canaryAt === null ? '' : utcFieldOf(swap.canaryAt));
  const at = instantOfUtcField(text);
  return (
    <details className={styles.more} open={swap.canaryAt !== null}>
      <summary>Agree on a time for the canary instead</summary>
      <div className={styles.form}>
        <TextInput
          type="datetime-local"
          label="Agreed time of the canary (UTC)"
          description="Instead of the customer’s word: the next certificate is tried at this time, and not before."
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={styles.buttons}>
          <Button
            variant="default"
            disabled={at === null || ask.isPending}
            onClick={() =>
              ask.mutate(
                { verb: 'canary', body: { at } },
                { onSuccess: () => announce('The agreed time of the canary is recorded.') },
              )
            }
          >
            {swap.canaryAt === null ? 'Agree on this time' : 'Move it to this time'}
          </Button>
        </div>
        {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
      </div>
    </details>
  );
}
