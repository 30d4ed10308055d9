import type { SwapDetail } from '@sallyport/console-api';
import { useEffect, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { trustFileAddress } from '../../api/client-certificates.ts';
import { useSwap } from '../../api/swaps.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { DownloadLink } from '../../elements/download-link.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { TextBlock } from '../../elements/text-block.tsx';
import { swapStateWords } from '../../words/swap.ts';
import { AuditHistory } from '../client-certificate/audit-history.tsx';
import { SwapActions } from './swap-actions.tsx';
import { SwapChange } from './swap-change.tsx';
import { SwapLine } from './swap-line.tsx';
import { SwapProgress } from './swap-progress.tsx';
import { SwapRequests } from './swap-requests.tsx';
import { SwapVerdict } from './swap-verdict.tsx';
import { SwapWarnings } from './swap-warnings.tsx';

/** One swap: where it stands, what it waits for, what can be done, and the evidence of every step. */
export function SwapPage() {
  const { swapId = '' } = useParams();
  const swap = useSwap(swapId);
  return (
    <LiveLoader query={swap} what="the swap">
      {(found) => <Parts key={found.id} swap={found} />}
    </LiveLoader>
  );
}

function Parts({ swap }: { swap: SwapDetail }) {
  const { word, tone } = swapStateWords(swap.state);
  useStateAnnounced(swap.state);
  return (
    <>
      <PageHeading title={`Swap: ${swap.connectionName}`} pill={<Pill tone={tone}>{word}</Pill>}>
        <Link to={`/connections/${swap.connectionId}`}>{swap.host}</Link>, {swap.customerName}
        {swap.rolloutId === null ? null : (
          <>
            ; part of a <Link to={`/rollouts/${swap.rolloutId}`}>rollout</Link>
          </>
        )}
      </PageHeading>
      <SwapVerdict swap={swap} />
      <SwapWarnings warnings={swap.warnings} />
      <SwapProgress swap={swap} />
      <SwapActions swap={swap} />
      <Panel title="What changes">
        <SwapChange swap={swap} />
      </Panel>
      <Panel title="State by state, with the evidence">
        <SwapLine swap={swap} />
      </Panel>
      <SwapRequests requests={swap.requests} names={swap.names} />
      <Panel title="What the customer is told">
        <TextBlock
          title="Ready to send, with the file beside it"
          what="the announcement"
          text={swap.announcement}
          form="prose"
          actions={<DownloadLink address={trustFileAddress(swap.next.id)}>Certificate and chain (PEM)</DownloadLink>}
        />
      </Panel>
      <Panel title="Audit trail">
        <AuditHistory
          of={{ subjects: [`swap:${swap.id}`] }}
          caption="Audit trail of this swap"
          here={`swap:${swap.id}`}
          none="No event names it yet."
        />
      </Panel>
    </>
  );
}

/** It goes on without anybody's doing: each new state is said to screen readers. */
function useStateAnnounced(state: SwapDetail['state']): void {
  const announce = useAnnounce();
  const known = useRef(state);
  useEffect(() => {
    if (known.current === state) return;
    known.current = state;
    announce(`The swap's state is now: ${swapStateWords(state).word}.`);
  }, [announce, state]);
}
