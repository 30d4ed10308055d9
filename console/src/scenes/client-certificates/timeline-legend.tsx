import styles from './expiry-timeline.module.css';

/** What the signs mean. */
export function TimelineLegend() {
  return (
    <ul className={styles.legend} aria-label="Signs in the timeline">
      <li>
        <svg width="22" height="12" aria-hidden>
          <rect className={styles.spent} x="1" y="2" width="10" height="8" />
          <rect className={styles.left} x="11" y="2" width="10" height="8" />
        </svg>
        spent, and left
      </li>
      <li>
        <svg width="12" height="12" aria-hidden>
          <rect className={styles.warn} x="1" y="2" width="10" height="8" />
        </svg>
        ends within 30 days, or its swap waits for somebody
      </li>
      <li>
        <svg width="12" height="12" aria-hidden>
          <rect className={styles.bad} x="1" y="2" width="10" height="8" />
        </svg>
        ends within 7 days, ended, revoked or blocked
      </li>
      <li>
        <svg width="12" height="12" aria-hidden>
          <rect className={styles.calm} x="1" y="2" width="10" height="8" />
        </svg>
        ends soon, its renewal is under way
      </li>
      <li>
        <svg width="14" height="14" aria-hidden>
          <path className={styles.plan} d="M7 0 L14 7 L7 14 L0 7 Z" />
        </svg>
        window of a swap or rollout
      </li>
      <li>
        <svg width="12" height="14" aria-hidden>
          <path className={styles.flag} d="M2 1 L11 5 L2 9 Z M2 1 L2 14" />
        </svg>
        last sensible day to act
      </li>
      <li>
        <svg width="14" height="12" aria-hidden>
          <circle className={styles.past} cx="7" cy="6" r="3.5" />
        </svg>
        notice that fell due
      </li>
      <li>
        <svg width="14" height="12" aria-hidden>
          <circle className={styles.ahead} cx="7" cy="6" r="3.5" />
        </svg>
        notice to come
      </li>
    </ul>
  );
}
