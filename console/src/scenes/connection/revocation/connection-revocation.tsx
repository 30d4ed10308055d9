import type { ConnectionDetail, ConnectionRevocation as Answer } from '@sallyport/console-api';
import { Link } from 'react-router';
import { useConnectionRevocation } from '../../../api/revocation.ts';
import { EmptyState } from '../../../elements/empty-state.tsx';
import { FactTable } from '../../../elements/fact-table.tsx';
import { Instant } from '../../../elements/instant.tsx';
import { LiveLoader } from '../../../elements/live-loader.tsx';
import { Notice } from '../../../elements/notice.tsx';
import { Panel } from '../../../elements/panel.tsx';
import { Pill } from '../../../elements/pill.tsx';
import { checkStatusWords } from '../../../words/check.ts';
import { commonName } from '../../../words/distinguished-name.ts';
import { revocationRuleSentences } from '../../../words/revocation-rules.ts';
import { FreshnessBar } from '../../revocation/freshness-bar.tsx';
import { authorityWords, sourceCondition, worstFirst } from '../../revocation/source-condition.ts';
import { PushedCrls } from './pushed-crls.tsx';
import styles from './connection-revocation.module.css';
import { RevocationAnswers } from './revocation-answers.tsx';

/** What says for this connection whether a certificate was taken back: the rule, the answers, the sources. */
export function ConnectionRevocation({ connection }: { connection: ConnectionDetail }) {
  const revocation = useConnectionRevocation(connection.id);
  return (
    <LiveLoader query={revocation} what="what answers about revocation">
      {(answer) => (
        <>
          <Softened answer={answer} />
          <LastAnswers connection={connection} answer={answer} />
          <Panel title="Sources of this connection" aside={<Link to="/revocation">All sources</Link>}>
            <Sources answer={answer} />
          </Panel>
          {connection.terms.document.anchors.kind === 'pem' ? (
            <PushedCrls connectionId={connection.id} pushed={answer.pushed} retired={connection.state === 'retired'} />
          ) : null}
        </>
      )}
    </LiveLoader>
  );
}

function Softened({ answer: { softened } }: { answer: Answer }) {
  return softened.map(({ id, authority, endsAt }) => (
    <Notice key={id} tone="warn" title={`Softened for now: ${commonName(authority)}`}>
      <p>
        What cannot be told of its certificates passes as “unknown” until <Instant at={endsAt} form="full" />. What is
        revoked is refused. <Link to="/revocation">Who decided it, and why</Link>
      </p>
    </Notice>
  ));
}

function LastAnswers({ connection, answer }: { connection: ConnectionDetail; answer: Answer }) {
  const report = connection.handshake?.report ?? null;
  const check = report?.checks.revocation ?? null;
  return (
    <Panel
      title="At the last handshake"
      aside={
        check === null ? undefined : (
          <Pill tone={checkStatusWords(check.status).tone}>{checkStatusWords(check.status).word}</Pill>
        )
      }
    >
      <p className={styles.rules}>
        Agreed: {revocationRuleSentences(answer.mode, answer.rules).join(' ')}{' '}
        {connection.state === 'retired' ? null : <Link to={`/connections/${connection.id}/change`}>Change it</Link>}
      </p>
      {check === null || check.status === 'pass' ? null : <p className={styles.said}>{check.message}</p>}
      {report === null ? (
        <EmptyState title="No chain has been judged yet.">A check shows it.</EmptyState>
      ) : (
        <RevocationAnswers path={report.path} answers={answer.answers} />
      )}
    </Panel>
  );
}

function Sources({ answer: { sources } }: { answer: Answer }) {
  if (sources.length === 0) {
    return (
      <EmptyState title="No source is known yet.">
        A check shows which addresses the certificates of the chain name.
      </EmptyState>
    );
  }
  return (
    <FactTable
      caption="Sources of this connection"
      narrow="stack"
      columns={['Authority', 'Source', 'Condition', 'Age and next update', 'Connector host']}
      rows={worstFirst(sources).map((source, index) => {
        const { word, tone } = sourceCondition(source);
        return {
          id: `${source.kind} ${source.url} ${source.host ?? ''} ${index}`,
          cells: [
            authorityWords(source.authority),
            <span key="url">
              {source.kind === 'crl' ? 'CRL' : 'OCSP'} <code>{source.url}</code>
            </span>,
            <span key="condition">
              <Pill tone={tone}>{word}</Pill>{' '}
              {source.staleSince === null ? null : (
                <>
                  {source.thisUpdate === null ? 'without an answer' : 'stale'} since <Instant at={source.staleSince} />
                  .{' '}
                </>
              )}
              {source.lastError === null ? null : (
                <>
                  {source.lastError.message} <code>{source.lastError.code}</code>
                </>
              )}
            </span>,
            <FreshnessBar key="age" thisUpdate={source.thisUpdate} nextUpdate={source.nextUpdate} />,
            source.host ?? 'no host yet',
          ],
        };
      })}
    />
  );
}
