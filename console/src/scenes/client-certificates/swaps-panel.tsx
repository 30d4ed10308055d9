import { Link } from 'react-router';
import { useSwapsAlone } from '../../api/planned-swaps.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { actorWords } from '../../words/actor.ts';
import { swapStateWords } from '../../words/swap.ts';

const mostShown = 50;

/** Swaps that are under way on their own; those of rollouts stand on their boards, and what is over on its certificate. */
export function SwapsPanel() {
  const list = useSwapsAlone().data ?? [];
  if (list.length === 0) return null;
  return (
    <Panel title="Swaps under way">
      <FactTable
        caption="Swaps under way"
        columns={['Connection', 'State', 'Since', 'Next certificate', 'Waits for']}
        narrow="stack"
        rows={list.slice(0, mostShown).map((swap) => {
          const { word, tone } = swapStateWords(swap.state);
          const waits = swap.waitsFor ?? swap.reason;
          return {
            id: swap.id,
            cells: [
              <Link key="connection" to={`/swaps/${swap.id}`}>
                {swap.customerName}: {swap.connectionName}
              </Link>,
              <span key="state">
                <Pill tone={tone}>{word}</Pill>
              </span>,
              <Instant key="since" at={swap.stateSince} />,
              swap.next.name,
              waits === null
                ? ''
                : `${waits.message}${waits.actor === null ? '' : ` ${actorWords(waits.actor)} must act.`}`,
            ],
          };
        })}
      />
      {list.length > mostShown ? <p>and {list.length - mostShown} more.</p> : null}
    </Panel>
  );
}
