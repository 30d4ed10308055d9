import { useId, type ReactNode } from 'react';
import styles from './panel.module.css';

interface PanelProperties {
  readonly title: string;
  /** Stands at the right of the title: a pill, a small button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a page; a landmark region by its title. */
export function Panel({ title, aside, children }: PanelProperties) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 className={styles.title} id={id}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
