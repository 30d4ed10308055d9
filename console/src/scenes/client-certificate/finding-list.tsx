import type { IntakeFinding } from '@sallyport/console-api';
import { Pill } from '../../elements/pill.tsx';
import { actorWords } from '../../words/actor.ts';
import { dateWords } from '../../words/time.ts';
import type { Tone } from '../../words/tone.ts';
import styles from './finding-list.module.css';

const severities: Readonly<
  Record<IntakeFinding['severity'], { readonly tone: Tone; readonly word: string; readonly rank: number }>
> = {
  blocks: { tone: 'bad', word: 'blocks', rank: 0 },
  warns: { tone: 'warn', word: 'warns', rank: 1 },
  informs: { tone: 'info', word: 'for information', rank: 2 },
};

interface FindingListProperties {
  readonly findings: readonly IntakeFinding[];
  /** The sentence where there is no finding. */
  readonly none: string;
}

/** What was seen when a certificate was judged, the gravest first, each with who must act and from when it matters. */
export function FindingList({ findings, none }: FindingListProperties) {
  if (findings.length === 0) return <p>{none}</p>;
  const sorted = findings.toSorted((one, other) => severities[one.severity].rank - severities[other.severity].rank);
  return (
    <ul className={styles.findings}>
      {sorted.map((finding) => (
        <li className={styles.finding} key={`${finding.code} ${finding.message}`}>
          <div className={styles.head}>
            <Pill tone={severities[finding.severity].tone}>{severities[finding.severity].word}</Pill>
            {finding.from === null ? null : <span className={styles.from}>from {dateWords(finding.from)}</span>}
          </div>
          <div className={styles.body}>
            <p>{finding.message}</p>
            {finding.actor === null ? null : (
              <p className={styles.actor}>
                {actorWords(finding.actor)} {finding.severity === 'blocks' ? 'must act.' : 'can act.'}
              </p>
            )}
            <p className={styles.small}>
              <code>{finding.code}</code>
              {finding.source === null ? null : (
                <>
                  {' '}
                  · {finding.source}
                  {finding.sourceDate === null ? null : `, as known on ${finding.sourceDate}`}
                </>
              )}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
