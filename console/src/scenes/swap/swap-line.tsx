import type { SwapDetail, SwapState } from '@sallyport/console-api';
import type { ReactNode } from 'react';
import { Instant } from '../../elements/instant.tsx';
import { StateDot, stateWhenWords, type StateWhen } from '../../elements/state-dot.tsx';
import { swapAheadWords, swapEventsByState } from '../../words/swap-evidence.ts';
import { swapLine, swapReached, swapStateWords } from '../../words/swap.ts';
import { SwapApprovals } from './swap-approvals.tsx';
import { SwapCanary } from './swap-canary.tsx';
import { SwapEvidence } from './swap-evidence.tsx';
import styles from './swap-line.module.css';
import { SwapObserved } from './swap-observed.tsx';
import { SwapWindow } from './swap-window.tsx';

/** The states in their order, and under each what was done, by whom, and what it rests on. */
export function SwapLine({ swap }: { swap: SwapDetail }) {
  const isStopped = swap.state === 'blocked' || swap.state === 'cancelled' || swap.state === 'rolled-back';
  // What stopped it kept it from the next state, and stands there.
  const here = Math.min(swapReached(swap) + (isStopped ? 1 : 0), swapLine.length - 1);
  const placed = swapEventsByState<SwapDetail['events'][number]>(swap.events);
  const whenOf = (index: number): StateWhen => {
    if (index < here || swap.state === 'done') return 'past';
    if (index === here) return isStopped ? 'stopped' : 'now';
    return isStopped && swap.state !== 'blocked' ? 'left' : 'ahead';
  };
  return (
    <ol className={styles.line} aria-label="States of the swap">
      {swapLine.map((state, index) => {
        const when = whenOf(index);
        const at = swap.events.findLast(({ from, to }) => to === state && from !== to)?.at;
        const events = placed.get(state) ?? [];
        return (
          <li
            className={styles.state}
            data-when={when}
            key={state}
            aria-current={when === 'now' || when === 'stopped' ? 'step' : undefined}
          >
            <StateDot when={when} number={index + 1} />
            <div className={styles.body}>
              <h3 className={styles.name}>
                {swapStateWords(state).word}{' '}
                <span className={styles.when}>
                  {stateWhenWords[when]}
                  {at === undefined || when === 'ahead' || when === 'left' ? null : (
                    <>
                      , <Instant at={at} form="full" />
                    </>
                  )}
                </span>
              </h3>
              {events.length === 0 && when === 'ahead' ? (
                <p className={styles.ahead}>{swapAheadWords[state] ?? ''}</p>
              ) : null}
              <SwapEvidence events={events} names={swap.names} />
              {besides(state, swap)}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** What a state shows besides its events. */
function besides(state: SwapState, swap: SwapDetail): ReactNode {
  switch (state) {
    case 'canary':
      return <SwapCanary swap={swap} />;
    case 'scheduled':
      return (
        <>
          <SwapWindow swap={swap} />
          <SwapApprovals swap={swap} />
        </>
      );
    case 'observed':
      return swap.observation === null ? null : <SwapObserved observation={swap.observation} />;
    default:
      return null;
  }
}
