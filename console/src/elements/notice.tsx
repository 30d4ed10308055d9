import type { ReactNode } from 'react';
import type { Tone } from '../words/tone.ts';
import styles from './notice.module.css';
import { toneIcons } from './pill.tsx';

interface NoticeProperties {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** `alert` interrupts a screen reader: only for what just went wrong. */
  readonly role?: 'alert' | 'status';
}

/** A sentence that people must not miss, with what follows from it. */
export function Notice({ tone, title, children, action, role }: NoticeProperties) {
  const Icon = toneIcons[tone];
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      <span className={styles.icon} data-tone={tone}>
        <Icon size={20} stroke={2.2} aria-hidden />
      </span>
      <div className={styles.body}>
        <div className={styles.title}>{title}</div>
        {children === undefined ? null : <div className={styles.text}>{children}</div>}
      </div>
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
}
