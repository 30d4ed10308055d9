import { Link } from 'react-router';
import { useCertificateRequests } from '../../api/certificate-intake.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';

/** Requests whose certificate has not come back; nothing where there is none. */
export function OpenRequests() {
  const requests = useCertificateRequests();
  const open = (requests.data ?? []).filter(({ state }) => state === 'open' || state === 'making-key');
  if (open.length === 0) return null;
  return (
    <Panel title="Requests under way">
      <FactTable
        caption="Certificate requests"
        narrow="stack"
        columns={['Request', 'Stands at', 'Since']}
        rows={open.map(({ id, name, state, requestedAt }) => ({
          id,
          cells: [
            <Link key="name" to={`/client-certificates/requests/${id}`}>
              {name}
            </Link>,
            state === 'open' ? 'the authority; its certificate is waited for' : 'a connector, which makes the key',
            <Instant key="since" at={requestedAt} />,
          ],
        }))}
      />
    </Panel>
  );
}
