import type { SwapDetail } from '@sallyport/console-api';
import { useAskSwap, type SwapAsked } from '../../api/swaps.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import styles from './swap-actions.module.css';
import { isBeforeActivation } from './swap-states.ts';

interface Step {
  readonly verb: SwapAsked['verb'];
  readonly words: string;
  readonly busyWord: string;
}

/** What people can ask for in this state; whether it is made is judged by the connectors, which say why not. */
function swapSteps(swap: Pick<SwapDetail, 'state' | 'trustedAt' | 'canaryRunning' | 'oldReady'>): readonly Step[] {
  const before = isBeforeActivation(swap.state);
  const served = swap.state === 'active' || swap.state === 'observed';
  return [
    ...(before && swap.trustedAt === null
      ? [{ verb: 'trusted', words: 'The customer says it is trusted', busyWord: 'Recording' } as const]
      : []),
    ...(swap.state === 'trust-announced' && !swap.canaryRunning
      ? [{ verb: 'canary', words: 'Canary now', busyWord: 'Asking' } as const]
      : []),
    ...(swap.state === 'scheduled' ? [{ verb: 'activate', words: 'Activate', busyWord: 'Activating' } as const] : []),
    ...(swap.state === 'observed' ? [{ verb: 'finish', words: 'Finish now', busyWord: 'Finishing' } as const] : []),
    ...(served && swap.oldReady ? [{ verb: 'roll-back', words: 'Roll back', busyWord: 'Rolling back' } as const] : []),
    ...(swap.state === 'blocked' ? [{ verb: 'resume', words: 'Go on', busyWord: 'Resuming' } as const] : []),
    ...(before || swap.state === 'blocked'
      ? [{ verb: 'cancel', words: 'Cancel the swap', busyWord: 'Cancelling' } as const]
      : []),
  ];
}

export function SwapActions({ swap }: { swap: SwapDetail }) {
  const ask = useAskSwap(swap.id);
  const announce = useAnnounce();
  const steps = swapSteps(swap);
  if (steps.length === 0) return null;
  return (
    <Panel title="What can be done now">
      <div className={styles.buttons}>
        {steps.map(({ verb, words, busyWord }, index) => (
          <ActionButton
            key={verb}
            variant={index === 0 && verb !== 'cancel' && verb !== 'roll-back' ? 'filled' : 'default'}
            busyWord={busyWord}
            busy={ask.isPending && ask.variables.verb === verb}
            disabled={ask.isPending && ask.variables.verb !== verb}
            onClick={() => ask.mutate({ verb }, { onSuccess: () => announce(`Asked: ${words}.`) })}
          >
            {words}
          </ActionButton>
        ))}
      </div>
      {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
    </Panel>
  );
}
