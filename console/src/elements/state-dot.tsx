import { IconCheck, IconX } from '@tabler/icons-react';
import styles from './state-dot.module.css';

/** `stopped` ends the line; `left` is what will not be reached any more. */
export type StateWhen = 'past' | 'now' | 'ahead' | 'stopped' | 'left';

export const stateWhenWords: Readonly<Record<StateWhen, string>> = {
  past: 'done',
  now: 'now',
  ahead: 'to come',
  stopped: 'stopped here',
  left: 'not reached',
};

/** The station of a state on its line, by shape as well as colour; beside it stand its name and `stateWhenWords`. */
export function StateDot({ when, number }: { readonly when: StateWhen; readonly number: number }) {
  return (
    <span className={styles.dot} data-when={when} aria-hidden>
      {when === 'past' ? (
        <IconCheck size={14} stroke={3} />
      ) : when === 'stopped' ? (
        <IconX size={14} stroke={3} />
      ) : (
        number
      )}
    </span>
  );
}
