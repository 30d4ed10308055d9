import { useId, type ReactNode } from 'react';
import styles from './section.module.css';

/** A group of fields with its reason beside it. */
export function Section({ title, reason, children }: { title: string; reason: string; children: ReactNode }) {
  const id = useId();
  // A legend names its group by itself only as a direct child; here it shares a column with the reason.
  return (
    <fieldset className={styles.section} aria-labelledby={id}>
      <div className={styles.words}>
        <legend className={styles.title} id={id}>
          {title}
        </legend>
        <p className={styles.reason}>{reason}</p>
      </div>
      <div className={styles.fields}>{children}</div>
    </fieldset>
  );
}
