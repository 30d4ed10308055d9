import { useNow } from '../../elements/instant.tsx';
import { durationWords, instantWords, relativeWords } from '../../words/time.ts';
import styles from './freshness-bar.module.css';

interface FreshnessBarProperties {
  readonly thisUpdate: string | null;
  readonly nextUpdate: string | null;
}

/** From thisUpdate to nextUpdate as a bar with today's line; what is overdue runs beyond it. */
export function FreshnessBar({ thisUpdate, nextUpdate }: FreshnessBarProperties) {
  const now = useNow(15_000);
  if (thisUpdate === null) return <span className={styles.words}>nothing held</span>;
  const begin = Date.parse(thisUpdate);
  const age = `${durationWords(now - begin)} old`;
  if (nextUpdate === null) return <span className={styles.words}>{age}, names no next update</span>;
  const end = Date.parse(nextUpdate);
  const last = Math.max(end, now);
  const at = (instant: number): number => (last === begin ? 0 : (200 * (instant - begin)) / (last - begin));
  const overdue = now > end;
  return (
    <span className={styles.freshness}>
      <svg
        className={styles.bar}
        viewBox="0 0 204 16"
        preserveAspectRatio="none"
        role="img"
        aria-label={`From ${instantWords(thisUpdate)} to ${instantWords(nextUpdate)}.`}
      >
        <rect className={styles.rest} x="2" y="4" width="200" height="8" rx="4" />
        <rect className={styles.spent} x="2" y="4" width={at(Math.min(now, end))} height="8" rx="4" />
        {overdue ? (
          <rect className={styles.over} x={2 + at(end)} y="4" width={at(now) - at(end)} height="8" rx="4" />
        ) : null}
        <line className={styles.now} x1={2 + at(now)} x2={2 + at(now)} y1="0" y2="16" />
      </svg>
      <span className={styles.words} title={`Next update ${instantWords(nextUpdate)}`}>
        {age}, {overdue ? `overdue since ${durationWords(now - end)}` : `next ${relativeWords(nextUpdate, now)}`}
      </span>
    </span>
  );
}
