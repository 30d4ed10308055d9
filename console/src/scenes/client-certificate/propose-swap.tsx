import type { ClientCertificateDetail } from '@sallyport/console-api';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useConnections } from '../../api/connections.ts';
import { useProposeSwap } from '../../api/swaps.ts';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import formStyles from '../new-connection/connection-form.module.css';

/** Proposes that a connection goes over to this certificate; nothing moves yet. */
export function ProposeSwap({ certificate }: { certificate: ClientCertificateDetail }) {
  const connections = useConnections();
  const propose = useProposeSwap();
  const navigate = useNavigate();
  const [connectionId, setConnectionId] = useState('');
  const [emergency, setEmergency] = useState(false);
  const fitting = (connections.data ?? []).filter(
    (connection) =>
      connection.clientCertificate !== null &&
      connection.clientCertificate.id !== certificate.id &&
      (certificate.customerId === null || connection.customer.id === certificate.customerId),
  );
  if (fitting.length === 0) return null;
  return (
    <Panel title="Swap a connection over to it">
      <div className={formStyles.form}>
        <NativeSelect
          label="Connection"
          description="Nothing moves yet: the swap is checked, announced, tried beside the current certificate and approved first."
          data={[
            { value: '', label: 'Choose' },
            ...fitting.map(({ id, name, clientCertificate }) => ({
              value: id,
              label: `${name}, now with ${clientCertificate?.name ?? 'none'}`,
            })),
          ]}
          value={connectionId}
          onChange={(event) => setConnectionId(event.currentTarget.value)}
        />
        <label className={formStyles.tick}>
          <input type="checkbox" checked={emergency} onChange={(event) => setEmergency(event.currentTarget.checked)} />
          <span>
            Emergency: the current one is revoked or has ended
            <span className={formStyles.note}>Skips waiting, never checks.</span>
          </span>
        </label>
        <div className={formStyles.actions}>
          <Button
            disabled={connectionId === '' || propose.isPending}
            aria-busy={propose.isPending}
            onClick={() =>
              propose.mutate(
                { connectionId, certificateId: certificate.id, emergency },
                { onSuccess: ({ id }) => void navigate(`/swaps/${id}`) },
              )
            }
          >
            Propose the swap
          </Button>
        </div>
        {propose.isError ? <ProblemNotice problem={propose.error} /> : null}
      </div>
    </Panel>
  );
}
