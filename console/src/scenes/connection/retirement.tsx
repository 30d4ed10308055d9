import type { ConnectionDetail } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useConnectionAction } from '../../api/connections.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './retirement.module.css';

/** Ends the connection for good, after a second word: there is no way back. */
export function Retirement({ connection }: { connection: ConnectionDetail }) {
  const action = useConnectionAction(connection.id);
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  return (
    <Panel title="End of this connection">
      <p>Retired, it dials no more and cannot be taken up again; its terms, evidence and audit are kept.</p>
      {asked ? (
        <div className={styles.ask}>
          <Notice tone="warn" title={`Retire the connection to ${connection.host} for good?`} role="alert">
            <span className={styles.buttons}>
              <ActionButton
                variant="filled"
                busyWord="Retiring"
                busy={action.isPending}
                onClick={() => action.mutate('retire', { onSuccess: () => announce('Retired.') })}
              >
                Yes, retire it
              </ActionButton>
              <Button variant="default" autoFocus disabled={action.isPending} onClick={() => setAsked(false)}>
                Keep it
              </Button>
            </span>
          </Notice>
        </div>
      ) : (
        <Button className={styles.ask} variant="default" onClick={() => setAsked(true)}>
          Retire this connection
        </Button>
      )}
      {action.isError ? <ProblemNotice problem={action.error} /> : null}
    </Panel>
  );
}
