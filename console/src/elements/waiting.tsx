import styles from './waiting.module.css';

/** Shown while something loads; quiet for the first moments, so that fast answers do not flicker. */
export function Waiting({ what }: { what: string }) {
  return (
    <div className={styles.waiting} role="status">
      <span className={styles.bar} aria-hidden />
      <span>Loading {what}…</span>
    </div>
  );
}
