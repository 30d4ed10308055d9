import type { ClientCertificate } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { Link } from 'react-router';

/** Leads to a request that begins with what is known of this certificate. */
export function RenewLink({ certificate: { id } }: { certificate: Pick<ClientCertificate, 'id'> }) {
  return (
    <Button variant="default" component={Link} to={`/client-certificates/new?renews=${id}`}>
      Renew
    </Button>
  );
}
