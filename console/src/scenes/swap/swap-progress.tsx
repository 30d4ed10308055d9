import type { SwapDetail } from '@sallyport/console-api';
import { useNow } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { durationWords } from '../../words/time.ts';
import styles from './swap-progress.module.css';

/** What goes on by itself now, with how far it is and how long it still takes; nothing where nothing does. */
export function SwapProgress({ swap }: { swap: SwapDetail }) {
  const now = useNow(1000);
  const { state, canaryRunning, observation, windowStartsAt, windowEndsAt } = swap;
  if (canaryRunning)
    return (
      <Bar label="The canary runs" share={null}>
        A connector makes handshakes and reads with the next certificate and with the current one, on every address.
      </Bar>
    );
  if (state === 'scheduled' && windowStartsAt !== null && Date.parse(windowStartsAt) > now)
    return (
      <Bar
        label="The window is waited for"
        share={shareOf(swap.stateSince, windowStartsAt, now)}
        left={Date.parse(windowStartsAt) - now}
      >
        All is agreed: it goes over by itself when the window opens.
      </Bar>
    );
  if (state === 'active' && observation !== null) {
    const ends = new Date(Date.parse(observation.since) + observation.seconds * 1000).toISOString();
    return (
      <Bar label="The observation" share={shareOf(observation.since, ends, now)} left={Date.parse(ends) - now}>
        {observation.accepted === 1
          ? 'One full handshake with a read was made for it and accepted.'
          : `${observation.accepted} full handshakes with a read were made for it and accepted.`}{' '}
        A refusal of the certificate takes it back by itself.
      </Bar>
    );
  }
  if (state === 'observed' && swap.oldReady && swap.activatedAt !== null && windowEndsAt !== null)
    return (
      <Bar
        label="The old certificate stays ready"
        share={shareOf(swap.activatedAt, windowEndsAt, now)}
        left={Date.parse(windowEndsAt) - now}
      >
        Until the window closes there is a way back; then it is retired here by itself.
      </Bar>
    );
  return null;
}

/** From 0 to 1; clocks of browser and server differ. */
function shareOf(from: string, until: string, now: number): number {
  const begin = Date.parse(from);
  const length = Math.max(Date.parse(until) - begin, 1);
  return Math.min(Math.max((now - begin) / length, 0), 1);
}

interface BarProperties {
  readonly label: string;
  /** Null: nobody knows how long it takes. */
  readonly share: number | null;
  /** Milliseconds. */
  readonly left?: number;
  readonly children: React.ReactNode;
}

function Bar({ label, share, left, children }: BarProperties) {
  return (
    <Panel title={label} aside={left === undefined ? undefined : <Left milliseconds={left} />}>
      <progress className={styles.bar} aria-label={label} max={1} {...(share === null ? {} : { value: share })} />
      <p className={styles.words}>{children}</p>
    </Panel>
  );
}

function Left({ milliseconds }: { milliseconds: number }) {
  return (
    <span className={styles.left}>{milliseconds <= 0 ? 'any moment now' : `${durationWords(milliseconds)} left`}</span>
  );
}
