import type { SwapDetail } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import { swapStateWords } from '../../words/swap.ts';
import styles from './swap-events.module.css';

/** Every step with who made it and what it rests on, newest first; and what was asked and not answered yet. */
export function SwapEvents({ events, requests }: Pick<SwapDetail, 'events' | 'requests'>) {
  const open = requests.filter(({ answeredAt }) => answeredAt === null);
  return (
    <>
      {open.map(({ id, ask, at }) => (
        <p key={id} role="status">
          Asked: {ask}, <Instant at={at} />. No connector has taken it up yet.
        </p>
      ))}
      <ol className={styles.events} reversed>
        {events.toReversed().map((event) => (
          <li className={styles.event} key={event.id}>
            <div>
              <strong>{swapStateWords(event.to).word}</strong>{' '}
              <span className={styles.detail}>
                {event.step}, <Instant at={event.at} form="full" />, {event.actor}
              </span>
            </div>
            <details className={styles.detail}>
              <summary>Evidence</summary>
              <pre className={styles.evidence}>{JSON.stringify(event.evidence, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}
