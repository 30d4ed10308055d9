import { Link } from 'react-router';
import { useConnectors } from '../api/connectors.ts';
import { Instant } from '../elements/instant.tsx';
import { Notice } from '../elements/notice.tsx';
import styles from './no-connector.module.css';
import { silenceOf } from './silent-connectors.ts';

/** Every page says what depends on connectors; so every page says when none runs. */
const lookMilliseconds = 10_000;

/** Nothing while a connector runs; else that nothing is dialled, since when, and who must act. */
export function NoConnector() {
  const silence = silenceOf(useConnectors(lookMilliseconds).data ?? alive);
  // The region is there before its words, so that a screen reader says them when they come.
  return (
    <div className={styles.region} role="status">
      {silence === null ? null : (
        <Notice
          tone="bad"
          title={
            silence.is === 'never'
              ? 'No connector has run yet: nothing is dialled.'
              : 'No connector runs: nothing is dialled.'
          }
        >
          <p>
            {silence.is === 'never' ? null : (
              <>
                The last heartbeat was <Instant at={silence.since} />.{' '}
              </>
            )}
            Connections are not read, checks wait, and no swap or rollout goes on until one runs. We, the operator, must
            start one: <code>./sallyport connector</code>. <Link to="/connectors">See the connectors</Link>.
          </p>
        </Notice>
      )}
    </div>
  );
}

/** Until the first answer nothing is said. */
const alive = [{ heartbeatAt: '', heartbeatAgeSeconds: 0 }];
