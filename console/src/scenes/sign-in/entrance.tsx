import type { ReactNode } from 'react';
import { Brand } from '../../frame/brand.tsx';
import { ColorSchemeSwitch } from '../../frame/color-scheme-switch.tsx';
import styles from './entrance.module.css';

/** The one card of the pages in front of the gate: sign-in and the first operator. */
export function Entrance({ children }: { children: ReactNode }) {
  return (
    <div className={styles.ground}>
      <main className={styles.card} id="main">
        <div className={styles.head}>
          <Brand />
          <ColorSchemeSwitch />
        </div>
        {children}
      </main>
      <p className={styles.foot}>Jira connections over mutual TLS, on agreed terms, proven every day.</p>
    </div>
  );
}
