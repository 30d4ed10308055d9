import type { SwapDetail } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { sentence } from '../../words/sentence.ts';
import { swapActorWords } from '../../words/swap-evidence.ts';
import { instantWords } from '../../words/time.ts';
import styles from './swap-line.module.css';

const sides = { operator: 'Us, the operator', customer: 'The customer' } as const;

/** Who has approved what, whether it still binds, and whether whoever proposed it approved it too. */
export function SwapApprovals({ swap }: { swap: SwapDetail }) {
  const { approvals, approvalsNeeded, names } = swap;
  if (approvals.length === 0)
    return approvalsNeeded.length === 0 ? null : (
      <p>
        <strong>Approvals</strong> none yet; needed of {approvalsNeeded.map((side) => needed[side]).join(' and ')}.
      </p>
    );
  return (
    <>
      <ul className={styles.cards} aria-label="Approvals">
        {approvals.map((approval) => (
          <li className={styles.card} key={`${approval.side} ${approval.at}`}>
            <div className={styles.cardHead}>
              <strong>
                {sides[approval.side]}
                {approval.standing
                  ? ': a standing change of the terms'
                  : `: ${approval.byName ?? swapActorWords(approval.by, names)}`}
              </strong>
              <Pill tone={approval.binds ? 'ok' : 'warn'}>
                {approval.binds ? 'binds' : 'void: something changed since'}
              </Pill>
            </div>
            <span className={styles.by}>
              <Instant at={approval.at} form="full" />, for {instantWords(approval.windowStartsAt)} to{' '}
              {instantWords(approval.windowEndsAt)}
            </span>
          </li>
        ))}
      </ul>
      <FourEyes swap={swap} />
    </>
  );
}

const needed = { operator: 'us, the operator', customer: 'the customer' } as const;

/** Auditors ask whether who proposed a change also approved it. */
function FourEyes({ swap }: { swap: SwapDetail }) {
  const ours = swap.approvals.filter(({ side, binds }) => side === 'operator' && binds);
  if (ours.length === 0) return null;
  const isOther = ours.some(({ by }) => by !== swap.proposedBy);
  const proposer = swapActorWords(swap.proposedBy, swap.names);
  return (
    <p className={styles.eyes}>
      <Pill tone={isOther ? 'ok' : 'warn'}>{isOther ? 'by two' : 'by one alone'}</Pill>{' '}
      {isOther
        ? `Proposed by ${proposer}, approved for us by somebody else.`
        : sentence(`${proposer} proposed it and approved it for us: auditors look for two.`)}
    </p>
  );
}
