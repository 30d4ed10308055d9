import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useClientCertificates } from '../../api/client-certificates.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ExpiryTimeline } from './expiry-timeline.tsx';
import { InventorySummary } from './inventory-summary.tsx';
import { OpenRequests } from './open-requests.tsx';
import { RolloutsPanel } from './rollouts-panel.tsx';
import { SwapsPanel } from './swaps-panel.tsx';

/** The certificates with which we show who we are, on one axis of time; what ends first stands first. */
export function ClientCertificatesPage() {
  const certificates = useClientCertificates();
  return (
    <>
      <PageHeading
        title="Client certificates"
        actions={
          <Button component={Link} to="/client-certificates/new">
            New client certificate
          </Button>
        }
      >
        With these we show customers’ enforcers who we are. Their private keys are sealed; only connectors can open
        them.
      </PageHeading>
      <LiveLoader query={certificates} what="the client certificates">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No client certificate yet.">
              A connection goes with a client certificate unless a reason says otherwise. Let a connector make a key, or
              upload what you have. The sandbox brings three of its own.
            </EmptyState>
          ) : (
            <>
              <InventorySummary certificates={list} />
              <Panel title="How long each lives, what ends first above">
                <ExpiryTimeline certificates={list} />
              </Panel>
            </>
          )
        }
      </LiveLoader>
      <OpenRequests />
      <RolloutsPanel />
      <SwapsPanel />
    </>
  );
}
