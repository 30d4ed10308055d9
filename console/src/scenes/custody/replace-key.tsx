import { Button } from '@mantine/core';
import { useState } from 'react';
import { useReplaceSealKey } from '../../api/custody.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './custody.module.css';

/** Replaces a key that is held, after a second word. */
export function ReplaceKey({ id }: { id: string }) {
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
        <Button variant="default" onClick={() => setAsked(true)}>
          Replace this key
        </Button>
      )}
      {replace.isError ? <ProblemNotice problem={replace.error} /> : null}
    </div>
  );
}
