import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import styles from './text-block.module.css';

interface TextBlockProperties {
  readonly title: ReactNode;
  /** What the copy button copies, said in its name: `the command`. */
  readonly what: string;
  readonly text: string;
  /** Code keeps its lines and scrolls; a command and prose wrap. */
  readonly form?: 'code' | 'command' | 'prose';
  readonly actions?: ReactNode;
}

/** A text to take away, exactly as it is, with a button that copies it. */
export function TextBlock({ title, what, text, form = 'code', actions }: TextBlockProperties) {
  return (
    <div className={styles.block}>
      <div className={styles.head}>
        <div className={styles.title}>{title}</div>
        <div className={styles.actions}>
          {actions}
          <CopyButton text={text} label={`Copy ${what}`} />
        </div>
      </div>
      {/* A text that scrolls must be reachable by the keyboard. */}
      <pre className={styles.text} data-form={form} tabIndex={0} role="group" aria-label={what}>
        {text}
      </pre>
    </div>
  );
}
