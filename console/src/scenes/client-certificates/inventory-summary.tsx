import type { ClientCertificate } from '@sallyport/console-api';
import { useNow } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { dateWords, daysLeftWords, daysUntil } from '../../words/time.ts';
import { needsLook } from './needs-look.ts';

/** Whether all is right with our certificates, and if not, what is wrong first and who must act. */
export function InventorySummary({ certificates }: { certificates: readonly ClientCertificate[] }) {
  const now = useNow(60_000);
  const troubled = certificates.filter((certificate) => needsLook(certificate, now) !== null);
  const [first] = certificates.toSorted((one, other) => one.notAfter.localeCompare(other.notAfter));
  if (first === undefined) return null;
  if (troubled.length === 0) {
    return (
      <Notice tone="ok" title="Every client certificate is in order.">
        <p>
          The next to end is {first.name}, on {dateWords(first.notAfter)}:{' '}
          {daysLeftWords(daysUntil(first.notAfter, now))}.
        </p>
      </Notice>
    );
  }
  const bad = troubled.some((certificate) => needsLook(certificate, now)?.tone === 'bad');
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
        {troubled.slice(0, 5).map((certificate) => (
          <li key={certificate.id}>
            {certificate.name} {needsLook(certificate, now)?.words}
          </li>
        ))}
      </ul>
      {troubled.length > 5 ? <p>and {troubled.length - 5} more.</p> : null}
    </Notice>
  );
}
