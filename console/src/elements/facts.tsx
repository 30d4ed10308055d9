import type { ReactNode } from 'react';
import styles from './facts.module.css';

export interface Fact {
  readonly term: string;
  readonly detail: ReactNode;
}

/** Names and values, as a description list. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ term, detail }) => (
        <div className={styles.fact} key={term}>
          <dt className={styles.term}>{term}</dt>
          <dd className={styles.detail}>{detail}</dd>
        </div>
      ))}
    </dl>
  );
}
