import type { IssueChange } from '@sallyport/console-api';
import { Instant } from '../../elements/instant.tsx';
import styles from './changelog.module.css';

/** What was changed, by whom, when; the newest first. */
export function Changelog({ changes }: { changes: readonly IssueChange[] }) {
  if (changes.length === 0) return <p className={styles.mute}>Nothing was changed since it was made.</p>;
  return (
    <ol className={styles.list} reversed>
      {changes.map((change) => (
        <li className={styles.entry} key={`${change.id}`}>
          <p className={styles.who}>
            <strong>{change.author ?? 'Somebody'}</strong> <Instant at={change.at} form="full" />
          </p>
          <ul className={styles.items}>
            {change.items.map((item) => (
              <li key={`${item.field}-${item.from}-${item.to}`}>
                <span className={styles.field}>{item.field}</span> <Value text={item.from} /> <span aria-hidden>→</span>
                <span className="visually-hidden">became</span> <Value text={item.to} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Value({ text }: { text: string | null }) {
  return text === null || text === '' ? <em className={styles.mute}>nothing</em> : <span>{text}</span>;
}
