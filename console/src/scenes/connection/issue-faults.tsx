import { useIssueFaults } from '../../api/issues.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';

/** Issues that could not be kept, or not whole: shown only where there are any. */
export function IssueFaults({ connectionId }: { connectionId: string }) {
  const { data } = useIssueFaults(connectionId);
  if (data === undefined || data.total === 0) return null;
  const { items, total, refused } = data;
  return (
    <Panel title="Not read whole">
      <p>
        {refused > 0
          ? `${countWords(refused)} could not be kept. They are read again as soon as they change in Jira.`
          : 'Every issue is kept; of these, something could not be read.'}
        {total > items.length ? ` The first ${items.length} of ${total} are shown.` : ''}
      </p>
      <FactTable
        caption="Issues that were not read whole"
        columns={['Issue', 'Kept', 'What was odd', 'Code', 'Seen']}
        rows={items.map((fault) => ({
          id: `${fault.issue} ${fault.code} ${fault.field}`,
          cells: [
            fault.issue ?? 'without id or key',
            fault.refused ? 'no' : 'without this part',
            fault.message,
            <code key="code">{fault.code}</code>,
            <Instant key="at" at={fault.seenAt} />,
          ],
        }))}
      />
    </Panel>
  );
}

function countWords(count: number): string {
  return count === 1 ? 'One issue' : `${count.toLocaleString('en-GB')} issues`;
}
