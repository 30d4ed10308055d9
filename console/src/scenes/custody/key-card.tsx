import type { SealKey } from '@sallyport/console-api';
import { useEffect, useRef } from 'react';
import { usePeople } from '../../api/people.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { CopyButton } from '../../elements/copy-button.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant, useNow } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { StateLine } from '../../elements/state-line.tsx';
import { actorName } from '../../words/audit.ts';
import styles from './custody.module.css';
import { ReplaceKey } from './replace-key.tsx';
import { replacementSentence, replacementSteps } from './replacement-steps.ts';
import { TakeOutKey } from './take-out-key.tsx';

interface KeyCardProperties {
  readonly sealKey: SealKey;
  /** Whether a running connector holds another key in use. */
  readonly othersAreHeld: boolean;
}

/** One key: its state, since when, how much is sealed to it, who holds it, and its replacement. */
export function KeyCard({ sealKey, othersAreHeld }: KeyCardProperties) {
  const { id, state, createdAt, sealedRecords, connectors, rotationAskedAt, takenOut } = sealKey;
  const isHeld = connectors.length > 0;
  const names = new Map((usePeople().data ?? []).map((person) => [person.id, person.name]));
  const now = useNow(1000);
  const steps = replacementSteps(sealKey);
  const sentence = replacementSentence(sealKey, now);
  useAnnouncedState(state);
  return (
    <article className={styles.key} aria-label={`Key ${id}`}>
      <div className={styles.head}>
        <code className={styles.id}>{id}</code>
        <CopyButton text={id} label="Copy the key’s name" />
        <Pill tone={state === 'retiring' ? 'info' : connectors.length === 0 ? 'bad' : 'ok'}>
          {takenOut !== null
            ? 'taken out of use'
            : state === 'retiring'
              ? 'being replaced'
              : connectors.length === 0
                ? 'held by nobody'
                : 'in use'}
        </Pill>
      </div>
      <Facts
        facts={[
          { term: 'In use since', detail: <Instant at={createdAt} /> },
          {
            term: 'Sealed to it',
            detail: `${sealedRecords} ${sealedRecords === 1 ? 'record' : 'records'}`,
          },
          {
            term: 'Held by',
            detail: connectors.length === 0 ? 'no running connector' : connectors.join(', '),
          },
        ]}
      />
      {steps.length === 0 ? null : (
        <div className={styles.progress}>
          <StateLine label="How far its replacement is" states={steps} />
          {sentence === null ? null : <p>{sentence}</p>}
          {rotationAskedAt === null ? null : (
            <p className={styles.small}>
              Asked: <Instant at={rotationAskedAt} />
            </p>
          )}
          {takenOut === null ? null : (
            <p className={styles.small}>
              Taken out of use <Instant at={takenOut.at} /> by {actorName(takenOut.by, names)}: {takenOut.reason}
            </p>
          )}
        </div>
      )}
      {steps.length === 0 && isHeld ? <ReplaceKey id={id} /> : null}
      {state === 'current' && !isHeld && othersAreHeld ? <TakeOutKey id={id} /> : null}
    </article>
  );
}

/** Says when a key took over, or was asked for, without moving the focus. */
function useAnnouncedState(state: SealKey['state']): void {
  const announce = useAnnounce();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (state === 'retiring') announce('The next key has taken over; records are being sealed anew.');
  }, [announce, state]);
}
