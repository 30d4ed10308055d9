import type { ConnectionState, SyncProgress as Progress } from '@sallyport/console-api';
import { Facts, type Fact } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { actorWords } from '../../words/actor.ts';
import { durationWords } from '../../words/time.ts';
import { Notice } from '../../elements/notice.tsx';
import { readingOf } from '../../words/reading.ts';
import { ReadingBar } from './reading-bar.tsx';
import styles from './sync-progress.module.css';

interface SyncProgressProperties {
  readonly progress: Progress;
  readonly state: ConnectionState;
  readonly account: string | null;
}

/** How far the reading of Jira's issues is: live while it runs, else how far behind and since when. */
export function SyncProgress({ progress, state, account }: SyncProgressProperties) {
  const { issuesStored, lagSeconds, lastRunAt, lastError, changesLastHour } = progress;
  const reading = readingOf(state, progress);
  const facts: Fact[] = [
    {
      term: 'In step with Jira',
      detail: lagSeconds === null ? 'not yet' : <strong>{durationWords(lagSeconds * 1000)} behind</strong>,
    },
    { term: 'Issues', detail: issuesStored.toLocaleString('en-GB') },
  ];
  if (progress.phase === 'waiting')
    facts.push({
      term: 'Now',
      detail: (
        <>
          waiting to ask again
          {progress.resumesAt === null ? null : (
            <>
              {' '}
              at <Instant at={progress.resumesAt} form="full" />
            </>
          )}
          : Jira limits requests, or did not answer for a moment
        </>
      ),
    });
  if (changesLastHour !== null)
    facts.push({ term: 'Last hour', detail: `${changesLastHour.toLocaleString('en-GB')} changes` });
  if (lastRunAt !== null) facts.push({ term: 'Last read', detail: <Instant at={lastRunAt} /> });
  if (account !== null) facts.push({ term: 'Account', detail: `${account}, read-only by the terms` });
  return (
    <>
      {reading === null ? null : <ReadingBar reading={reading} />}
      {lastError === null ? null : (
        <div className={styles.error}>
          <Notice tone="bad" title={lastError.message}>
            <p>
              {lastError.actor === null ? '' : `${actorWords(lastError.actor)} must act. `}Code{' '}
              <code>{lastError.code}</code>
            </p>
          </Notice>
        </div>
      )}
      <Facts facts={facts} />
    </>
  );
}
