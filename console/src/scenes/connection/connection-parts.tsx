import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import styles from './connection-parts.module.css';

const parts = [
  { part: 'overview', label: 'Overview' },
  { part: 'issues', label: 'Issues' },
  { part: 'doctor', label: 'Doctor' },
  { part: 'revocation', label: 'Revocation' },
  { part: 'enforcer', label: 'Enforcer kit' },
  { part: 'terms', label: 'Terms' },
  { part: 'history', label: 'History' },
] as const;

/** The parts of a connection's page: each has an address of its own. */
export function ConnectionParts({ connectionId, part }: { connectionId: string; part: string }) {
  const bar = useRef<HTMLElement>(null);
  // On a narrow screen the bar scrolls: where one is must be in sight.
  useEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [part]);
  return (
    <nav className={styles.parts} ref={bar} aria-label="Parts of this connection">
      {parts.map(({ part: name, label }) => (
        <Link
          className={styles.part}
          key={name}
          to={name === 'overview' ? `/connections/${connectionId}` : `/connections/${connectionId}/${name}`}
          aria-current={name === part ? 'page' : undefined}
          preventScrollReset
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
