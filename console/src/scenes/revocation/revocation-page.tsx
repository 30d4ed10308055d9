import type { RevocationSource } from '@sallyport/console-api';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useRevocationSources, useSoftenings } from '../../api/revocation.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Notice } from '../../elements/notice.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ReplayPanel } from './replay-panel.tsx';
import styles from './revocation-page.module.css';
import { Softenings } from './softenings.tsx';
import { sourceCondition, worstFirst } from './source-condition.ts';
import { SourceTable } from './source-table.tsx';

/** What is held of every authority, how fresh it is, and where somebody has softened the rule for a while. */
export function RevocationPage() {
  const sources = useRevocationSources();
  const softenings = useSoftenings();
  return (
    <>
      <PageHeading title="Revocation">
        Connectors fetch what authorities say about certificates taken back, ahead of need, once for each host. What a
        valid source calls revoked is refused whatever the other sources say.
      </PageHeading>
      <LiveLoader query={sources} what="the sources">
        {(list) => (
          <>
            <Summary sources={list} />
            <Panel title="What we hold">
              <Sources sources={list} />
            </Panel>
          </>
        )}
      </LiveLoader>
      <LiveLoader query={softenings} what="the softenings">
        {(list) => (
          <Softenings
            softenings={list}
            authorities={[...new Set((sources.data ?? []).map(({ authority }) => authority))].filter(
              (name) => name !== '',
            )}
          />
        )}
      </LiveLoader>
      <ReplayPanel />
    </>
  );
}

function Summary({ sources }: { sources: readonly RevocationSource[] }) {
  const troubled = sources.filter((source) => sourceCondition(source).needsLook).length;
  if (sources.length === 0) return null;
  if (troubled === 0) {
    return (
      <Notice
        tone="ok"
        title={sources.length === 1 ? 'The one source is in order.' : `All ${sources.length} sources are in order.`}
      />
    );
  }
  return (
    <Notice
      tone="warn"
      title={`${troubled} of ${sources.length} ${sources.length === 1 ? 'source needs' : 'sources need'} a look.`}
    >
      <p>
        They stand first. What was fetched before is used until its next update; after that, connections with the mode
        “hard” refuse what cannot be told.
      </p>
    </Notice>
  );
}

/** Fewer rows are read faster than they are searched. */
const searchedFrom = 8;

function Sources({ sources }: { sources: readonly RevocationSource[] }) {
  const [search, setSearch] = useState('');
  if (sources.length === 0) {
    return (
      <EmptyState title="Nothing is held yet.">
        The first check of a connection shows which authorities stand behind its certificates. From then on what they
        publish is fetched ahead of need.
      </EmptyState>
    );
  }
  const words = search.trim().toLowerCase();
  const shown = worstFirst(sources).filter(({ authority, url, host }) =>
    [authority, url, host].some((text) => text.toLowerCase().includes(words)),
  );
  return (
    <>
      {sources.length < searchedFrom ? null : (
        <div className={styles.search}>
          <TextInput
            type="search"
            label="Search"
            placeholder="authority, address, connector host"
            leftSection={<IconSearch size={16} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
      )}
      {shown.length === 0 ? (
        <EmptyState title="No source fits.">No authority, address or host has these words.</EmptyState>
      ) : (
        <SourceTable sources={shown} />
      )}
    </>
  );
}
