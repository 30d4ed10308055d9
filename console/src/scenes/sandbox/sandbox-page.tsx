import { Link } from 'react-router';
import { useSandbox } from '../../api/sandbox.ts';
import { EmptyState } from '../../elements/empty-state.tsx';
import { Facts } from '../../elements/facts.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { Panel } from '../../elements/panel.tsx';
import { SandboxMark } from '../../elements/sandbox-mark.tsx';
import formStyles from '../new-connection/connection-form.module.css';
import { FaultList } from './fault-list.tsx';
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
              <Panel title="A swap to try">
                <div className={formStyles.form}>
                  <p>
                    Of each <Link to="/client-certificates">client certificate</Link> there is a renewal: the same name
                    from the same authority with a new key. Open the one named “*.operator.example, renewed” and propose
                    that the sandbox goes over to it. For a far side that refuses it, switch on “Refuses renewed
                    certificates” below.
                  </p>
                  <p>
                    To try the intake too, upload <code>sandbox/renewal-to-upload.pem</code> of the data directory: an
                    operator wildcard of an agreed private authority (its root is <code>sandbox/anchors.pem</code>),
                    password <code>sandbox</code>.
                  </p>
                </div>
              </Panel>
              <Panel title="Faults of the far side">
                <FaultList sandbox={state} />
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
