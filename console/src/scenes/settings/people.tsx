import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useInvite, usePeople } from '../../api/people.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';

/** Who may sign in; each came by a link of their own and chose a password that nobody else knows. */
export function People() {
  const people = usePeople();
  const invite = useInvite();
  const clipboard = useClipboard();
  const link = invite.data === undefined ? null : window.location.origin + invite.data.path;
  return (
    <Panel
      title="People"
      aside={
        <Button
          variant="default"
          size="compact-md"
          aria-busy={invite.isPending}
          disabled={invite.isPending}
          onClick={() => invite.mutate()}
        >
          Invite somebody
        </Button>
      }
    >
      <p>Some decisions take two people, such as softening revocation in an emergency.</p>
      {invite.isError ? <ProblemNotice problem={invite.error} /> : null}
      {link === null || invite.data === undefined ? null : (
        <Notice
          tone="ok"
          role="status"
          title="Give this link to one person: it is not shown again."
          action={
            <Button variant="default" size="compact-md" onClick={() => clipboard.copy(link)}>
              {clipboard.copied ? 'Copied' : 'Copy'}
            </Button>
          }
        >
          <p>
            <code>{link}</code>
          </p>
          <p>
            It works once, until <Instant at={invite.data.expiresAt} form="full" />. Whoever opens it chooses a
            password.
          </p>
        </Notice>
      )}
      <LiveLoader query={people} what="the people">
        {(list) => (
          <FactTable
            caption="People who may sign in"
            columns={['Name', 'E-mail address']}
            rows={list.map(({ id, name, email }) => ({ id, cells: [name, email] }))}
          />
        )}
      </LiveLoader>
    </Panel>
  );
}
