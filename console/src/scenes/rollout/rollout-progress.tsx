import type { RolloutBoard } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { cohortSizeWords } from '../../words/rollout-cohorts.ts';
import { connectionsWords } from '../../words/rollout-preview.ts';
import styles from './rollout-progress.module.css';
import { SegmentBar } from './segment-bar.tsx';

/** How far it has come: the canaries of all, then each cohort, as bars. */
export function RolloutProgress({ board }: { board: RolloutBoard }) {
  const { counts, cohorts, cohort: here, state } = board;
  return (
    <ol className={styles.rows} aria-label="Canaries and cohorts">
      <li className={styles.row} data-here={state === 'canaries'}>
        <div>
          <div className={styles.name}>Canaries {state === 'canaries' ? <Pill tone="info">now</Pill> : null}</div>
          <div className={styles.detail}>of all {connectionsWords(counts.connections)}</div>
        </div>
        <SegmentBar
          label="Canaries"
          total={counts.connections}
          segments={[
            { words: 'accepted', count: counts.canaryAccepted, tone: 'ok' },
            { words: 'refused', count: counts.canaryRefused, tone: 'bad' },
            { words: 'without a verdict', count: counts.canaryFailed, tone: 'warn' },
            { words: 'not tried yet', count: counts.waiting, tone: 'idle' },
          ]}
        />
      </li>
      {cohorts
        // What the cohorts before have left nothing for.
        .filter(({ connections }) => connections > 0)
        .map((cohort) => {
          const { number, size, connections, active, observed, failed, startedAt } = cohort;
          const isHere = number === here && (state === 'moving' || state === 'stopped');
          return (
            <li className={styles.row} data-here={isHere} key={number}>
              <div>
                <div className={styles.name}>
                  Cohort {number} {isHere ? <Pill tone={state === 'stopped' ? 'bad' : 'info'}>now</Pill> : null}
                </div>
                <div className={styles.detail}>
                  {connectionsWords(connections)}
                  {'percent' in size ? `, ${cohortSizeWords(size)}` : ''}
                </div>
                <div className={styles.detail}>
                  {startedAt === null ? (
                    'not begun'
                  ) : (
                    <>
                      begun <Instant at={startedAt} />
                    </>
                  )}
                </div>
              </div>
              <SegmentBar
                label={`Cohort ${number}`}
                total={connections}
                segments={[
                  { words: 'observed', count: observed, tone: 'ok' },
                  { words: 'being observed', count: active, tone: 'info' },
                  { words: 'went back or blocked', count: failed, tone: 'bad' },
                  { words: 'to move', count: Math.max(0, connections - observed - active - failed), tone: 'idle' },
                ]}
              />
            </li>
          );
        })}
    </ol>
  );
}
