import type { Connector } from '@sallyport/console-api';
import { useConnectors } from '../../api/connectors.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { FactTable } from '../../elements/fact-table.tsx';
import { Instant, useNow } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { heartbeatWords } from './heartbeat.ts';

/** The connectors by egress group, with their heartbeats. They listen nowhere: what is shown they wrote themselves. */
export function ConnectorsPage() {
  const connectors = useConnectors();
  const now = useNow(1000);
  return (
    <>
      <PageHeading title="Connectors">
        They only dial. None of them can be asked anything: every two seconds each writes a heartbeat into the database.
      </PageHeading>
      <LiveLoader query={connectors} what="the connectors">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No connector has ever run.">
              Start one with <code>./sallyport connector</code>. Until then nothing can be dialled: checks wait and time
              out, issues are not read.
            </EmptyState>
          ) : (
            <Panel title="Heartbeats">
              <FactTable
                caption="Connectors"
                columns={[
                  'Connector',
                  'Egress group',
                  'Condition',
                  'Last heartbeat',
                  'Started',
                  ...(list.some(hasVersion) ? ['Version'] : []),
                ]}
                rows={list.map((connector) => {
                  const { word, tone } = heartbeatWords(connector.heartbeatAt, now);
                  return {
                    id: connector.id,
                    cells: [
                      connector.id,
                      connector.egressGroup,
                      <Pill key="condition" tone={tone}>
                        {word}
                      </Pill>,
                      <Instant key="heartbeat" at={connector.heartbeatAt} />,
                      <Instant key="start" at={connector.startedAt} form="full" />,
                      ...(list.some(hasVersion) ? [connector.version ?? '–'] : []),
                    ],
                  };
                })}
              />
            </Panel>
          )
        }
      </LiveLoader>
    </>
  );
}

function hasVersion({ version }: Connector): boolean {
  return version !== null;
}
