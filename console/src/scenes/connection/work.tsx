import type { ConnectionDetail } from '@sallyport/console-api';
import { useProgress } from '../../api/progress.ts';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Panel } from '../../elements/panel.tsx';
import { IssueList } from '../issues/issue-list.tsx';
import { IssueFaults } from './issue-faults.tsx';
import { SyncProgress } from './sync-progress.tsx';

/** The issues of the connection, and how far their reading is. */
export function Work({ connection }: { connection: ConnectionDetail }) {
  const progress = useProgress(connection.id, connection.state);
  return (
    <>
      <Panel title="In step with Jira">
        <LiveLoader query={progress} what="the progress">
          {(state) => (
            <SyncProgress progress={state} state={connection.state} account={connection.terms.document.accountName} />
          )}
        </LiveLoader>
      </Panel>
      <IssueFaults connectionId={connection.id} />
      <Panel title="Issues">
        <IssueList
          connectionId={connection.id}
          projectKeys={connection.terms.document.projectKeys}
          stored={progress.data?.issuesStored ?? 0}
          beforeFirst={beforeFirstWords(connection.state)}
        />
      </Panel>
    </>
  );
}

function beforeFirstWords(state: ConnectionDetail['state']): string {
  if (state === 'draft') return 'They are read once the connection is checked and activated.';
  if (state === 'paused') return 'The connection is paused; resume it to read them.';
  if (state === 'failing') return 'The connection fails; its overview says who must act.';
  return 'They arrive as they are read; this list renews itself.';
}
