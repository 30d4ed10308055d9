import { useParams } from 'react-router';
import { useConnection } from '../../api/connections.ts';
import { LiveLoader } from '../../elements/live-loader.tsx';
import { PageHeading } from '../../elements/page-heading.tsx';
import { SandboxMark } from '../../elements/sandbox-mark.tsx';
import { Instant } from '../../elements/instant.tsx';
import { StatePill } from '../../elements/state-pill.tsx';
import { ConditionPill } from '../connections/condition-pill.tsx';
import { ConnectionActions } from './connection-actions.tsx';
import { ConnectionParts } from './connection-parts.tsx';
import { Doctor } from './doctor/doctor.tsx';
import { EnforcerKit } from './enforcer/enforcer-kit.tsx';
import { HandshakeHistory } from './handshake-history.tsx';
import { Overview } from './overview.tsx';
import { ConnectionRevocation } from './revocation/connection-revocation.tsx';
import { Retirement } from './retirement.tsx';
import { TermsSummary } from './terms-summary.tsx';
import { Work } from './work.tsx';

/** One connection: the same head on every part, then the part that its address names. */
export function ConnectionPage() {
  const { connectionId = '', part = 'overview' } = useParams();
  const query = useConnection(connectionId);
  return (
    <LiveLoader query={query} what="the connection">
      {(connection) => (
        <>
          <PageHeading
            title={connection.customer.name}
            pill={
              <>
                <StatePill state={connection.state} />
                <ConditionPill connection={connection} />
                {connection.sandbox ? <SandboxMark /> : null}
              </>
            }
            actions={<ConnectionActions connection={connection} />}
          >
            <a href={connection.linkUrl} rel="noreferrer noopener" target="_blank">
              {connection.baseUrl.replace(/^https:\/\//u, '')}
            </a>{' '}
            · terms {connection.terms.version}
            {connection.lastProofAt === null ? null : (
              <>
                {' '}
                · last full proof <Instant at={connection.lastProofAt} />
              </>
            )}
            {connection.enforcesSince === null ? null : (
              <>
                {' '}
                · far side refuses other certificates since <Instant at={connection.enforcesSince} form="date" />
              </>
            )}
            {connection.withoutReason === null ? null : (
              <> · goes without a client certificate: {connection.withoutReason}</>
            )}
          </PageHeading>
          <ConnectionParts connectionId={connectionId} part={part} />
          {part === 'issues' ? (
            <Work connection={connection} />
          ) : part === 'terms' ? (
            <>
              <TermsSummary connection={connection} />
              {connection.actions.includes('retire') ? <Retirement connection={connection} /> : null}
            </>
          ) : part === 'doctor' ? (
            <Doctor connection={connection} />
          ) : part === 'revocation' ? (
            <ConnectionRevocation connection={connection} />
          ) : part === 'enforcer' ? (
            <EnforcerKit connection={connection} />
          ) : part === 'history' ? (
            <HandshakeHistory connectionId={connectionId} />
          ) : (
            <Overview connection={connection} />
          )}
        </>
      )}
    </LiveLoader>
  );
}
