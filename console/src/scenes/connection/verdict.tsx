import type { ReactNode } from 'react';
import type { ConnectionDetail } from '@sallyport/console-api';
import { Link } from 'react-router';
import { Instant } from '../../elements/instant.tsx';
import { Notice } from '../../elements/notice.tsx';
import { actorWords } from '../../words/actor.ts';
import { checkNames, checkWords } from '../../words/check.ts';
import { connectionStateWords } from '../../words/connection-state.ts';
import { findingOf } from '../connections/fleet.ts';
import { readingOf } from '../../words/reading.ts';
import { adviceFor } from './advice.ts';
import { ReadingBar } from './reading-bar.tsx';
import styles from './verdict.module.css';

/** The softening by which Revocation passes although it is unknown; null where it needs none. */
function softeningOf({ checks }: ConnectionDetail): string | null {
  const { status, evidence } = checks?.revocation ?? { status: null, evidence: {} };
  return status === 'unknown' && typeof evidence.softened === 'string' ? evidence.softened : null;
}

/** The page's answer in one sentence: is it all right, since when, and if not, who must do what. */
export function Verdict({ connection, action }: { connection: ConnectionDetail; action?: ReactNode }) {
  const finding = findingOf(connection);
  if (finding !== null) {
    const failed = checkNames.filter((name) => connection.checks?.[name].status === 'fail');
    const passed = checkNames.filter((name) => connection.checks?.[name].status === 'pass');
    return (
      <Notice tone="bad" title={finding.message} action={action}>
        <p>
          <strong>
            {finding.actor === null ? 'Nobody has to act yet.' : `${actorWords(finding.actor)} must act.`}
          </strong>{' '}
          {adviceFor(finding.code)} <Link to={`/connections/${connection.id}/doctor`}>The doctor finds the cause.</Link>
        </p>
        {failed.length === 0 || passed.length === 0 ? null : (
          <p>
            {passed.map((name) => checkWords[name].title).join(', ')} passed. Our client certificate and requests stayed
            here.
          </p>
        )}
      </Notice>
    );
  }
  if (connection.state === 'active' || connection.state === 'paused') {
    const { meaning, tone } = connectionStateWords(connection.state);
    const first = connection.progress.lagSeconds === null ? readingOf(connection.state, connection.progress) : null;
    if (first !== null) {
      return (
        <Notice tone="ok" title="All is right. Now the issues arrive for the first time." action={action}>
          <div className={styles.reading}>
            <ReadingBar reading={first} />
          </div>
        </Notice>
      );
    }
    const softened = softeningOf(connection);
    if (connection.state === 'active' && softened !== null) {
      return (
        <Notice tone="warn" title="It works, but only by an emergency softening." action={action}>
          <p>
            Nobody says that every certificate is not revoked. It passes all the same under {softened}.{' '}
            <Link to="/revocation">See the softening.</Link>
          </p>
        </Notice>
      );
    }
    return (
      <Notice
        tone={tone}
        title={connection.state === 'active' ? 'All is right.' : 'Paused for maintenance.'}
        action={action}
      >
        <p>
          {meaning}{' '}
          {connection.lastProofAt === null ? null : (
            <>
              Last proven <Instant at={connection.lastProofAt} />.
            </>
          )}
        </p>
      </Notice>
    );
  }
  if (connection.checks === null) {
    return (
      <Notice tone="info" title="Next step: check it." action={action}>
        <p>
          The terms are written down. A check makes one full handshake under them and shows the five checks; nothing is
          read yet.
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="ok" title="The check was accepted. Next step: activate it." action={action}>
      <p>Activated, it reads the agreed projects and proves the five checks every day.</p>
    </Notice>
  );
}
