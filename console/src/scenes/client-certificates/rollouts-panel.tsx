import { Link } from 'react-router';
import { useRollouts } from '../../api/rollouts.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { rolloutStateWords } from '../../words/rollout.ts';

/** Rollouts of a certificate that many connections use; nothing where there is none. */
export function RolloutsPanel() {
  const rollouts = useRollouts();
  const list = rollouts.data ?? [];
  if (list.length === 0) return null;
  return (
    <Panel title="Rollouts">
      <FactTable
        caption="Rollouts"
        columns={['Certificate', 'State', 'Since', 'Moved']}
        rows={list.map(({ id, certificateName, state, stateSince, counts }) => ({
          id,
          cells: [
            <Link key="certificate" to={`/rollouts/${id}`}>
              {certificateName}
            </Link>,
            <Pill key="state" tone={rolloutStateWords(state).tone}>
              {rolloutStateWords(state).word}
            </Pill>,
            <Instant key="since" at={stateSince} />,
            `${counts.moved} of ${counts.connections}`,
          ],
        }))}
      />
    </Panel>
  );
}
