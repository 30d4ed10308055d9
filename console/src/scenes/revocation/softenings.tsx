import type { Softening } from '@sallyport/console-api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '../../elements/empty-state.tsx';
import { Panel } from '../../elements/panel.tsx';
import { SofteningCard } from './softening-card.tsx';
import { SofteningForm } from './softening-form.tsx';
import styles from './softenings.module.css';

interface SofteningsProperties {
  readonly softenings: readonly Softening[];
  readonly authorities: readonly string[];
}

/** Emergency softening: for one authority whose servers are down, by two people, and over by itself. */
export function Softenings({ softenings, authorities }: SofteningsProperties) {
  const [proposing, setProposing] = useState(false);
  const open = softenings.filter(({ state }) => state === 'proposed' || state === 'in-force');
  const past = softenings.filter(({ state }) => state === 'ended' || state === 'lapsed');
  return (
    <Panel
      title="Emergency softening"
      aside={
        proposing ? undefined : (
          <Button variant="default" size="compact-md" onClick={() => setProposing(true)}>
            Propose one
          </Button>
        )
      }
    >
      <p className={styles.rule}>
        When the servers of an authority are down, everything under it would stop. Two people can let its certificates
        pass as “unknown” for 72 hours at most. A certificate that is known to be revoked is refused all the same, and
        every report made under it says so.
      </p>
      {proposing ? <SofteningForm authorities={authorities} onDone={() => setProposing(false)} /> : null}
      {open.length === 0 && !proposing ? (
        <EmptyState title="Nothing is softened.">Every authority is held to the terms of each connection.</EmptyState>
      ) : null}
      {open.map((softening) => (
        <SofteningCard key={softening.id} softening={softening} />
      ))}
      {past.length === 0 ? null : (
        <details className={styles.past}>
          <summary>{past.length === 1 ? 'One earlier' : `${past.length} earlier`}</summary>
          {past.map((softening) => (
            <SofteningCard key={softening.id} softening={softening} />
          ))}
        </details>
      )}
    </Panel>
  );
}
