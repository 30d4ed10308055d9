import type { SealKey } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useReplaceSealKey } from '../../api/custody.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { CopyButton } from '../../elements/copy-button.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant, useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Pill } from '../../elements/pill.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { StateLine } from '../../elements/state-line.tsx';
import styles from './custody.module.css';
import { replacementSentence, replacementSteps } from './replacement-steps.ts';

/** One key: its state, since when, how much is sealed to it, who holds it, and its replacement. */
export function KeyCard({ sealKey }: { sealKey: SealKey }) {
  const { id, state, createdAt, sealedRecords, connectors, rotationAskedAt } = sealKey;
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
          {state === 'retiring' ? 'being replaced' : connectors.length === 0 ? 'held by nobody' : 'in use'}
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
      {steps.length === 0 ? (
        <Replace id={id} connectors={connectors} />
      ) : (
        <div className={styles.progress}>
          <StateLine label="How far its replacement is" states={steps} />
          {sentence === null ? null : <p>{sentence}</p>}
          {rotationAskedAt === null ? null : (
            <p className={styles.small}>
              Asked: <Instant at={rotationAskedAt} />
            </p>
          )}
        </div>
      )}
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

function Replace({ id, connectors }: Pick<SealKey, 'id' | 'connectors'>) {
  const replace = useReplaceSealKey();
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  return (
    <div className={styles.replace}>
      {asked ? (
        <Notice tone="warn" title="Replace this key while everything runs?" role="alert">
          <p>
            Its connector makes the next key, every record is sealed anew in the background, and this one is retired
            when it is proven that nothing is sealed to it. A backup of the database from before needs the key file from
            before: see that both are kept together in time.
          </p>
          <span className={styles.buttons}>
            <ActionButton
              variant="filled"
              busyWord="Asking"
              busy={replace.isPending}
              onClick={() =>
                replace.mutate(id, {
                  onSuccess: () => {
                    setAsked(false);
                    announce('The next key was asked for.');
                  },
                })
              }
            >
              Yes, replace it
            </ActionButton>
            <Button variant="default" autoFocus disabled={replace.isPending} onClick={() => setAsked(false)}>
              Keep it
            </Button>
          </span>
        </Notice>
      ) : (
        <Button variant="default" disabled={connectors.length === 0} onClick={() => setAsked(true)}>
          Replace this key
        </Button>
      )}
      {replace.isError ? <ProblemNotice problem={replace.error} /> : null}
    </div>
  );
}
