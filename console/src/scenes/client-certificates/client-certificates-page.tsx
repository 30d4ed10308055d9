import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useClientCertificates } from '../../api/client-certificates.ts';
import { useServerCertificates, useSwapsAlone, useStrandedSwaps } from '../../api/planned-swaps.ts';
import { useRollouts } from '../../api/rollouts.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { useNow } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProposeRolloutLink } from '../new-rollout/propose-rollout-link.tsx';
import { DefaultSuggestionNotice } from './default-suggestion.tsx';
import { ExpiryTimeline } from './expiry-timeline.tsx';
import { InventorySummary } from './inventory-summary.tsx';
import { OpenRequests } from './open-requests.tsx';
import { RetiredCertificates } from './retired-certificates.tsx';
import { RolloutsPanel } from './rollouts-panel.tsx';
import { SwapsPanel } from './swaps-panel.tsx';
import { serverRows, timelineRows, type TimelineSources } from './timeline-rows.ts';

/** The certificates with which we show who we are, on one axis of time with what is planned; what ends first stands first. */
export function ClientCertificatesPage() {
  const certificates = useClientCertificates();
  return (
    <>
      <PageHeading
        title="Client certificates"
        actions={
          <>
            {(certificates.data ?? []).length === 0 ? null : <ProposeRolloutLink />}
            <Button component={Link} to="/client-certificates/new">
              New client certificate
            </Button>
          </>
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
              upload what you have. The sandbox brings some of its own.
            </EmptyState>
          ) : (
            <Inventory certificates={list} />
          )
        }
      </LiveLoader>
      <OpenRequests />
      <RolloutsPanel />
      <SwapsPanel />
      <RetiredCertificates />
    </>
  );
}

function Inventory({ certificates }: Pick<TimelineSources, 'certificates'>) {
  const now = useNow(60_000);
  // What is planned comes when it is there: the lives of the certificates do not wait for it.
  const swaps = useSwapsAlone().data;
  const rollouts = useRollouts().data;
  const stranded = useStrandedSwaps().data;
  const servers = useServerCertificates().data ?? [];
  const rows = timelineRows(
    { certificates, swaps: swaps ?? [], rollouts: rollouts ?? [], stranded: stranded ?? [] },
    now,
  );
  const isWhole = swaps !== undefined && rollouts !== undefined && stranded !== undefined;
  return (
    <>
      <InventorySummary rows={rows} isWhole={isWhole} />
      <DefaultSuggestionNotice certificates={certificates} />
      <Panel title="How long each lives, what ends first above">
        <ExpiryTimeline rows={rows} servers={serverRows(servers, now)} />
      </Panel>
    </>
  );
}
