import type { SwapDetail } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useAskSwap } from '../../api/swaps.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { FactTable } from '../../elements/fact-table.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { instantWords } from '../../words/time.ts';
import styles from './swap-actions.module.css';
import { isBeforeActivation } from './swap-states.ts';

const sides = { operator: 'us, the operator', customer: 'the customer' } as const;

/** Who has approved what, and what an approval given now would bind to. */
export function SwapApprovals({ swap }: { swap: SwapDetail }) {
  const missing = swap.approvalsNeeded.filter(
    (side) => !swap.approvals.some((approval) => approval.side === side && approval.binds),
  );
  return (
    <>
      {swap.approvals.length === 0 ? (
        <p>{swap.approvalsNeeded.length === 0 ? 'None is needed for this class.' : 'Nobody has approved it yet.'}</p>
      ) : (
        <FactTable
          caption="Approvals"
          columns={['By', 'When', 'Window', 'Binds']}
          rows={swap.approvals.map((approval) => ({
            id: `${approval.side} ${approval.at}`,
            cells: [
              `${sides[approval.side]}: ${approval.standing ? 'a standing change of the terms' : (approval.byName ?? approval.by)}`,
              <Instant key="when" at={approval.at} form="full" />,
              `${instantWords(approval.windowStartsAt)} to ${instantWords(approval.windowEndsAt)}`,
              <Pill key="binds" tone={approval.binds ? 'ok' : 'warn'}>
                {approval.binds ? 'binds' : 'void: something changed since'}
              </Pill>,
            ],
          }))}
        />
      )}
      {missing.length > 0 && isBeforeActivation(swap.state) ? <Approve swap={swap} missing={missing} /> : null}
    </>
  );
}

function Approve({ swap, missing }: { swap: SwapDetail; missing: SwapDetail['approvalsNeeded'] }) {
  const ask = useAskSwap(swap.id);
  const announce = useAnnounce();
  const { windowStartsAt, windowEndsAt } = swap;
  if (windowStartsAt === null || windowEndsAt === null) {
    return (
      <p>Missing: {missing.map((side) => sides[side]).join(' and ')}. An approval binds to a window: set it first.</p>
    );
  }
  const bound = { sha256: swap.next.sha256, windowStartsAt, windowEndsAt, termsSha256: swap.termsSha256 };
  return (
    <div className={styles.form}>
      <p>An approval binds to exactly this. Any change voids it.</p>
      <Facts
        facts={[
          { term: 'Fingerprint (SHA-256)', detail: <code>{bound.sha256}</code> },
          { term: 'Window', detail: `${instantWords(windowStartsAt)} to ${instantWords(windowEndsAt)}` },
          { term: 'Terms (SHA-256)', detail: <code>{bound.termsSha256}</code> },
        ]}
      />
      <div className={styles.buttons}>
        {missing.map((side) => (
          <Button
            key={side}
            disabled={ask.isPending}
            onClick={() =>
              ask.mutate(
                { verb: 'approve', body: { side, ...bound } },
                { onSuccess: () => announce('The approval is recorded.') },
              )
            }
          >
            {side === 'operator' ? 'Approve for us, the operator' : 'Record the customer’s approval'}
          </Button>
        ))}
      </div>
      {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
    </div>
  );
}
