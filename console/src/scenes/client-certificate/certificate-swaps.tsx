import type { ClientCertificateDetail, Swap } from '@sallyport/console-api';
import { Link } from 'react-router';
import { useSwaps } from '../../api/swaps.ts';
import { FactTable } from '../../elements/fact-table.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Instant } from '../../elements/instant.tsx';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { Panel } from '../../elements/panel.tsx';
import { Pill } from '../../elements/pill.tsx';
import { actorWords } from '../../words/actor.ts';
import { swapClassWords, swapStateWords } from '../../words/swap.ts';
import { roleOf, succession, successorWords, type Successor } from './succession.ts';
import styles from './certificate-swaps.module.css';

const mostShown = 50;

/** The swaps that bring the certificate or take it away: class, state, what came of it; and what it follows and precedes. */
export function CertificateSwaps({ certificate }: { certificate: ClientCertificateDetail }) {
  const swaps = useSwaps({ certificateId: certificate.id });
  return (
    <Panel title="What it replaces, and what replaces it">
      <LiveLoader query={swaps} what="the swaps">
        {(list) =>
          list.length === 0 ? (
            <p>
              No swap has brought it or taken it away
              {certificate.retirement === null ? '. One is proposed below.' : '.'}
            </p>
          ) : (
            <>
              <div className={styles.succession}>
                <Succession swaps={list} id={certificate.id} />
              </div>
              <FactTable
                caption="Swaps that bring it or take it away"
                columns={['Connection', 'What', 'Class', 'State', 'What came of it']}
                narrow="stack"
                rows={list.slice(0, mostShown).map((swap) => rowOf(swap, certificate.id))}
              />
              {list.length > mostShown ? (
                <p className={styles.note}>
                  The newest {mostShown} of {list.length}.
                </p>
              ) : null}
            </>
          )
        }
      </LiveLoader>
    </Panel>
  );
}

function Succession({ swaps, id }: { swaps: readonly Swap[]; id: string }) {
  const { replaces, replacedBy } = succession(swaps, id);
  const detail = (list: readonly Successor[]) => (
    <>
      {list.map((one) => (
        <div key={one.certificate.id}>
          <Link to={`/client-certificates/${one.certificate.id}`}>{one.certificate.name}</Link>, {successorWords(one)}
        </div>
      ))}
    </>
  );
  return (
    <Facts
      facts={[
        ...(replaces.length === 0 ? [] : [{ term: 'Replaces', detail: detail(replaces) }]),
        ...(replacedBy.length === 0 ? [] : [{ term: 'Replaced by', detail: detail(replacedBy) }]),
      ]}
    />
  );
}

function rowOf(swap: Swap, id: string) {
  const { word, tone } = swapStateWords(swap.state);
  return {
    id: swap.id,
    cells: [
      <Link key="connection" to={`/swaps/${swap.id}`}>
        {swap.connectionName}
      </Link>,
      roleOf(swap, id) === 'brings-it' ? 'brings it' : 'takes it away',
      swapClassWords(swap.class),
      <span key="state">
        <Pill tone={tone}>{word}</Pill>
      </span>,
      <Outcome key="outcome" swap={swap} />,
    ],
  };
}

function Outcome({ swap }: { swap: Swap }) {
  const refusal = swap.reason ?? swap.waitsFor;
  return (
    <>
      {refusal === null ? null : (
        <>
          {refusal.message} {refusal.actor === null ? null : `${actorWords(refusal.actor)} must act.`}{' '}
        </>
      )}
      <span className={styles.note}>
        since <Instant at={swap.stateSince} />
      </span>
    </>
  );
}
