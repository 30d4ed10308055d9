import type { SwapDetail } from '@sallyport/console-api';
import { useAskSwap } from '../../api/swaps.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Facts } from '../../elements/facts.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { instantWords } from '../../words/time.ts';
import styles from './swap-actions.module.css';
import { missingApprovals } from './swap-states.ts';

/** The approvals that are missing, with exactly what each would bind to; nothing where none is. */
export function ApproveSwap({ swap, isAwaited }: { swap: SwapDetail; isAwaited: boolean }) {
  const ask = useAskSwap(swap.id);
  const announce = useAnnounce();
  const missing = missingApprovals(swap);
  const { windowStartsAt, windowEndsAt } = swap;
  if (missing.length === 0 || windowStartsAt === null || windowEndsAt === null) return null;
  const bound = { sha256: swap.next.sha256, windowStartsAt, windowEndsAt, termsSha256: swap.termsSha256 };
  return (
    <section className={styles.form} aria-label="Approve">
      <div>
        <strong>Approve</strong>
        <p>An approval binds to exactly this. Any change voids it.</p>
      </div>
      <Facts
        facts={[
          { term: 'Certificate (SHA-256)', detail: <code className={styles.hash}>{bound.sha256}</code> },
          { term: 'Window', detail: `${instantWords(windowStartsAt)} to ${instantWords(windowEndsAt)}` },
          { term: 'Terms (SHA-256)', detail: <code className={styles.hash}>{bound.termsSha256}</code> },
        ]}
      />
      <div className={styles.buttons}>
        {missing.map((side) => (
          <ActionButton
            key={side}
            variant={isAwaited && side === missing[0] ? 'filled' : 'default'}
            busyWord="Recording"
            busy={ask.isPending && (ask.variables.body as { side?: string }).side === side}
            disabled={ask.isPending && (ask.variables.body as { side?: string }).side !== side}
            onClick={() =>
              ask.mutate(
                { verb: 'approve', body: { side, ...bound } },
                { onSuccess: () => announce('The approval is recorded.') },
              )
            }
          >
            {side === 'operator' ? 'Approve for us, the operator' : 'Record the customer’s approval'}
          </ActionButton>
        ))}
      </div>
      {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
    </section>
  );
}
