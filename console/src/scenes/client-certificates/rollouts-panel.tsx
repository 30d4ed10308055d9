import { Link } from 'react-router';
import { useRollouts } from '../../api/rollouts.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { rolloutStateWords } from '../../words/rollout.ts';
import { SegmentBar } from '../rollout/segment-bar.tsx';

/** The newest; older ones are over, and stand in the audit trail. */
const mostShown = 20;

/** Rollouts of a certificate that many connections use; nothing where there is none. */
export function RolloutsPanel() {
  const list = useRollouts().data ?? [];
  if (list.length === 0) return null;
  return (
    <Panel title="Rollouts">
      <FactTable
        caption="Rollouts"
        columns={['Certificate', 'State', 'Since', 'How far']}
        narrow="stack"
        rows={list.slice(0, mostShown).map(({ id, certificateName, state, stateSince, counts }) => ({
          id,
          cells: [
            <Link key="certificate" to={`/rollouts/${id}`}>
              {certificateName}
            </Link>,
            <span key="state">
              <Pill tone={rolloutStateWords(state).tone}>{rolloutStateWords(state).word}</Pill>
            </span>,
            <Instant key="since" at={stateSince} />,
            <SegmentBar
              key="far"
              label="Connections"
              total={counts.connections}
              segments={[
                { words: 'moved', count: counts.moved, tone: 'ok' },
                { words: 'went back or blocked', count: counts.wentBack, tone: 'bad' },
                { words: 'not moved', count: counts.connections - counts.moved - counts.wentBack, tone: 'idle' },
              ]}
            />,
          ],
        }))}
      />
    </Panel>
  );
}
