import type { ConnectionDetail } from '@sallyport/console-api';
import { IconPlayerPause, IconPlayerPlay, IconShieldCheck } from '@tabler/icons-react';
import { useConnectionAction, type OfferedAction } from '../../api/connections.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './connection-actions.module.css';

const done: Readonly<Record<OfferedAction, string>> = {
  check: 'The check is finished.',
  activate: 'Activated: issues are being read.',
  pause: 'Paused.',
  resume: 'Resumed.',
  retire: 'Retired.',
};

/** What can be done with the connection now: check, activate, pause or resume; the next step is the strong one. */
export function ConnectionActions({ connection }: { connection: ConnectionDetail }) {
  const action = useConnectionAction(connection.id);
  const announce = useAnnounce();
  const running = action.isPending ? action.variables : null;
  const start = (name: OfferedAction): void => {
    action.mutate(name, { onSuccess: () => announce(done[name]) });
  };
  const { state } = connection;
  const can = (name: OfferedAction): boolean => connection.actions.includes(name);
  const activatable = can('activate');
  return (
    <div className={styles.block}>
      <div className={styles.buttons}>
        {can('pause') ? (
          <ActionButton
            busyWord="Pausing"
            busy={running === 'pause'}
            disabled={running !== null && running !== 'pause'}
            icon={<IconPlayerPause size={16} aria-hidden />}
            onClick={() => start('pause')}
          >
            Pause for maintenance
          </ActionButton>
        ) : null}
        {can('resume') ? (
          <ActionButton
            variant="filled"
            busyWord="Resuming"
            busy={running === 'resume'}
            disabled={running !== null && running !== 'resume'}
            icon={<IconPlayerPlay size={16} aria-hidden />}
            onClick={() => start('resume')}
          >
            Resume
          </ActionButton>
        ) : null}
        {can('check') || state === 'checking' ? (
          <ActionButton
            variant={activatable || state === 'paused' ? 'default' : 'filled'}
            busyWord="Checking"
            busy={running === 'check' || state === 'checking'}
            disabled={running !== null && running !== 'check'}
            icon={<IconShieldCheck size={16} aria-hidden />}
            onClick={() => start('check')}
          >
            Check now
          </ActionButton>
        ) : null}
        {activatable || state === 'draft' ? (
          <ActionButton
            variant={activatable ? 'filled' : 'default'}
            busyWord="Activating"
            busy={running === 'activate'}
            disabled={!activatable || (running !== null && running !== 'activate')}
            icon={<IconPlayerPlay size={16} aria-hidden />}
            onClick={() => start('activate')}
          >
            Activate
          </ActionButton>
        ) : null}
      </div>
      {action.isError ? <ProblemNotice problem={action.error} /> : null}
    </div>
  );
}
