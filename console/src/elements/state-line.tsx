import { StateDot, stateWhenWords, type StateWhen } from './state-dot.tsx';
import styles from './state-line.module.css';

export interface LineState {
  readonly name: string;
  readonly when: StateWhen;
}

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
          <StateDot when={when} number={index + 1} />
          <span className={styles.name}>{name}</span>
          <span className={styles.when}>{stateWhenWords[when]}</span>
        </li>
      ))}
    </ol>
  );
}
