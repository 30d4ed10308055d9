import type { ConnectionDetail } from '@sallyport/console-api';
import { useSession } from '../../api/session.ts';
import { useSwaps } from '../../api/swaps.ts';
import { Panel } from '../../elements/panel.tsx';
import { clockWords } from '../../words/time.ts';
import { isOursRevoked } from '../connections/fleet.ts';
import { AskedAndSent } from './asked-and-sent.tsx';
import { CertificateLife } from './certificate-life.tsx';
import { CertificateSwap } from './certificate-swap.tsx';
import { EnforcementLine } from './enforcement-line.tsx';
import { FiveChecks } from './five-checks.tsx';
import styles from './overview.module.css';
import { PathDrawing } from './path-drawing.tsx';
import { PresentedChain } from './presented-chain.tsx';
import { renews, swapToTell } from './swap-to-tell.ts';
import { SyncProgress } from './sync-progress.tsx';
import { travelledPath } from './travel.ts';
import { Verdict } from './verdict.tsx';

/** Is it all right, since when, and if not, who must do what; then the path, the checks and all their evidence. */
export function Overview({ connection }: { connection: ConnectionDetail }) {
  const session = useSession();
  const { handshake } = connection;
  const report = handshake?.report ?? null;
  const swaps = useSwaps({ connectionId: connection.id });
  const told = swapToTell(swaps.data ?? []);
  const path = travelledPath(connection, session.data?.person?.name ?? null);
  return (
    <>
      <Verdict connection={connection} />
      {told === null ? null : <CertificateSwap told={told} />}
      <Panel
        title={
          handshake === null
            ? 'The path, as it will be travelled'
            : `The path, as it was travelled at ${clockWords(handshake.at)}`
        }
      >
        <PathDrawing path={path} />
      </Panel>
      {report === null ? null : <FiveChecks report={report} />}
      {handshake === null ? null : (
        <div className={styles.two}>
          <Panel title="What they showed us">
            <PresentedChain
              path={report?.path ?? []}
              at={report?.at ?? handshake.at}
              revocation={handshake.revocation}
            />
          </Panel>
          <Panel title="What was asked, what was sent">
            <AskedAndSent handshake={handshake} />
          </Panel>
        </div>
      )}
      <div className={styles.two}>
        <Panel title="Our certificate here">
          {connection.clientCertificate === null ? (
            <p>Goes without a client certificate: {connection.withoutReason}</p>
          ) : (
            <>
              <CertificateLife
                isRevoked={isOursRevoked(connection)}
                certificate={connection.clientCertificate}
                swapTo={told !== null && renews(told, connection.clientCertificate.id) ? told.swap.id : null}
              />
              <EnforcementLine connection={connection} />
            </>
          )}
        </Panel>
        <Panel title="Work">
          <SyncProgress
            progress={connection.progress}
            state={connection.state}
            account={connection.terms.document.accountName}
          />
        </Panel>
      </div>
    </>
  );
}
