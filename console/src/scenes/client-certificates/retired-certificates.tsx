import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useRetiredCertificates } from '../../api/client-certificates.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { certificateKindWords } from '../../words/certificate-kind.ts';

const shownAtFirst = 5;

/** What was ended for good: who ended it, when and why; its page and its record are kept. Nothing where there is none. */
export function RetiredCertificates() {
  const list = useRetiredCertificates().data ?? [];
  const [all, setAll] = useState(false);
  if (list.length === 0) return null;
  const more = list.length - shownAtFirst;
  return (
    <Panel title="Retired">
      <FactTable
        caption="Retired certificates"
        columns={['Certificate', 'Retired', 'By', 'Why']}
        narrow="stack"
        rows={list.slice(0, all ? undefined : shownAtFirst).map(({ id, name, kind, customerName, retirement }) => ({
          id,
          cells: [
            <span key="certificate">
              <Link to={`/client-certificates/${id}`}>{name}</Link>, {certificateKindWords(kind)},{' '}
              {customerName ?? 'ours'}
            </span>,
            <Instant key="when" at={retirement.retiredAt} form="date" />,
            retirement.retiredByName ?? retirement.retiredBy,
            retirement.reason,
          ],
        }))}
      />
      {more > 0 && !all ? (
        <Button variant="default" onClick={() => setAll(true)}>
          {`Show ${more} more`}
        </Button>
      ) : null}
    </Panel>
  );
}
