import { toneIcons } from '../../elements/pill.tsx';
import type { Tone } from '../../words/tone.ts';
import type { Basket } from './fleet.ts';
import styles from './fleet-counts.module.css';

const baskets: readonly { readonly basket: Basket; readonly word: string; readonly tone: Tone }[] = [
  { basket: 'healthy', word: 'Healthy', tone: 'ok' },
  { basket: 'needs-us', word: 'Needs us', tone: 'bad' },
  { basket: 'needs-customer', word: 'Needs the customer', tone: 'warn' },
  { basket: 'paused', word: 'Paused', tone: 'idle' },
];

interface FleetCountsProperties {
  readonly counts: Readonly<Record<Basket, number>>;
  readonly chosen: Basket | null;
  readonly onChoose: (basket: Basket | null) => void;
}

/** The strip of counts; each is a switch that shows only its connections. */
export function FleetCounts({ counts, chosen, onChoose }: FleetCountsProperties) {
  return (
    <ul className={styles.strip} aria-label="Connections by condition; choose one to see only those">
      {baskets.map(({ basket, word, tone }) => {
        const Icon = toneIcons[tone];
        // Nothing in a basket is no alarm: the colour comes with the first connection in it.
        const shown = counts[basket] === 0 ? 'idle' : tone;
        return (
          <li key={basket}>
            <button
              type="button"
              className={styles.count}
              data-tone={shown}
              aria-pressed={chosen === basket}
              onClick={() => onChoose(chosen === basket ? null : basket)}
            >
              <span className={styles.icon} data-tone={shown}>
                <Icon size={18} stroke={2.4} aria-hidden />
              </span>
              <span className={styles.number}>{counts[basket]}</span>
              <span className={styles.word}>{word}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
