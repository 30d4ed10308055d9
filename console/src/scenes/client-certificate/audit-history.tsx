import type { AuditEvent } from '@sallyport/console-api';
import { Link } from 'react-router';
import { useHistory, type HistoryOf } from '../../api/audit.ts';
import { usePeople } from '../../api/people.ts';
import { ActionButton } from '../../elements/action-button.tsx';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { actorName, auditWords, subjectAddress } from '../../words/audit.ts';
import styles from './audit-history.module.css';

interface AuditHistoryProperties {
  readonly of: HistoryOf;
  readonly caption: string;
  /** The subject that needs no link: the page is about it. */
  readonly here?: string;
  /** The sentence where no event is visible. */
  readonly none: string;
}

/** What was done with something and by whom, from the audit trail; older events on request. */
export function AuditHistory({ of, caption, here, none }: AuditHistoryProperties) {
  const history = useHistory(of);
  const people = usePeople();
  const names = new Map((people.data ?? []).map(({ id, name }) => [id, name]));
  const rowOf = ({ id, action, at, actor, subject }: AuditEvent) => {
    const address = subject === here ? null : subjectAddress(subject);
    return {
      id,
      cells: [
        <span key="what" title={action}>
          {address === null ? auditWords(action) : <Link to={address}>{auditWords(action)}</Link>}
        </span>,
        <Instant key="when" at={at} />,
        actorName(actor, names),
      ],
    };
  };
  return (
    <LiveLoader query={history} what="the history">
      {(events) =>
        events.length === 0 ? (
          <p>{none}</p>
        ) : (
          <>
            <FactTable caption={caption} columns={['What', 'When', 'By']} narrow="stack" rows={events.map(rowOf)} />
            <div className={styles.foot} role="status">
              {history.hasNextPage ? (
                <ActionButton
                  busyWord="Looking"
                  busy={history.isFetchingNextPage}
                  onClick={() => void history.fetchNextPage()}
                >
                  Show older events
                </ActionButton>
              ) : (
                <span className={styles.note}>
                  {events.length === 1 ? 'One event' : `${events.length} events`}: that is all.
                </span>
              )}
            </div>
          </>
        )
      }
    </LiveLoader>
  );
}
