import type { ClientCertificate } from '@sallyport/console-api';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useClientCertificates } from '../../api/client-certificates.ts';
import { useNow } from '../../elements/instant.tsx';
import { couldFollow } from '../client-certificates/renewal.ts';

/** What comes next for a certificate that was taken: where it follows one that is in use, the way to swap those connections over. */
export function AfterTaken({ certificateId }: { certificateId: string | null }) {
  const now = useNow(60_000);
  const { data: all = [], refetch } = useClientCertificates();
  const isMissing = certificateId !== null && all.every(({ id }) => id !== certificateId);
  // What was read before does not know it.
  useEffect(() => {
    if (isMissing) void refetch();
  }, [isMissing, refetch]);
  if (certificateId === null) return null;
  const taken = all.find(({ id }) => id === certificateId);
  const before = taken === undefined ? [] : all.filter((one) => couldFollow(taken, one, now) && serving(one) > 0);
  const address = `/client-certificates/${certificateId}`;
  if (taken === undefined || before.length === 0)
    return (
      <p>
        <Link to={address}>See the certificate, and swap connections over to it</Link>
      </p>
    );
  return (
    <>
      <p>
        No connection presents it yet. It can follow{' '}
        {before
          .map((one) => `${one.name}, on ${serving(one)} ${serving(one) === 1 ? 'connection' : 'connections'}`)
          .join('; ')}
        .
      </p>
      <p>
        {taken.customerId === null ? (
          <>
            <Link to={`/rollouts/new?certificate=${certificateId}`}>Swap the connections over to it</Link>
            {' · '}
          </>
        ) : null}
        <Link to={address}>
          {taken.customerId === null
            ? 'See the certificate, or swap a single one'
            : 'Swap the connections over to it, on its page'}
        </Link>
      </p>
    </>
  );
}

function serving({ usages }: Pick<ClientCertificate, 'usages'>): number {
  return usages.filter(({ pointer }) => pointer === 'current').length;
}
