import type { SwapDetail } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAskSwap } from '../../api/swaps.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { useAnnounce } from '../../elements/announcement.tsx';
import { useNow } from '../../elements/instant.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { ApproveSwap } from './approve-swap.tsx';
import { CanaryTime } from './canary-time.tsx';
import { ChooseWindow } from './choose-window.tsx';
import { StepConfirmation } from './step-confirmation.tsx';
import styles from './swap-actions.module.css';
import { isBeforeActivation } from './swap-states.ts';
import { swapSteps, type SwapStep } from './swap-steps.ts';

/** Everything that people can do about it now, each with what it does; what is missing stands first. */
export function SwapActions({ swap }: { swap: SwapDetail }) {
  const ask = useAskSwap(swap.id);
  const announce = useAnnounce();
  const now = useNow();
  const [opened, setOpened] = useState<SwapStep['verb'] | null>(null);
  const steps = swapSteps(swap, now);
  const before = isBeforeActivation(swap.state);
  const awaited = swap.waitsFor?.code ?? '';
  if (steps.length === 0 && !before) return null;
  const confirmed = steps.find(({ verb, confirmation }) => verb === opened && confirmation !== null);
  const begin = ({ verb, words }: SwapStep, reason?: { readonly [name: string]: string }): void =>
    ask.mutate(
      { verb, body: reason ?? {} },
      {
        onSuccess: () => {
          setOpened(null);
          announce(`Asked: ${words}.`);
        },
      },
    );
  const asking = {
    asked: ask.isPending ? ask.variables.verb : null,
    onStep: (step: SwapStep): void => (step.confirmation === null ? begin(step) : setOpened(step.verb)),
  };
  return (
    <Panel title="What can be done now">
      {confirmed === undefined ? (
        <Steps steps={steps.filter((step) => step.confirmation?.hard !== true)} {...asking} />
      ) : (
        <StepConfirmation
          key={confirmed.verb}
          step={confirmed}
          busy={ask.isPending}
          onYes={(reason) => begin(confirmed, reason)}
          leave={
            <Button variant="default" disabled={ask.isPending} onClick={() => setOpened(null)}>
              Not now
            </Button>
          }
        />
      )}
      <ApproveSwap swap={swap} isAwaited={awaited.startsWith('approval-')} />
      {before && swap.rolloutId === null ? (
        <ChooseWindow swap={swap} isAwaited={awaited.startsWith('window-')} />
      ) : null}
      {swap.state === 'validated' || swap.state === 'proposed' ? <CanaryTime swap={swap} /> : null}
      {confirmed === undefined ? (
        <Steps steps={steps.filter((step) => step.confirmation?.hard === true)} {...asking} />
      ) : null}
      {ask.isError ? <ProblemNotice problem={ask.error} /> : null}
    </Panel>
  );
}

interface StepsProperties {
  readonly steps: readonly SwapStep[];
  /** What was asked for and is not answered yet. */
  readonly asked: string | null;
  readonly onStep: (step: SwapStep) => void;
}

/** Each with what it does; those that cannot be taken back are never the filled ones. */
function Steps({ steps, asked, onStep }: StepsProperties) {
  if (steps.length === 0) return null;
  return (
    <ul className={styles.steps}>
      {steps.map((step, index) => (
        <li className={styles.step} key={step.verb}>
          <ActionButton
            variant={index === 0 && step.confirmation?.hard !== true ? 'filled' : 'default'}
            busyWord={step.busyWord}
            busy={asked === step.verb}
            disabled={asked !== null && asked !== step.verb}
            onClick={() => onStep(step)}
          >
            {step.words}
          </ActionButton>
          <span className={styles.does}>{step.does}</span>
        </li>
      ))}
    </ul>
  );
}
