import type { IssueSummary } from '@sallyport/console-api';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useIssues, type IssueFilter } from '../../api/issues.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import tableStyles from '../../elements/table.module.css';
import styles from './issue-list.module.css';
import { IssueStatus } from './issue-status.tsx';

interface IssueListProperties {
  readonly connectionId: string;
  readonly projectKeys: readonly string[];
  /** Said when nothing was read yet: what must happen first. */
  readonly beforeFirst: string;
  /** How many are stored by now: when it changes, the list renews itself. */
  readonly stored: number;
}

const searchDelayMilliseconds = 250;

/** The issues of one connection: search, filter by project and status, open one. */
export function IssueList({ connectionId, projectKeys, beforeFirst, stored }: IssueListProperties) {
  const [search, setSearch] = useState('');
  const [project, setProject] = useState('');
  const [status, setStatus] = useState('');
  const [settled] = useDebouncedValue(search, searchDelayMilliseconds);
  const filter: IssueFilter = { search: settled.trim(), project, status };
  const issues = useIssues(connectionId, filter, stored);
  const filtered = filter.search !== '' || project !== '' || status !== '';
  return (
    <>
      <form className={styles.filter} role="search" aria-label="Issues" onSubmit={(event) => event.preventDefault()}>
        <TextInput
          className={styles.search}
          type="search"
          label="Search"
          placeholder="Key or words of the summary"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <NativeSelect
          label="Project"
          data={[{ value: '', label: 'All projects' }, ...projectKeys]}
          value={project}
          onChange={(event) => setProject(event.currentTarget.value)}
        />
        <NativeSelect
          label="Status"
          data={[{ value: '', label: 'Every status' }, ...statusesOf(issues.data?.statuses, status)]}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
        />
      </form>
      <LiveLoader query={issues} what="the issues">
        {({ items, total }) =>
          items.length === 0 ? (
            <EmptyState title={filtered ? 'No issue fits.' : 'No issue yet.'}>
              {filtered ? 'Other words, or another project or status, may find it.' : beforeFirst}
            </EmptyState>
          ) : (
            <>
              <IssueTable connectionId={connectionId} issues={items} />
              <div className={styles.foot}>
                <span role="status">
                  {items.length.toLocaleString('en-GB')}
                  {total === null ? ' shown' : ` of ${total.toLocaleString('en-GB')}`}
                </span>
                {issues.hasNextPage ? (
                  <Button
                    variant="default"
                    aria-busy={issues.isFetchingNextPage}
                    onClick={() => void issues.fetchNextPage()}
                  >
                    Show more
                  </Button>
                ) : null}
              </div>
            </>
          )
        }
      </LiveLoader>
    </>
  );
}

function statusesOf(known: readonly string[] | undefined, chosen: string): readonly string[] {
  const all = new Set(known ?? []);
  if (chosen !== '') all.add(chosen);
  return [...all].toSorted((one, other) => one.localeCompare(other));
}

function IssueTable({ connectionId, issues }: { connectionId: string; issues: readonly IssueSummary[] }) {
  return (
    <div className={tableStyles.scroll}>
      <table className={`${tableStyles.table} ${styles.table}`}>
        <caption className="visually-hidden">Issues</caption>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Summary</th>
            <th scope="col">Type</th>
            <th scope="col">Status</th>
            <th scope="col">Assignee</th>
            <th scope="col">Updated</th>
          </tr>
        </thead>
        <tbody>
          {issues.map((issue) => (
            <tr key={issue.remoteId}>
              <th scope="row" className={styles.key}>
                <Link to={`/connections/${connectionId}/issues/${issue.remoteId}`}>{issue.key}</Link>
              </th>
              <td className={styles.summary}>{issue.summary}</td>
              <td>{issue.type ?? '–'}</td>
              <td>
                <IssueStatus name={issue.status ?? 'none'} category={issue.statusCategory} />
              </td>
              <td>{issue.assignee ?? <span className={styles.mute}>nobody</span>}</td>
              <td className={styles.when}>
                <Instant at={issue.updatedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
