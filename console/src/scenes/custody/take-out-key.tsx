import { Button, Checkbox, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTakeOutSealKey } from '../../api/custody.ts';
import { Problem } from '../../api/problem.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './custody.module.css';

/** Takes a key out of use that nobody holds who runs; with a reason, and with another word where records would stay closed. */
export function TakeOutKey({ id }: { id: string }) {
  const takeOut = useTakeOutSealKey();
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [leaveUnopened, setLeaveUnopened] = useState(false);
  const isMissing = reason.trim() === '';
  const closed = closedRecords(takeOut.error);
  if (!asked)
    return (
      <div className={styles.replace}>
        <Button variant="default" onClick={() => setAsked(true)}>
          Take this key out of use
        </Button>
      </div>
    );
  return (
    <div className={styles.replace}>
      <Notice tone="warn" title="Is its connector gone for good?">
        <p>
          Then nothing is sealed to this key any more, its copies go, and it is retired. What people uploaded for this
          connector and waits is refused: they upload it again. Where the connector only stands still, start it again
          instead. Should it come back all the same, it makes a new key.
        </p>
        <Textarea
          mt="sm"
          label="Reason"
          description="Kept in the audit trail."
          autosize={false}
          rows={2}
          maxLength={1000}
          autoFocus
          error={tried && isMissing ? 'Say why, in a sentence.' : undefined}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {closed === 0 ? null : (
          <Checkbox
            mt="sm"
            label={`Leave ${closed} ${closed === 1 ? 'record' : 'records'} closed: the key file is lost, and what they hold will be entered anew`}
            checked={leaveUnopened}
            onChange={(event) => setLeaveUnopened(event.currentTarget.checked)}
          />
        )}
        <span className={styles.buttons}>
          <ActionButton
            variant="filled"
            busyWord="Taking out"
            busy={takeOut.isPending}
            onClick={() => {
              setTried(true);
              if (isMissing) announce('Say why, in a sentence.');
              else
                takeOut.mutate(
                  { id, reason: reason.trim(), leaveUnopened: leaveUnopened && closed > 0 },
                  { onSuccess: () => announce('The key was taken out of use.') },
                );
            }}
          >
            Yes, take it out
          </ActionButton>
          <Button
            variant="default"
            disabled={takeOut.isPending}
            onClick={() => {
              setAsked(false);
              takeOut.reset();
            }}
          >
            Keep it
          </Button>
        </span>
      </Notice>
      {takeOut.isError ? <ProblemNotice problem={takeOut.error} /> : null}
    </div>
  );
}

/** How many records kept the key in use, by the refusal. */
function closedRecords(error: unknown): number {
  const { onlyHere, anotherIsHeld } = error instanceof Problem ? error.seen : {};
  return typeof onlyHere === 'number' && anotherIsHeld === true ? onlyHere : 0;
}
