import styles from './brand.module.css';

/** The gate with the arrow that leads out of it. */
export function Brand() {
  return (
    <span className={styles.brand}>
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="7" className={styles.tile} />
        <path d="M8 25V14a8 8 0 0 1 16 0v11" className={styles.line} />
        <path d="M12 19h9m-3.6-3.6L21 19l-3.6 3.6" className={styles.line} />
      </svg>
      Sallyport
    </span>
  );
}
