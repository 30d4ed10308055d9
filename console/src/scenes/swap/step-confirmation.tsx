import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ActionButton } from '../../elements/action-button.tsx';
import styles from './swap-actions.module.css';
import type { SwapStep } from './swap-steps.ts';

interface StepConfirmationProperties {
  readonly step: SwapStep;
  readonly busy: boolean;
  /** The body of the request: the reason or note, where one was given. */
  readonly onYes: (body: { readonly [name: string]: string }) => void;
  /** The button that leaves things as they are. */
  readonly leave: ReactNode;
}

const labels = {
  reason: { label: 'Reason', description: 'Kept with the evidence. Optional.' },
  note: { label: 'Who said so, and where', description: 'Kept with the evidence. Optional.' },
} as const;

/** The second word before a step, with what it does and a place for the reason. */
export function StepConfirmation({ step, busy, onYes, leave }: StepConfirmationProperties) {
  const [text, setText] = useState('');
  const { words, does, busyWord, confirmation } = step;
  if (confirmation === null) return null;
  return (
    <section className={styles.form} data-hard={confirmation.hard} aria-label={words}>
      <div>
        <strong>{words}</strong>
        <p>{does}</p>
      </div>
      <TextInput
        {...labels[confirmation.reason]}
        autoFocus
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <ActionButton
          variant="filled"
          busyWord={busyWord}
          busy={busy}
          onClick={() => onYes(text.trim() === '' ? {} : { [confirmation.reason]: text.trim() })}
        >
          {confirmation.yes}
        </ActionButton>
        {leave}
      </div>
    </section>
  );
}
