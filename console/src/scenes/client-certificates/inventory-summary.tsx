import { useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { dateWords, lifeLeftWords, daysUntil } from '../../words/time.ts';
import { needsLook } from './needs-look.ts';
import type { TimelineRow } from './timeline-rows.ts';

const mostNamed = 5;

/** Whether all is right with our certificates, and if not, what is wrong first and who must act. */
export function InventorySummary({ rows }: { rows: readonly TimelineRow[] }) {
  const now = useNow(60_000);
  const looked = rows.flatMap((row) => {
    const found =
      row.certificate === null || row.renewal.state === 'not-needed' ? null : needsLook(row.certificate, now);
    return found === null ? [] : [{ row, found }];
  });
  // What somebody takes care of already is told, not alarmed about, unless it serves no more.
  const cared = looked.filter(
    ({ row }) =>
      row.renewal.state === 'under-way' &&
      !row.renewal.needsSomebody &&
      daysUntil(row.notAfter, now) >= 0 &&
      row.certificate?.blocking === 0,
  );
  const troubled = looked.filter((one) => !cared.includes(one));
  const first = rows.find(({ renewal, notAfter }) => renewal.state !== 'not-needed' && Date.parse(notAfter) > now);
  const underWay =
    cared.length === 0 ? null : (
      <p>
        {cared.length === 1 ? `1 more ends soon, its renewal is` : `${cared.length} more end soon, their renewal is`}{' '}
        under way.
      </p>
    );
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
  const bad = troubled.some(({ row, found }) => found.tone === 'bad' && row.tone !== 'warn');
  return (
    <Notice
      tone={bad ? 'bad' : 'warn'}
      title={
        troubled.length === 1
          ? '1 client certificate needs a look.'
          : `${troubled.length} client certificates need a look.`
      }
    >
      <ul>
        {troubled.slice(0, mostNamed).map(({ row, found }) => (
          <li key={row.id}>
            {row.name} {found.words}
            {row.renewal.state === 'there' ? ' The next one is in the inventory: propose its swap or rollout.' : ''}
          </li>
        ))}
      </ul>
      {troubled.length > mostNamed ? <p>and {troubled.length - mostNamed} more.</p> : null}
      {underWay}
    </Notice>
  );
}
