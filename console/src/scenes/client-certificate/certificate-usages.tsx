import type { ClientCertificate } from '@sallyport/console-api';
import { Link } from 'react-router';
import { FactTable } from '../../elements/fact-table.tsx';

const pointers = {
  current: 'presents it now',
  next: 'will present it after a swap',
  previous: 'presented it until the last swap',
} as const;

/** The connections that present the certificate, will, or did until the window of a swap closes. */
export function CertificateUsages({ usages }: { usages: ClientCertificate['usages'] }) {
  if (usages.length === 0) return <p>No connection uses it.</p>;
  return (
    <FactTable
      caption="Connections that use this certificate"
      columns={['Connection', 'Customer', 'How']}
      rows={usages.map(({ connectionId, connectionName, customerName, pointer }) => ({
        id: `${connectionId} ${pointer}`,
        cells: [
          <Link key="connection" to={`/connections/${connectionId}`}>
            {connectionName}
          </Link>,
          customerName,
          pointers[pointer],
        ],
      }))}
    />
  );
}
