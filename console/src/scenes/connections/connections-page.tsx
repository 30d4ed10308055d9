import type { ConnectionSummary } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useConnections } from '../../api/connections.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import type { Basket } from '../../words/basket.ts';
import { Panel } from '../../elements/panel.tsx';
import { SandboxOffer } from '../sandbox/sandbox-offer.tsx';
import { ConnectionTable } from './connection-table.tsx';
import { ExpiryWeeks } from './expiry-weeks.tsx';
import { basketCounts, basketOf, type CertificateEnd } from './fleet.ts';
import { FleetCounts } from './fleet-counts.tsx';

/** Home: is it all right, and if not, who must do what; then a row for each connection. */
export function ConnectionsPage() {
  const connections = useConnections();
  return (
    <>
      <PageHeading
        title="Connections"
        actions={
          <Button component={Link} to="/connections/new" leftSection={<IconPlus size={16} aria-hidden />}>
            New connection
          </Button>
        }
      />
      <LiveLoader query={connections} what="the connections">
        {(list) => (list.length === 0 ? <NoConnections /> : <Fleet connections={list} />)}
      </LiveLoader>
    </>
  );
}

function Fleet({ connections }: { connections: readonly ConnectionSummary[] }) {
  const [chosen, setChosen] = useState<Basket | null>(null);
  const shown = chosen === null ? connections : connections.filter((one) => basketOf(one) === chosen);
  return (
    <>
      <FleetCounts counts={basketCounts(connections)} chosen={chosen} onChoose={setChosen} />
      <Panel title="Certificates that end, by week">
        <ExpiryWeeks ends={connections.flatMap(endsOf)} />
      </Panel>
      <SandboxOffer />
      {shown.length === 0 ? <p>No connection is in this condition now.</p> : <ConnectionTable connections={shown} />}
    </>
  );
}

/** Certificates whose end would stop a connection. */
function endsOf(connection: ConnectionSummary): readonly CertificateEnd[] {
  const { clientCertificate, customer, serverNotAfter } = connection;
  const ours =
    clientCertificate === null
      ? []
      : [{ ...clientCertificate, name: `${customer.name}: our ${clientCertificate.name}` }];
  const theirs =
    serverNotAfter === null ? [] : [{ name: `${customer.name}: their server’s certificate`, notAfter: serverNotAfter }];
  return [...ours, ...theirs];
}

function NoConnections() {
  return (
    <>
      <SandboxOffer />
      <EmptyState
        title="No connection yet."
        action={
          <Button component={Link} to="/connections/new" variant="default">
            Connect a customer’s Jira
          </Button>
        }
      >
        A connection reads a customer’s Jira over mutual TLS. You write down its terms, check it, then activate it;
        nothing is dialled before.
      </EmptyState>
    </>
  );
}
