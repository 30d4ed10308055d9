import { Link } from 'react-router';
import type { ConnectionSummary } from '@sallyport/console-api';
import { CheckMark } from '../../elements/check-mark.tsx';
import { Instant, useNow } from '../../elements/instant.tsx';
import { Pill } from '../../elements/pill.tsx';
import { SandboxMark } from '../../elements/sandbox-mark.tsx';
import { StatePill } from '../../elements/state-pill.tsx';
import { actorWords } from '../../words/actor.ts';
import { certificateKindWords } from '../../words/certificate-kind.ts';
import { checkNames, checkWords } from '../../words/check.ts';
import { lifeLeftWords, durationWords, expiryTone } from '../../words/time.ts';
import styles from './connection-table.module.css';
import { ConditionPill } from './condition-pill.tsx';
import { findingOf, isOursRevoked } from './fleet.ts';

/** A row each: customer and host, state, the five marks, our certificate there, lag, last proof. */
export function ConnectionTable({ connections }: { connections: readonly ConnectionSummary[] }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="visually-hidden">Connections</caption>
        <thead>
          <tr>
            <th scope="col">Customer and host</th>
            <th scope="col">State</th>
            <th scope="col">
              <abbr title={checkNames.map((name) => checkWords[name].title).join(', ')}>Five checks</abbr>
            </th>
            <th scope="col">Client certificate</th>
            <th scope="col">Issues</th>
            <th scope="col">Last proof</th>
          </tr>
        </thead>
        <tbody>
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ConnectionRow({ connection }: { connection: ConnectionSummary }) {
  const finding = findingOf(connection);
  return (
    <tr className={styles.row}>
      <th scope="row" className={styles.who}>
        <Link className={styles.link} to={`/connections/${connection.id}`}>
          {connection.customer.name}
        </Link>{' '}
        {connection.sandbox ? <SandboxMark /> : null}
        <span className={styles.host}>{connection.baseUrl.replace(/^https:\/\//u, '')}</span>
        {finding === null ? null : (
          <span className={styles.finding}>
            {finding.message} {finding.actor === null ? '' : `${actorWords(finding.actor)} must act.`}
          </span>
        )}
      </th>
      <td data-label="State">
        <StatePill state={connection.state} /> <ConditionPill connection={connection} />
      </td>
      <td data-label="Five checks">
        <span className={styles.marks}>
          {checkNames.map((name) => (
            <CheckMark key={name} name={checkWords[name].title} status={connection.checks?.[name].status ?? null} />
          ))}
        </span>
      </td>
      <td data-label="Client certificate">
        <ClientCertificateCell connection={connection} />
      </td>
      <td data-label="Issues">
        <WorkCell connection={connection} />
      </td>
      <td data-label="Last proof">
        {connection.lastProofAt === null ? (
          <span className={styles.mute}>none yet</span>
        ) : (
          <Instant at={connection.lastProofAt} />
        )}
        {connection.enforcesSince === null ? null : (
          <span className={styles.sub}>
            enforces mutual TLS since <Instant at={connection.enforcesSince} form="date" />
          </span>
        )}
      </td>
    </tr>
  );
}

function ClientCertificateCell({ connection }: { connection: ConnectionSummary }) {
  const now = useNow(60_000);
  const certificate = connection.clientCertificate;
  if (certificate === null) return <Pill tone="warn">goes without</Pill>;
  return (
    <>
      {certificateKindWords(certificate.kind)}
      {isOursRevoked(connection) ? (
        <span className={styles.days} data-tone="bad">
          revoked
        </span>
      ) : (
        <span className={styles.days} data-tone={expiryTone(certificate, now)}>
          {lifeLeftWords(certificate.notAfter, now)}
        </span>
      )}
    </>
  );
}

function WorkCell({ connection }: { connection: ConnectionSummary }) {
  const { issues, lagSeconds, running } = connection.sync;
  if (issues === 0 && lagSeconds === null && !running) return <span className={styles.mute}>not read yet</span>;
  return (
    <>
      <span className={styles.number}>{issues.toLocaleString('en-GB')}</span>
      <span className={styles.sub}>
        {running ? 'reading now' : lagSeconds === null ? 'not read yet' : `${durationWords(lagSeconds * 1000)} behind`}
      </span>
    </>
  );
}
