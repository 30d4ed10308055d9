import { Link } from 'react-router';
import { useSwaps } from '../../api/swaps.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { swapStateWords } from '../../words/swap.ts';

/** Swaps of one certificate, or of all; nothing where there is none. */
export function SwapsPanel({ certificateId }: { certificateId?: string }) {
  const swaps = useSwaps(certificateId === undefined ? {} : { certificateId });
  const list = swaps.data ?? [];
  if (list.length === 0) return null;
  return (
    <Panel title={certificateId === undefined ? 'Swaps' : 'Swaps that bring it or take it away'}>
      <FactTable
        caption="Swaps"
        columns={['Connection', 'State', 'Since', 'Next certificate', 'Waits for']}
        rows={list.slice(0, 50).map((swap) => {
          const { word, tone } = swapStateWords(swap.state);
          return {
            id: swap.id,
            cells: [
              <Link key="connection" to={`/swaps/${swap.id}`}>
                {swap.connectionName}
              </Link>,
              <Pill key="state" tone={tone}>
                {word}
              </Pill>,
              <Instant key="since" at={swap.stateSince} />,
              swap.next.name,
              swap.waitsFor?.message ?? swap.reason?.message ?? '',
            ],
          };
        })}
      />
    </Panel>
  );
}
