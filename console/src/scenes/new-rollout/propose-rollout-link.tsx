import type { ClientCertificate } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { Link } from 'react-router';

/** Leads to a rollout, of one certificate where it is given; nothing for a customer's own, which is swapped alone. */
export function ProposeRolloutLink({
  certificate,
}: {
  certificate?: Pick<ClientCertificate, 'id' | 'customerId' | 'retirement'>;
}) {
  if (certificate !== undefined && (certificate.customerId !== null || certificate.retirement !== null)) return null;
  const to = certificate === undefined ? '/rollouts/new' : `/rollouts/new?certificate=${certificate.id}`;
  return (
    <Button variant="default" component={Link} to={to}>
      {certificate === undefined ? 'Propose a rollout' : 'Roll it out to many'}
    </Button>
  );
}
