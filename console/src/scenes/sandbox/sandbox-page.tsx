import { Link } from 'react-router';
import { useSandbox, useSwitchFault } from '../../api/sandbox.ts';
import { useAnnounce } from '../../elements/announcement.tsx';
import { EmptyState } from '../../elements/empty-state.tsx';
import { Facts } from '../../elements/facts.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { ProblemNotice } from '../../elements/problem-notice.tsx';
import { SandboxMark } from '../../elements/sandbox-mark.tsx';
import type { Sandbox } from '@sallyport/console-api';
import { FaultSwitch, type SandboxFaultRow } from './fault-switch.tsx';
import { SandboxOffer } from './sandbox-offer.tsx';

/** The far side for trying: what it is, and the faults it can show. */
export function SandboxPage() {
  const sandbox = useSandbox();
  return (
    <>
      <PageHeading title="The sandbox" pill={<SandboxMark />}>
        A made-up far side on this machine: a demo authority, a proxy that demands our client certificate, a simulated
        Jira. No real data, no real hosts.
      </PageHeading>
      <LiveLoader query={sandbox} what="the sandbox">
        {(state) =>
          state.present ? (
            <>
              <SandboxOffer />
              <Panel title="Faults of the far side">
                <Faults sandbox={state} />
              </Panel>
              <Panel title="Where it is">
                <Facts
                  facts={[
                    { term: 'Base URL', detail: <code>{state.baseUrl}</code> },
                    { term: 'Projects', detail: state.projects.join(', ') },
                    {
                      term: 'Connection',
                      detail:
                        state.connectionId === null ? (
                          'not connected yet'
                        ) : (
                          <Link to={`/connections/${state.connectionId}`}>to its page</Link>
                        ),
                    },
                  ]}
                />
              </Panel>
            </>
          ) : (
            <EmptyState title="No sandbox runs here.">
              Start with <code>./sallyport up</code> to have one, or leave it out with <code>--no-sandbox</code>.
            </EmptyState>
          )
        }
      </LiveLoader>
    </>
  );
}

const groupTitles: Readonly<Record<SandboxFaultRow['group'], string>> = {
  server: "The server's certificate and TLS",
  'client-certificate': 'What the enforcer makes of our certificate',
  'revocation-source': 'Where revocation data comes from',
  jira: 'Jira behind the enforcer',
};

function Faults({ sandbox: { faults, faultList, connectionId } }: { sandbox: Sandbox }) {
  const switchFault = useSwitchFault();
  const announce = useAnnounce();
  const groups = (Object.keys(groupTitles) as SandboxFaultRow['group'][]).map((group) => ({
    group,
    rows: faultList.filter((row) => row.group === group),
  }));
  return (
    <>
      <p>
        Switch one on, then <em>Check now</em> on{' '}
        {connectionId === null ? 'its connection' : <Link to={`/connections/${connectionId}`}>its connection</Link>}{' '}
        tells in one sentence what is wrong and who must act.
      </p>
      {switchFault.isError ? <ProblemNotice problem={switchFault.error} /> : null}
      {groups.map(({ group, rows }) =>
        rows.length === 0 ? null : (
          <section key={group} aria-labelledby={`faults-${group}`}>
            <h3 id={`faults-${group}`}>{groupTitles[group]}</h3>
            {rows.map((row) => (
              <FaultSwitch
                key={row.name}
                fault={row}
                on={faults[row.name] ?? false}
                busy={switchFault.isPending && switchFault.variables.fault === row.name}
                onChange={(on) =>
                  switchFault.mutate(
                    { fault: row.name, on },
                    { onSuccess: () => announce(`The fault is ${on ? 'on' : 'off'}.`) },
                  )
                }
              />
            ))}
          </section>
        ),
      )}
    </>
  );
}
