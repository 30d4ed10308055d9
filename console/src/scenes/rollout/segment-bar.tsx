import type { Tone } from '../../words/tone.ts';
import styles from './segment-bar.module.css';

export interface Segment {
  readonly words: string;
  readonly count: number;
  readonly tone: Tone;
}

/** How many of a whole stand where, as lengths; the same in words below it, so that colour alone tells nothing. */
export function SegmentBar({ label, segments, total }: { label: string; segments: readonly Segment[]; total: number }) {
  const there = segments.filter(({ count }) => count > 0);
  const words = there.map(({ count, words: what }) => `${count.toLocaleString('en-GB')} ${what}`);
  let before = 0;
  return (
    <div className={styles.whole}>
      <svg className={styles.bar} role="img" aria-label={`${label}: ${words.length === 0 ? 'none' : words.join(', ')}`}>
        <rect className={styles.ground} width="100%" height="14" rx="4" />
        {there.map(({ words: what, count, tone }) => {
          const x = before;
          before += total === 0 ? 0 : (100 * count) / total;
          return (
            <rect
              className={styles.segment}
              data-tone={tone}
              key={what}
              x={`${x.toFixed(3)}%`}
              width={`${(before - x).toFixed(3)}%`}
              height="14"
            />
          );
        })}
      </svg>
      <ul className={styles.words} aria-hidden>
        {there.map(({ words: what, count, tone }) => (
          <li className={styles.word} key={what}>
            <span className={styles.sign} data-tone={tone} />
            {count.toLocaleString('en-GB')} {what}
          </li>
        ))}
      </ul>
    </div>
  );
}
