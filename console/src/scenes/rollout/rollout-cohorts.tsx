import type { RolloutBoard, RolloutMember } from '@sallyport/console-api';
import { Link } from 'react-router';
import { Instant } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { swapStateWords } from '../../words/swap.ts';
import styles from './rollout-cohorts.module.css';

/** As many as people read; the rest is counted. */
const mostShown = 30;

/** A column a cohort, and one for those that are in none. */
export function RolloutCohorts({ board }: { board: RolloutBoard }) {
  const rest = board.members.filter(({ cohort }) => cohort === null);
  return (
    <div className={styles.board}>
      {board.cohorts.map((cohort) => (
        <section
          className={styles.column}
          data-here={cohort.number === board.cohort}
          key={cohort.number}
          aria-label={`Cohort ${cohort.number}`}
        >
          <h3 className={styles.title}>
            Cohort {cohort.number}
            {cohort.number === board.cohort ? <Pill tone="info">now</Pill> : null}
          </h3>
          <p className={styles.detail}>
            {cohort.connections} {cohort.connections === 1 ? 'connection' : 'connections'}: {cohort.active} active,{' '}
            {cohort.observed} observed, {cohort.failed} failed
          </p>
          {cohort.startedAt === null ? (
            <p className={styles.detail}>not begun</p>
          ) : (
            <p className={styles.detail}>
              begun <Instant at={cohort.startedAt} />
            </p>
          )}
          <Members members={board.members.filter((member) => member.cohort === cohort.number)} />
        </section>
      ))}
      {rest.length === 0 ? null : (
        <section className={styles.column} aria-label="In no cohort">
          <h3 className={styles.title}>In no cohort yet</h3>
          <p className={styles.detail}>{rest.length} connections</p>
          <Members members={rest} />
        </section>
      )}
    </div>
  );
}

function Members({ members }: { members: readonly RolloutMember[] }) {
  return (
    <ul className={styles.members}>
      {members.slice(0, mostShown).map((member) => {
        const { word, tone } = swapStateWords(member.state);
        return (
          <li className={styles.member} key={member.swapId}>
            <Link to={`/swaps/${member.swapId}`}>{member.connectionName}</Link>
            <div className={styles.detail}>{member.customerName}</div>
            <Pill tone={tone}>{word}</Pill>{' '}
            {member.canary === null ? null : <span className={styles.detail}>canary {member.canary}</span>}
            {member.reason === null ? null : <p className={styles.detail}>{member.reason.message}</p>}
          </li>
        );
      })}
      {members.length > mostShown ? <li className={styles.detail}>and {members.length - mostShown} more</li> : null}
    </ul>
  );
}
