import type { Reading } from '../../words/reading.ts';
import styles from './reading-bar.module.css';

/** How much of a sweep is stored, as a bar and in numbers. */
export function ReadingBar({ reading }: { reading: Reading }) {
  const { stored, expected, share, words } = reading;
  return (
    <div className={styles.reading}>
      <p className={styles.line}>
        <span>{words}</span>
        <span>
          {stored.toLocaleString('en-GB')}
          {expected === null ? '' : ` of ${expected.toLocaleString('en-GB')}`}
        </span>
      </p>
      {share === null ? (
        <progress className={styles.bar} aria-label="Reading issues" />
      ) : (
        <progress className={styles.bar} value={share} max={1} aria-label="Reading issues" />
      )}
    </div>
  );
}
