import type { ConnectionDetail, EnforcementProof } from '@sallyport/console-api';
import { Link } from 'react-router';
import { Instant } from '../../../elements/instant.tsx';
import { Notice } from '../../../elements/notice.tsx';
import { Panel } from '../../../elements/panel.tsx';
import { Pill } from '../../../elements/pill.tsx';
import type { Tone } from '../../../words/tone.ts';
import { identityOutcomeWords } from './diagnosis-words.ts';
import styles from './enforcement-panel.module.css';

/** Whether the far side has been seen to refuse whom it should, since when, and what is missing for the proof. */
export function EnforcementPanel({ connection }: { connection: ConnectionDetail }) {
  const { enforcement } = connection;
  return (
    <Panel title="Proof of enforcement">
      {connection.clientCertificate === null ? (
        <p>This connection goes without a client certificate, so there is nothing for the far side to enforce.</p>
      ) : enforcement === null ? (
        <Missing connection={connection} />
      ) : (
        <Proof connection={connection} proof={enforcement} />
      )}
    </Panel>
  );
}

function Missing({ connection }: { connection: ConnectionDetail }) {
  const agreed = connection.terms.document.probes === 'negative';
  return (
    <Notice tone="info" title="Not proven yet: nobody has tried the door without a key.">
      <p>
        {agreed ? (
          'The terms allow it: run the doctor with the probes that the far side must refuse.'
        ) : (
          <>
            The terms must allow probes that the far side has to refuse.{' '}
            <Link to={`/connections/${connection.id}/change`}>Agree on them with the customer</Link>, then run the
            doctor with them.
          </>
        )}
      </p>
    </Notice>
  );
}

function Proof({ connection, proof }: { connection: ConnectionDetail; proof: EnforcementProof }) {
  const { seen } = proof;
  const tone: Tone =
    seen.enforces === false ? 'bad' : seen.enforces === null ? 'warn' : seen.identityProven === true ? 'ok' : 'info';
  const kit = connection.state === 'retired' ? null : `/connections/${connection.id}/enforcer`;
  return (
    <>
      <Notice tone={tone} title={seen.statement}>
        <p>
          Last looked at <Instant at={proof.seenAt} />.{' '}
          {kit === null || seen.enforces === true ? null : <Link to={kit}>The enforcer kit</Link>}
          {kit === null || seen.enforces === true ? null : ' is what the customer puts in place.'}
        </p>
      </Notice>
      <ul className={styles.tries}>
        <Try what="Without a certificate" outcome={seen.withoutCertificate} since={proof.refusesWithoutSince} />
        <Try what="With a throw-away certificate" outcome={seen.throwAway} since={proof.refusesWrongSince} />
        <Try
          what="With a certificate of the same authority under another name"
          outcome={seen.otherName}
          since={null}
          missing="The operator has no such certificate here, so the identity itself is not proven."
        />
      </ul>
    </>
  );
}

interface TryProperties {
  readonly what: string;
  readonly outcome: EnforcementProof['seen']['withoutCertificate'];
  readonly since: string | null;
  readonly missing?: string;
}

function Try({ what, outcome, since, missing }: TryProperties) {
  const { word, tone } = identityOutcomeWords[outcome];
  return (
    <li className={styles.try}>
      <span>{what}</span>
      <span>
        <Pill tone={tone}>{word}</Pill>
        {since === null ? null : (
          <span className={styles.since}>
            seen to refuse it since <Instant at={since} form="full" />
          </span>
        )}
        {outcome === 'not-tried' && missing !== undefined ? <span className={styles.since}>{missing}</span> : null}
      </span>
    </li>
  );
}
