import { Link } from 'react-router';
import { useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { dateWords, lifeLeftWords } from '../../words/time.ts';
import type { TimelineRow } from './timeline-rows.ts';

const mostNamed = 5;

interface InventorySummaryProperties {
  readonly rows: readonly TimelineRow[];
  /** False while swaps and rollouts are not known: until then nothing is called in order. */
  readonly isWhole: boolean;
}

/** Whether all is right with our certificates, and if not, what is wrong first and who must act. */
export function InventorySummary({ rows, isWhole }: InventorySummaryProperties) {
  const now = useNow(60_000);
  const troubled = rows
    .flatMap((row) => (row.look === null ? [] : [{ row, look: row.look }]))
    .toSorted((one, other) => Number(other.look.tone === 'bad') - Number(one.look.tone === 'bad'));
  const first = rows.find(({ renewal, notAfter }) => renewal.state !== 'not-needed' && Date.parse(notAfter) > now);
  // What somebody takes care of already is told, not alarmed about.
  const cared = rows.filter(({ renewal, tone }) => renewal.state === 'under-way' && tone === 'info').length;
  if (troubled.length === 0 && !isWhole) return null;
  if (troubled.length === 0) {
    return (
      <Notice tone="ok" title="Every client certificate is in order.">
        {first === undefined ? null : (
          <p>
            The next to end is {first.name}, on {dateWords(first.notAfter)}: {lifeLeftWords(first.notAfter, now)}
            {first.renewal.state === 'under-way' ? '; its renewal is under way' : ''}.
          </p>
        )}
      </Notice>
    );
  }
  return (
    <Notice
      tone={troubled[0]?.look.tone ?? 'warn'}
      title={
        troubled.length === 1
          ? '1 client certificate needs a look.'
          : `${troubled.length} client certificates need a look.`
      }
    >
      <ul>
        {troubled.slice(0, mostNamed).map(({ row, look }) => (
          <li key={row.id}>
            <Link to={row.to}>{row.name}</Link> {look.words}
          </li>
        ))}
      </ul>
      {troubled.length > mostNamed ? <p>and {troubled.length - mostNamed} more.</p> : null}
      {cared === 0 ? null : (
        <p>
          {cared === 1 ? '1 more ends soon, its renewal is' : `${cared} more end soon, their renewal is`} under way.
        </p>
      )}
    </Notice>
  );
}
