import type { ConnectionDetail } from '@sallyport/console-api';
import { Link } from 'react-router';
import { Instant } from '../../elements/instant.tsx';
import styles from './enforcement-line.module.css';

/** Whether the far side has been seen to insist on our certificate; the doctor's part has the proof. */
export function EnforcementLine({ connection: { id, enforcement } }: { connection: ConnectionDetail }) {
  return (
    <p className={styles.line}>
      {enforcement === null ? (
        'Not proven yet that the far side insists on it.'
      ) : (
        <>
          {enforcement.seen.statement}
          {enforcement.refusesWithoutSince === null ? null : (
            <>
              {' '}
              Refuses a connection without one since <Instant at={enforcement.refusesWithoutSince} form="date" />.
            </>
          )}
        </>
      )}{' '}
      <Link to={`/connections/${id}/doctor`}>Proof of enforcement</Link>
    </p>
  );
}
