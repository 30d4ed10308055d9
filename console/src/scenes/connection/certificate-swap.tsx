import { Link } from 'react-router';
import { Instant } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Pill } from '../../elements/pill.tsx';
import { swapStateWords } from '../../words/swap.ts';
import styles from './certificate-swap.module.css';
import type { ToldSwap } from './swap-to-tell.ts';

/** The swap of our certificate here: where it stands, what comes next and who must act, with the way to it. */
export function CertificateSwap({ told: { swap, tone, isOpen, next } }: { told: ToldSwap }) {
  const { word, tone: stateTone } = swapStateWords(swap.state);
  return (
    <Notice
      tone={tone}
      title={
        <span className={styles.title}>
          {!isOpen
            ? `The swap to ${swap.next.name} was rolled back`
            : swap.activatedAt === null
              ? `Our certificate is being replaced here by ${swap.next.name}`
              : `${swap.next.name} has taken over here, and is observed`}{' '}
          <Pill tone={stateTone}>{word}</Pill>
        </span>
      }
    >
      <p>
        {next}{' '}
        <span className={styles.since}>
          Since <Instant at={swap.stateSince} />.
        </span>{' '}
        <Link to={`/swaps/${swap.id}`}>Open the swap</Link>
        {swap.rolloutId === null ? null : (
          <>
            {' '}
            or <Link to={`/rollouts/${swap.rolloutId}`}>the rollout that it belongs to</Link>
          </>
        )}
        .
      </p>
    </Notice>
  );
}
