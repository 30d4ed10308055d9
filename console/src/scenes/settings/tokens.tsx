import type { ApiToken } from '@sallyport/console-api';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCreateToken, useRevokeToken, useTokens } from '../../api/tokens.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { EmptyState } from '../../elements/empty-state.tsx';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { NewTokenNotice } from './new-token-notice.tsx';
import styles from './tokens.module.css';

const ownerWords: Readonly<Record<ApiToken['owner'], string>> = {
  you: 'you',
  'another-operator': 'another operator',
  automation: 'automation',
};

/** API tokens, everybody's and automation's: make one, see when each was used, revoke. */
export function Tokens() {
  const tokens = useTokens();
  const create = useCreateToken();
  const revoke = useRevokeToken();
  const announce = useAnnounce();
  const [name, setName] = useState('');

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate({ name: name.trim() }, { onSuccess: () => setName('') });
  };

  return (
    <Panel title="API tokens">
      <p>For scripts: sent as a Bearer token, they may do what you may. These are all that work here.</p>
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label="What is it for?"
          placeholder="e.g. nightly export"
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" aria-busy={create.isPending} disabled={create.isPending || name.trim() === ''}>
          Create token
        </Button>
      </form>
      {create.isError ? <ProblemNotice problem={create.error} /> : null}
      {create.data === undefined ? null : <NewTokenNotice token={create.data.token} />}
      {revoke.isError ? <ProblemNotice problem={revoke.error} /> : null}
      <div className={styles.list}>
        <LiveLoader query={tokens} what="the tokens">
          {(list) =>
            list.length === 0 ? (
              <EmptyState title="No token yet.">Name what it is for and create one above.</EmptyState>
            ) : (
              <FactTable
                caption="API tokens"
                columns={['For', 'Owner', 'Created', 'Last used', '']}
                rows={list.map((token) => ({
                  id: token.id,
                  cells: [
                    token.name,
                    ownerWords[token.owner],
                    <Instant key="created" at={token.createdAt} form="date" />,
                    token.lastUsedAt === null ? 'never' : <Instant key="used" at={token.lastUsedAt} />,
                    <Button
                      key="revoke"
                      variant="default"
                      size="compact-sm"
                      aria-label={`Revoke the token ${token.name}`}
                      onClick={() =>
                        revoke.mutate(token.id, { onSuccess: () => announce(`The token ${token.name} is revoked.`) })
                      }
                    >
                      Revoke
                    </Button>,
                  ],
                }))}
              />
            )
          }
        </LiveLoader>
      </div>
    </Panel>
  );
}
