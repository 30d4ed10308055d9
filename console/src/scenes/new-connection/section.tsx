import type { ReactNode } from 'react';
import styles from './section.module.css';

/** A group of fields with its reason beside it. */
export function Section({ title, reason, children }: { title: string; reason: string; children: ReactNode }) {
  return (
    <fieldset className={styles.section}>
      <div className={styles.words}>
        <legend className={styles.title}>{title}</legend>
        <p className={styles.reason}>{reason}</p>
      </div>
      <div className={styles.fields}>{children}</div>
    </fieldset>
  );
}
