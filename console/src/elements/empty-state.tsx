import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProperties {
  readonly title: string;
  readonly children: ReactNode;
  /** The next step: a button or a link. */
  readonly action?: ReactNode;
}

/** Nothing here yet: why, and the next step. */
export function EmptyState({ title, children, action }: EmptyStateProperties) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <div className={styles.text}>{children}</div>
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
}
