import type { ClientCertificateDetail } from '@sallyport/console-api';
import { auditEventsRead, useHistory } from '../../api/audit.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';

/** What was done with the certificate and by whom, from the audit trail. */
export function CertificateHistory({ certificate }: { certificate: ClientCertificateDetail }) {
  const history = useHistory(`client-certificate:${certificate.id}`);
  return (
    <LiveLoader query={history} what="the history">
      {(events) =>
        events.length === 0 ? (
          <p>
            The newest {auditEventsRead} events of the audit trail do not name it; it came in{' '}
            <Instant at={certificate.addedAt} />.
          </p>
        ) : (
          <FactTable
            caption="History of this certificate"
            columns={['What', 'When', 'By']}
            rows={events.map(({ id, action, at, actor }) => ({
              id,
              cells: [<code key="what">{action}</code>, <Instant key="when" at={at} />, actor],
            }))}
          />
        )
      }
    </LiveLoader>
  );
}
