import type { ConnectionDetail, Diagnosis } from '@sallyport/console-api';
import { useState } from 'react';
import { Link } from 'react-router';
import { useDiagnoses, useRunDoctor } from '../../../api/diagnoses.ts';
import { EmptyState } from '../../../elements/empty-state.tsx';
import { LiveLoader } from '../../../elements/live-loader.tsx';
import { Panel } from '../../../elements/panel.tsx';
import { DiagnosisHistory } from './diagnosis-history.tsx';
import { DiagnosisView } from './diagnosis-view.tsx';
import { DoctorRun } from './doctor-run.tsx';
import { EnforcementPanel } from './enforcement-panel.tsx';

/** Why it does not work, who must do what, and how to prove it; then what the far side has been seen to enforce. */
export function Doctor({ connection }: { connection: ConnectionDetail }) {
  const diagnoses = useDiagnoses(connection.id);
  const run = useRunDoctor(connection.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const start = (negativeProbes: boolean): void => {
    setChosen(null);
    run.mutate(negativeProbes);
  };
  return (
    <>
      <Panel title="Ask the doctor">
        <DoctorRun connection={connection} run={run} start={start} />
      </Panel>
      <LiveLoader query={diagnoses} what="what the doctor found">
        {(list) => (
          <Runs
            connection={connection}
            list={list}
            shown={list.find(({ id }) => id === chosen) ?? list[0] ?? null}
            choose={setChosen}
          />
        )}
      </LiveLoader>
    </>
  );
}

interface RunsProperties {
  readonly connection: ConnectionDetail;
  readonly list: readonly Diagnosis[];
  readonly shown: Diagnosis | null;
  readonly choose: (id: string) => void;
}

function Runs({ connection, list, shown, choose }: RunsProperties) {
  return (
    <>
      {shown === null ? (
        <EmptyState title="The doctor has not looked yet.">
          It begins by itself when the connection starts to fail, or when you ask it above. The{' '}
          <Link to={`/connections/${connection.id}`}>last check</Link> is another matter: it makes one handshake, and
          does not look for causes.
        </EmptyState>
      ) : (
        <DiagnosisView diagnosis={shown} isNewest={shown.id === list[0]?.id} />
      )}
      <EnforcementPanel connection={connection} />
      {list.length < 2 ? null : (
        <Panel title="Earlier runs">
          <DiagnosisHistory list={list} shownId={shown?.id ?? null} choose={choose} />
        </Panel>
      )}
    </>
  );
}
