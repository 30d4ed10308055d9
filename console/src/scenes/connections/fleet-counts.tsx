import { toneIcons } from '../../elements/pill.tsx';
import { baskets, basketWords, type Basket } from '../../words/basket.ts';
import styles from './fleet-counts.module.css';

interface FleetCountsProperties {
  readonly counts: Readonly<Record<Basket, number>>;
  readonly chosen: Basket | null;
  readonly onChoose: (basket: Basket | null) => void;
}

/** The strip of counts; each is a switch that shows only its connections. */
export function FleetCounts({ counts, chosen, onChoose }: FleetCountsProperties) {
  return (
    <ul className={styles.strip} aria-label="Connections by condition; choose one to see only those">
      {baskets.map((basket) => {
        const { word, tone } = basketWords[basket];
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
