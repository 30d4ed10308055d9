import type { SwapDetail } from '@sallyport/console-api';
import { Link, useParams } from 'react-router';
import { useSwap } from '../../api/swaps.ts';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { StateLine } from '../../elements/state-line.tsx';
import { TextBlock } from '../../elements/text-block.tsx';
import { swapLine, swapReached, swapStateWords } from '../../words/swap.ts';
import { SwapActions } from './swap-actions.tsx';
import { SwapApprovals } from './swap-approvals.tsx';
import { SwapCanary } from './swap-canary.tsx';
import { SwapChange } from './swap-change.tsx';
import { SwapEvents } from './swap-events.tsx';
import { SwapObserved } from './swap-observed.tsx';
import { SwapVerdict } from './swap-verdict.tsx';
import { SwapWindow } from './swap-window.tsx';

/** One swap: where it stands, what it waits for, what can be done, and the evidence of every step. */
export function SwapPage() {
  const { swapId = '' } = useParams();
  const swap = useSwap(swapId);
  return (
    <LiveLoader query={swap} what="the swap">
      {(found) => <Parts swap={found} />}
    </LiveLoader>
  );
}

function Parts({ swap }: { swap: SwapDetail }) {
  const { word, tone } = swapStateWords(swap.state);
  const reached = swapReached(swap);
  const stopped = swap.state === 'blocked' || swap.state === 'cancelled' || swap.state === 'rolled-back';
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
      <Panel title="Where it stands">
        <StateLine
          label="States of the swap"
          states={swapLine.map((state, index) => ({
            name: swapStateWords(state).word,
            when:
              index < reached || swap.state === 'done'
                ? 'past'
                : index > reached
                  ? 'ahead'
                  : stopped
                    ? 'stopped'
                    : 'now',
          }))}
        />
      </Panel>
      <SwapActions swap={swap} />
      <Panel title="What changes">
        <SwapChange swap={swap} />
      </Panel>
      <Panel title="Canary: the next certificate tried beside the current one">
        <SwapCanary swap={swap} />
      </Panel>
      <Panel title="Window">
        <SwapWindow swap={swap} />
      </Panel>
      <Panel title="Approvals">
        <SwapApprovals swap={swap} />
      </Panel>
      {swap.observation === null ? null : (
        <Panel title="Observation since the activation">
          <SwapObserved observation={swap.observation} />
        </Panel>
      )}
      <Panel title="What the customer is told">
        <TextBlock title="Ready to send" what="the announcement" text={swap.announcement} form="prose" />
      </Panel>
      <Panel title="Evidence, step by step">
        <SwapEvents events={swap.events} requests={swap.requests} />
      </Panel>
    </>
  );
}
