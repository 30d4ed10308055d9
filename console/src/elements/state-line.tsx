import { IconCheck, IconX } from '@tabler/icons-react';
import styles from './state-line.module.css';

export interface LineState {
  readonly name: string;
  /** `stopped` ends the line: what comes after is not reached. */
  readonly when: 'past' | 'now' | 'ahead' | 'stopped';
}

const whenWords = { past: 'done', now: 'now', ahead: 'to come', stopped: 'stopped here' } as const;

/** States in their order: what is done, where it stands, what comes; in shape and word as well as colour. */
export function StateLine({ label, states }: { label: string; states: readonly LineState[] }) {
  return (
    <ol className={styles.line} aria-label={label}>
      {states.map(({ name, when }, index) => (
        <li
          className={styles.state}
          data-when={when}
          key={name}
          aria-current={when === 'now' || when === 'stopped' ? 'step' : undefined}
        >
          <span className={styles.dot} aria-hidden>
            {when === 'past' ? (
              <IconCheck size={14} stroke={3} />
            ) : when === 'stopped' ? (
              <IconX size={14} stroke={3} />
            ) : (
              index + 1
            )}
          </span>
          <span className={styles.name}>{name}</span>
          <span className={styles.when}>{whenWords[when]}</span>
        </li>
      ))}
    </ol>
  );
}
