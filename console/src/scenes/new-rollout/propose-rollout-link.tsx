import type { ClientCertificate } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { Link } from 'react-router';

/** Leads to the rollout of a certificate of ours; nothing for a customer's own, which is swapped alone. */
export function ProposeRolloutLink({ certificate }: { certificate?: Pick<ClientCertificate, 'id' | 'customerId'> }) {
  if (certificate !== undefined && certificate.customerId !== null) return null;
  const to = certificate === undefined ? '/rollouts/new' : `/rollouts/new?certificate=${certificate.id}`;
  return (
    <Button variant="default" component={Link} to={to}>
      Roll it out to many
    </Button>
  );
}
