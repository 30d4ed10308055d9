import type { IssueDetail } from '@sallyport/console-api';
import { IconExternalLink } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { useIssue } from '../../api/issues.ts';
import { Facts, type Fact } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Notice } from '../../elements/notice.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Changelog } from './changelog.tsx';
import { fieldFacts } from './field-facts.ts';
import { IssueStatus } from './issue-status.tsx';
import styles from './issue-page.module.css';

/** One issue as it was read from Jira, with its changelog. */
export function IssuePage() {
  const { connectionId = '', remoteId = '' } = useParams();
  const issue = useIssue(connectionId, remoteId);
  return (
    <>
      <Link className={styles.back} to={`/connections/${connectionId}/issues`}>
        ← To the issues of this connection
      </Link>
      <LiveLoader query={issue} what="the issue">
        {(read) => <Issue issue={read} />}
      </LiveLoader>
    </>
  );
}

function Issue({ issue }: { issue: IssueDetail }) {
  const facts: Fact[] = [
    { term: 'Project', detail: issue.projectKey },
    { term: 'Type', detail: issue.type ?? '–' },
    { term: 'Status', detail: <IssueStatus name={issue.status ?? 'none'} category={issue.statusCategory} /> },
    { term: 'Priority', detail: issue.priority ?? 'none' },
    { term: 'Assignee', detail: issue.assignee ?? 'nobody' },
    { term: 'Reporter', detail: issue.reporter ?? 'nobody' },
    { term: 'Created', detail: issue.createdAt === null ? '–' : <Instant at={issue.createdAt} form="full" /> },
    { term: 'Updated', detail: <Instant at={issue.updatedAt} form="full" /> },
  ];
  return (
    <>
      <PageHeading title={`${issue.key} ${issue.summary}`}>
        Read-only, as it was read from Jira.{' '}
        <a href={issue.link} target="_blank" rel="noopener noreferrer">
          Open it in Jira <IconExternalLink size={14} aria-hidden />
        </a>
      </PageHeading>
      {issue.problems.length === 0 ? null : (
        <Notice tone="warn" title="Jira’s answer was odd in places; what could be read is here.">
          <ul>
            {issue.problems.map(({ field, message }) => (
              <li key={field}>
                <code>{field}</code>: {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className={styles.two}>
        <Panel title="What was changed">
          <Changelog changes={issue.changes} />
        </Panel>
        <Panel title="Fields">
          <Facts facts={[...facts, ...fieldFacts(issue)]} />
        </Panel>
      </div>
    </>
  );
}
